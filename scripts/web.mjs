/** Bundles the browser's scripts and copies its styles to `dist/web`: plain scripts, which also run from a folder. */
import { cpSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { root } from './lib.mjs';

const target = join(root, 'dist', 'web');
const scripts = [
  // What every page loads, and what only a search needs, with the most that each may weigh when compressed.
  { input: 'src/web/site.ts', file: 'site.js', most: 8_000 },
  { input: 'src/web/engine.ts', file: 'search.js', most: 40_000 },
];

/** What the search says comes from the catalogue's messages; those of everything else stay at home. */
const onlyCatalogueMessages = {
  name: 'only-catalogue-messages',
  load: (id) =>
    id.endsWith('/src/base/messages/index.ts')
      ? "export { catalogMessages as messages } from './catalog.ts';"
      : undefined,
};

mkdirSync(target, { recursive: true });
for (const name of ['site.css', 'icon.svg']) cpSync(join(root, 'src', 'web', name), join(target, name));
for (const { input, file, most } of scripts) {
  const bundle = await rolldown({
    input: join(root, input),
    cwd: root,
    logLevel: 'warn',
    plugins: [onlyCatalogueMessages],
    treeshake: { moduleSideEffects: (id) => id.includes('/src/web/') },
  });
  await bundle.write({ file: join(target, file), format: 'iife', minify: true, comments: false });
  await bundle.close();
  const path = join(target, file);
  const size = gzipSync(readFileSync(path)).length;
  if (process.env['WINNOW_SHOW_SIZES'] === '1')
    console.error(`${file}: ${statSync(path).size} bytes, ${size} compressed`);
  if (size > most) {
    console.error(`${file} has ${size} bytes compressed; it may have ${most}.`);
    process.exit(1);
  }
}
