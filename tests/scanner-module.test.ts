/** The scanner that is kept as a module is what the compiler makes of its sources. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { compiledScanner, compiler } from '../scripts/pages/scanner.ts';
import { SCANNER } from '../src/ingest/decode/fast/scanner.generated.ts';

const skip = existsSync(compiler) ? false : 'the compiler (assemblyscript) is not installed';

test('the kept scanner equals its sources, byte for byte', { skip }, () => {
  assert.ok(compiledScanner().equals(Buffer.from(SCANNER, 'base64')), 'run: npm run generate');
});
