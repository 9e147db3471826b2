/** Texts that are public formats, kept byte for byte under `tests/golden`; `UPDATE_GOLDEN=1` writes them anew. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('../golden/', import.meta.url);

export function assertGolden(name: string, actual: string): void {
  const path = fileURLToPath(new URL(name, FOLDER));
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(fileURLToPath(new URL('.', new URL(name, FOLDER))), { recursive: true });
    writeFileSync(path, actual);
  }
  assert.equal(actual, readFileSync(path, 'utf8'), `differs from tests/golden/${name}`);
}
