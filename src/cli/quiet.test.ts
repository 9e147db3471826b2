/** With --quiet, what an exit code is about is said all the same. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { runWith } from '../../tests/support/cli.ts';
import { ruleText } from '../verify/timeline/section-text.ts';
import { ExitCode } from './exit.ts';
import { services } from './services.ts';

const folder = mkdtempSync(join(tmpdir(), 'winnow-quiet-'));
after(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const EVENT = `{"@timestamp":"2026-01-01T00:00:00Z","event":{"action":"a"}}\n`;
const log = write('log.ndjson', EVENT);
const damaged = write('log.gz', gzipSync(EVENT.repeat(100)).subarray(0, 40));
const rule = write('one.toml', ruleText({ name: 'one', body: `query = 'event.action: b'`, line: 1 }).text);
const old = write(
  'old.toml',
  `[metadata]\nmaturity = "deprecated"\n${ruleText({ name: 'old', body: `query = 'event.action: b'`, line: 1 }).text}`,
);
const empty = join(folder, 'empty');
mkdirSync(empty);

const quiet = async (...words: readonly string[]) => {
  const { code, stdout, stderr } = await runWith(['scan', '-q', '-o', 'ndjson', ...words], {
    services,
    environment: { COLUMNS: '400' },
  });
  return { code, stdout, stderr: stderr.replaceAll(folder, '.') };
};

const LIST = 'hint: winnow rules list shows every rule, and why it does not run\n';
const NONE = `error: no rule ran: none was found, or none passed the filters\n${LIST}`;

test('a scan in which no rule ran says so', async () => {
  const unknown = `error RULE008: no rule fits "on"\n  hint: did you mean "one"?\n${NONE}`;
  const cases: readonly (readonly [words: readonly string[], stderr: string])[] = [
    [['-r', rule, '--rule', 'on'], unknown],
    [['-r', rule, '--severity', 'critical'], NONE],
    [['-r', empty], NONE],
    [['-r', old], `error: no rule ran: deprecated 1\n${LIST}`],
  ];
  for (const [words, stderr] of cases)
    assert.deepEqual(await quiet(log, ...words), { code: ExitCode.badInput, stdout: '', stderr });
});

test('a file that could not be read is named', async () => {
  const stderr = 'error: INP003: A compressed file is damaged: ./log.gz\n';
  assert.deepEqual(await quiet(damaged, '-r', rule), { code: ExitCode.badInput, stdout: '', stderr });
});

test('a scan without a finding says nothing', async () => {
  assert.deepEqual(await quiet(log, '-r', rule), { code: ExitCode.nothingFound, stdout: '', stderr: '' });
});

test('an option that means nothing in a stream is answered', async () => {
  const { stderr } = await runWith(['scan', log, '-r', rule, '--on-max-signals', 'drop', '-o', 'ndjson'], {
    services,
  });
  assert.match(stderr, /^warning: --on-max-signals drop is for --mode compat: a stream drops nothing$/m);
});
