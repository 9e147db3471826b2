import assert from 'node:assert/strict';
import { test } from 'node:test';
import { event, isText, request, rule } from '../../tests/support/engine.ts';
import type { Detection } from './detection.ts';
import { StageFolder } from './request-stages.ts';

const exec = rule(isText('event.action', 'get'));
const other = rule(isText('event.action', 'get'), { rule_id: 'other' });

type Written = readonly [key: string, stage: string, requestKey?: string, of?: typeof exec, verb?: string];

const detection = ([key, stage, requestKey = 'request', of = exec, verb = 'watch']: Written): Detection => ({
  rule: of,
  events: [event(request({ verb, stage }), { key, requestKey })],
});

const keys = (found: readonly Detection[]): string[] =>
  found.map(({ events }) => events.map(({ key }) => key).join('+'));

/** What each detection makes final, and at last what the end does. */
function fold(written: readonly Written[], limit?: number): { steps: string[][]; folder: StageFolder } {
  const folder = new StageFolder(limit);
  const steps = written.map((one) => keys(folder.take(detection(one))));
  return { steps: [...steps, keys([...folder.end()])], folder };
}

test('two stages of one request become one detection, the earlier stage first', () => {
  const inOrder = fold([
    ['a', 'ResponseStarted'],
    ['b', 'ResponseComplete'],
  ]);
  assert.deepEqual(inOrder.steps, [[], ['a+b'], []]);
  assert.equal(inOrder.folder.folded, 1);
  const reversed = fold([
    ['b', 'ResponseComplete'],
    ['a', 'ResponseStarted'],
  ]);
  assert.deepEqual(reversed.steps, [[], ['a+b'], []]);
});

test('all of three stages become one detection', () => {
  const { steps, folder } = fold([
    ['r', 'RequestReceived'],
    ['s', 'ResponseStarted'],
    ['c', 'ResponseComplete'],
  ]);
  assert.deepEqual(steps, [[], [], ['r+s+c'], []]);
  assert.equal(folder.folded, 2);
});

test('an ordinary request is final when it is complete, a long-running one waits for its other stage', () => {
  assert.deepEqual(fold([['a', 'ResponseComplete', 'request', exec, 'create']]).steps, [['a'], []]);
  assert.deepEqual(fold([['a', 'ResponseComplete']]).steps, [[], ['a']]);
  assert.deepEqual(fold([['a', 'Panic']]).steps, [['a'], []]);
});

test('the same stage twice, another request or another rule is never folded', () => {
  const { steps, folder } = fold([
    ['a', 'ResponseStarted'],
    ['b', 'ResponseStarted'],
    ['c', 'ResponseStarted', 'another request'],
    ['d', 'ResponseStarted', 'request', other],
    ['e', 'ResponseComplete'],
  ]);
  assert.deepEqual(steps, [[], [], [], [], ['a+e'], ['b', 'c', 'd']]);
  assert.equal(folder.folded, 1);
});

test('events without a request pass', () => {
  const folder = new StageFolder();
  const found = { rule: exec, events: [event(request({ stage: 'ResponseStarted' }), { key: 'a' })] } as const;
  assert.deepEqual(folder.take(found), [found]);
});

test('a failed authentication is logged at one stage only and does not wait', () => {
  const folder = new StageFolder();
  const document = {
    kubernetes: { audit: { stage: 'ResponseStarted', verb: 'get', responseStatus: { code: 401 } } },
  };
  const found = { rule: exec, events: [event(document, { key: 'a', requestKey: 'r' })] } as const;
  assert.deepEqual(folder.take(found), [found]);
});

test('beyond the limit the oldest goes as it is, and is counted', () => {
  const { steps, folder } = fold(
    [
      ['a', 'ResponseStarted', '1'],
      ['b', 'ResponseStarted', '2'],
      ['c', 'ResponseStarted', '3'],
      ['d', 'ResponseComplete', '1'],
    ],
    2,
  );
  assert.deepEqual(steps, [[], [], ['a'], ['b'], ['c', 'd']]);
  assert.equal(folder.releasedEarly, 2);
  assert.equal(folder.folded, 0);
});
