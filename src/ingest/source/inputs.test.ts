import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { findInputs, InputNotFound } from './inputs.ts';

suite('finding inputs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-inputs-'));
  after(() => rmSync(folder, { recursive: true }));
  const file = (...names: readonly string[]): string => {
    const path = join(folder, ...names);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, '');
    return path;
  };
  const [b, a, c] = [file('days', 'b.log'), file('days', 'a', 'x.log'), file('days', 'c', 'd', 'y.log')];
  file('days', 'notes.md');
  const names = async (...inputs: readonly string[]) =>
    (await findInputs(inputs)).files.map(({ name }) => name);

  test('each file once, folders walked in the order of their names', async () => {
    const days = join(folder, 'days');
    assert.deepEqual(await names(days), [a, b, c]);
    assert.deepEqual(await names(b, days, b), [b, a, c]);
    assert.deepEqual(await names(join(days, '*')), [b, join(days, 'notes.md')]);
    assert.deepEqual(await names(join(days, '[ac]')), [a, c]);
    assert.deepEqual([...(await findInputs([days])).passedOver], [['file that is no log by its name', 1]]);
  });

  test('what names nothing is an error, also behind an input that names something', async () => {
    mkdirSync(join(folder, 'empty'));
    for (const input of [join(folder, 'none'), join(folder, 'none*'), join(folder, 'empty')])
      await assert.rejects(findInputs([b, input]), InputNotFound, input);
  });

  test('after the signal it is what was found until then', async () => {
    const signal = AbortSignal.abort();
    assert.deepEqual((await findInputs([b, join(folder, 'days')], signal)).files, [
      { name: b, stdin: false, size: 0 },
    ]);
    assert.deepEqual((await findInputs([join(folder, 'days')], signal)).files, []);
  });

  test('a folder may hold more files than a call may have arguments', () => {
    const COUNT = 12_000;
    for (let i = 0; i < COUNT; i++) file('many', 'below', `${i}.log`);
    const asked = `
      import { findInputs } from ${JSON.stringify(new URL('./inputs.ts', import.meta.url).href)};
      const { files } = await findInputs([${JSON.stringify(join(folder, 'many'))}]);
      console.log(files.length);`;
    // A tenth of the usual stack, which a call with that many arguments does not fit into.
    const words = ['--stack-size=98', '--input-type=module', '-e', asked];
    const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    assert.deepEqual([stdout.trim(), stderr], [String(COUNT), '']);
  });
});
