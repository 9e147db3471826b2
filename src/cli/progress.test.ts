import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import type { Progress } from '../app/types.ts';
import { displayWidth } from './text/layout.ts';
import { progressBar, progressLines, progressText } from './progress.ts';

const half: Progress = {
  file: 'logs/\u001b.log',
  filesDone: 1,
  files: 2,
  bytesRead: 20_000_000,
  bytesTotal: 40_000_000,
  events: 10_000,
  alerts: 1,
};

test('how far it is, how fast, and how long it will take', () => {
  assert.equal(progressText(half, 2000), '50 % of 40.0 MB, 10,000 events, 5,000/s, 2 s left, 1 alert');
  assert.equal(progressText(half, 200_000), '50 % of 40.0 MB, 10,000 events, 50/s, 3 min 20 s left, 1 alert');
  assert.equal(
    progressText({ ...half, bytesTotal: undefined }, 2000),
    '20.0 MB, 10,000 events, 5,000/s, 1 alert',
    'the size of a pipe is not known',
  );
  const { alerts: _, ...query } = half;
  assert.equal(progressText(query, 2000), '50 % of 40.0 MB, 10,000 events, 5,000/s, 2 s left');
});

test('without a terminal: a line every five seconds, none in a short run', () => {
  let now = 0;
  let written = '';
  const output = { write: (text: string) => void (written += text), isTerminal: false, columns: undefined };
  const view = progressLines(output, () => now);
  view.begin();
  for (now = 0; now < 12_000; now += 1000) view.update(half);
  view.stop();
  assert.equal(
    written,
    [
      'winnow: 50 % of 40.0 MB, 10,000 events, 2,000/s, 5 s left, 1 alert, in logs/\\x1b.log\n',
      'winnow: 50 % of 40.0 MB, 10,000 events, 1,000/s, 10 s left, 1 alert, in logs/\\x1b.log\n',
    ].join(''),
  );
});

test('the bar fits the terminal and goes away without a trace', () => {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 40 });
  const view = progressBar(stream, 40, { now: () => 0, before: 'loading rules' });
  view.begin();
  view.update(half);
  view.stop();
  const written = String(stream.read() ?? '');
  // oxlint-disable-next-line no-control-regex -- how a terminal is told to move and to clear
  const shown = written.split(/\u001b(?:\[[?\d]*[A-Za-z]|[78])/).filter((text) => text !== '');
  assert.ok(shown.includes('██████████░░░░░░░░░░ 50 % of 40.0 MB, …'), JSON.stringify(shown));
  assert.ok(shown.every((text) => displayWidth(text) < 40));
});
