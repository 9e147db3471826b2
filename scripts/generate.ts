/**
 * Writes every file that is made from code: `node scripts/generate.ts`. With `--check` it writes nothing and fails when
 * a file is not what the code says.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { alertJsonSchema } from '../src/model/alert-schema.ts';
import { renderOptionsReference } from '../src/cli/options-reference.ts';
import { attackTable } from './pages/attack.ts';
import { ecsFields } from './pages/ecs-fields.ts';
import { functionsPage } from './pages/functions.ts';
import { messagesPage } from './pages/messages.ts';
import { scannerModule } from './pages/scanner.ts';

const root = dirname(import.meta.dirname);

/** A page that gives nothing cannot be made here, and stays as it is. */
const pages: Readonly<Record<string, () => string | undefined>> = {
  'src/catalog/attack/table.generated.ts': attackTable,
  'src/data/fields/ecs.generated.ts': ecsFields,
  'src/ingest/decode/fast/scanner.generated.ts': scannerModule,
  'docs/reference/alert.schema.json': () => `${JSON.stringify(alertJsonSchema(), undefined, 2)}\n`,
  'docs/reference/functions.md': functionsPage,
  'docs/reference/messages.md': messagesPage,
  'docs/reference/options.md': renderOptionsReference,
};

const check = process.argv.includes('--check');
const made = Object.entries(pages).flatMap(([path, render]) => {
  const text = render();
  return text === undefined ? [] : [[path, text] as const];
});
const stale = made.filter(([path, text]) => !isCurrent(path, text));
for (const [path, text] of check ? [] : stale) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(`wrote ${path}`);
}
if (check && stale.length > 0) {
  console.error(`Not what the code says: ${stale.map(([path]) => path).join(', ')}. Run: npm run generate`);
  process.exitCode = 1;
}

function isCurrent(path: string, text: string): boolean {
  const full = join(root, path);
  return existsSync(full) && readFileSync(full, 'utf8') === text;
}
