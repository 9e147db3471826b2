/** The scanner of log lines, compiled from AssemblyScript to WebAssembly, as a module that needs no compiler to run. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const page = join(root, 'src/ingest/decode/fast/scanner.generated.ts');
/** AssemblyScript's, where it is installed. */
export const compiler = join(root, 'node_modules/assemblyscript/bin/asc.js');
const SOURCES = 'wasm';
const SHARED = 'src/ingest/decode/fast/offsets.ts';

const FLAGS = [
  '-O3',
  '--noAssert',
  '--runtime',
  'stub',
  '--enable',
  'simd',
  '--enable',
  'bulk-memory',
  '--use',
  'abort=',
];

/**
 * The page as it is while its sources are those it was made from. They tell by a digest, so that only who changes them
 * needs the compiler.
 */
export function scannerModule(): string {
  const digest = sourceDigest();
  if (existsSync(page) && readFileSync(page, 'utf8').includes(`// ${digest}`))
    return readFileSync(page, 'utf8');
  if (!existsSync(compiler))
    throw new Error('The scanner has to be compiled anew: run npm ci, then this again.');
  return rendered(digest, compiledScanner());
}

function rendered(digest: string, code: Buffer): string {
  const lines = code.toString('base64').match(/.{1,108}/g) ?? [];
  return [
    '// Made by `npm run generate` from wasm/*.ts. The digest is that of the sources.',
    `// ${digest}`,
    'export const SCANNER = [',
    ...lines.map((line) => `  '${line}',`),
    "].join('');",
    '',
  ].join('\n');
}

function sourceDigest(): string {
  const digest = createHash('sha256').update(FLAGS.join(' '));
  const names = readdirSync(join(root, SOURCES)).filter((name) => name.endsWith('.ts'));
  for (const path of [...names.sort().map((name) => `${SOURCES}/${name}`), SHARED])
    digest.update(`\0${path}\0`).update(readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n'));
  return digest.digest('hex');
}

/** The bytes that the compiler makes of the sources. */
export function compiledScanner(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-scanner-'));
  const out = join(folder, 'scanner.wasm');
  try {
    const run = spawnSync(process.execPath, [compiler, `${SOURCES}/index.ts`, ...FLAGS, '--outFile', out], {
      cwd: root,
      encoding: 'utf8',
    });
    if (run.status !== 0) throw new Error(`The scanner does not compile:\n${run.stderr}${run.stdout}`);
    return readFileSync(out);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
