/**
 * The lanes of the benchmark in small, so that none of them rots: what they print, with N for every number. The figures mean
 * nothing here.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { assertGolden } from '../support/golden.ts';

const main = fileURLToPath(new URL('../../bench/main.ts', import.meta.url));
const isLong = process.env['WINNOW_LONG_TESTS'] === '1';

async function printed(...lanes: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', main, ...lanes], {
    env: {
      ...process.env,
      WINNOW_CHECKOUT: 'none',
      WINNOW_BENCH_EVENTS: '40',
      WINNOW_BENCH_ROUNDS: '1',
      WINNOW_BENCH_MILLISECONDS: '10',
    },
  });
  return withoutNumbers(stdout);
}

/** Columns stand apart by three blanks, however wide they are. */
const withoutNumbers = (text: string): string =>
  text
    .replaceAll(/(?<![\w-])\d[\d,.]*/g, 'N')
    .replaceAll(/ {2,}/g, '   ')
    .replaceAll(/ +$/gm, '');

test('lanes of events and rules print what they say', async () => {
  assertGolden('bench/lanes.txt', await printed('decode', 'scanner', 'bytes', 'hostile', 'parsed', 'rules'));
});

test('lanes that need a checkout say that there is none', async () => {
  assert.equal(
    await printed('esql', 'state'),
    'esql: no checkout of rules beside the repository, nothing to run\n\n' +
      'state: no checkout of rules beside the repository, nothing to run\n\n',
  );
});

test('a lane that does not exist is refused with those that do', async () => {
  await assert.rejects(printed('fast'), (error: Error & { code?: number; stderr?: string }) => {
    assert.equal(error.code, 3);
    assert.match(error.stderr ?? '', /^There is no benchmark lane fast; there are:\n {2}decode {4}/);
    return true;
  });
});

const skip = !isLong && 'processes of their own take long: npm run test:long';

test('lanes of whole programs print what they say', { skip }, async () => {
  assertGolden('bench/programs.txt', await printed('memory', 'start'));
});

test('whole scans and threads are measured', { skip }, async () => {
  const told = await printed('threads', 'whole');
  assert.match(told, /^threads: /);
  assert.match(told, /^whole scans of /m);
});
