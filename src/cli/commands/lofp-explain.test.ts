/** `winnow lofp explain` over the sample day, with everything but the terminal as a user has it. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runWith } from '../../../tests/support/cli.ts';
import { assertGolden } from '../../../tests/support/golden.ts';
import { writeSample } from '../../app/demo.ts';
import { ExitCode } from '../exit.ts';
import { services } from '../services.ts';

const { explainBenign } = services;
const folder = mkdtempSync(join(tmpdir(), 'winnow-lofp-explain-'));
const before = process.cwd();
// Places in the output are relative, so that it is the same on every machine.
process.chdir(folder);
after(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});
await writeSample('day', 1);
writeFileSync('empty.log', '');
writeFileSync('site.toml', '[BP-0001]\naccounts = []\n');

const explain = (...words: readonly string[]) =>
  runWith(['lofp', 'explain', ...words], {
    columns: 100,
    environment: { NO_COLOR: '1' },
    services: { explainBenign },
  });

for (const format of ['table', 'json', 'ndjson', 'md'])
  test(`the sample day as ${format}`, async () => {
    const { code, stdout, stderr } = await explain('day', '-o', format);
    assert.equal(code, ExitCode.nothingFound);
    assert.equal(
      stderr,
      '15,189 of 21,288 events explained by profiles of grade A or B; 1,658 fit only profiles of grade C or\nD; 20 of 54 profiles seen\n',
    );
    assertGolden(`cli/lofp/explain.${format}`, stdout);
  });

test('no events, no files, and a mistake in the values', async () => {
  assert.deepEqual(await explain('empty.log'), {
    code: ExitCode.nothingFound,
    stdout: '',
    stderr: 'there was no event to explain\n',
  });
  assert.equal((await explain()).code, ExitCode.usage);
  const wrong = await explain('day', '--values', 'site.toml');
  assert.deepEqual([wrong.code, wrong.stdout], [ExitCode.badInput, '']);
  assert.match(wrong.stderr, /^site\.toml:2:12: error BHV011: /);
});
