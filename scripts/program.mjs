/**
 * Bundles the program to `dist/bin`: its own modules in a few files, because Node takes longer to find and link a thousand
 * modules than to do a small scan. What npm installs stays where it is.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { root } from './lib.mjs';

const target = join(root, 'dist', 'bin');

/** By the names of their files. The threads are started by these names, beside the file that starts them. */
const entries = {
  winnow: 'src/cli/start.ts',
  asker: 'src/provider/asker.ts',
  worker: 'src/app/ahead/worker.ts',
};

rmSync(target, { recursive: true, force: true });
const bundle = await rolldown({
  input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(root, file)])),
  cwd: root,
  platform: 'node',
  logLevel: 'warn',
  external: (id) => !id.startsWith('.') && !id.startsWith(root),
});
// All in one folder: what lies outside is found by its place two levels above.
await bundle.write({
  dir: target,
  format: 'esm',
  chunkFileNames: '[name]-[hash].js',
  charset: 'ascii',
  comments: false,
});
await bundle.close();
