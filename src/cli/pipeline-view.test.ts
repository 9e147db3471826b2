import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isText, rule } from '../../tests/support/engine.ts';
import type { ExplainedPipeline } from '../app/explain-pipeline.ts';
import { source } from '../base/source.ts';
import { pipelineWriters } from './pipeline-view.ts';
import { paint } from './text/paint.ts';

const text = 'FROM logs-*\n| STATS n = COUNT(*) BY user.name\n| WHERE n > 1';
const at = (part: string) => {
  const start = text.indexOf(part);
  return { start, end: start + part.length };
};
const count = (rowsIn: number, rowsOut: number, chosenIn: number, chosenOut: number) => ({
  rowsIn,
  rowsOut,
  chosenIn,
  chosenOut,
  groups: [],
  keptBack: [],
});

const explained: ExplainedPipeline = {
  rule: { ...rule(isText('a', 'b')), file: 'rule.toml', query: source('r.toml', text) },
  events: 1200,
  chosen: [
    {
      key: 'k',
      time: Date.UTC(2026, 0, 1),
      document: {},
      origin: { file: 'audit.log', line: 7 },
    },
  ],
  window: { at: Date.UTC(2026, 0, 1, 0, 5), from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 0, 1, 0, 5) },
  routed: 1100,
  routedChosen: 1,
  operators: [
    {
      operator: { kind: 'source', indices: [], columns: [], span: at('FROM logs-*') },
      ...count(1100, 1100, 1, 1),
    },
    {
      operator: {
        kind: 'stats',
        aggregates: [],
        keys: [],
        span: at('STATS n = COUNT(*) BY user.name'),
      },
      ...count(1100, 3, 1, 1),
      groups: [[{ column: 'user.name', value: 'eve', type: 'keyword' }]],
    },
    {
      operator: {
        kind: 'where',
        condition: { kind: 'constant', type: 'boolean', value: false },
        span: at('WHERE n > 1'),
      },
      ...count(3, 0, 1, 0),
      keptBack: [
        {
          kind: 'compute',
          verdict: 'failed',
          span: at('n > 1'),
          text: '',
          wanted: '',
          seen: [{ field: 'n', values: [1], count: 1 }],
          children: [],
        },
      ],
    },
  ],
  losses: { mvNull: 4 },
};

test('every command stands on a line with its rows, and then what became of the event', () => {
  assert.equal(
    pipelineWriters.text(explained, { paint: paint(false), width: 70 }, false),
    `A rule
rule.toml; 1,200 events read; the run of 2026-01-01 00:05:00 UTC reads
1,100, from 2026-01-01 00:00:00 to 2026-01-01 00:05:00

   in    out
1,100  1,100  1:1 FROM logs-*
1,100      3  2:3 STATS n = COUNT(*) BY user.name
    3      0  3:3 WHERE n > 1
4 values were null because there were several (mvNull)

audit.log:7, 2026-01-01 00:00:00 UTC
At 2:3 it is in the group user.name = "eve".
It ended at 3:3, as 1 row:

✗ 3:9 n > 1 (n is 1)

The row does not match; this clause prevented it:
  3:9 n > 1 (n is 1)
`,
  );
});

test('JSON has the same, with places in the rule', () => {
  const json = JSON.parse(pipelineWriters.json(explained, { paint: paint(false), width: 80 }, false)) as {
    readonly commands: readonly object[];
  };
  assert.deepEqual(json.commands[1], {
    kind: 'stats',
    place: { line: 2, column: 3 },
    written: 'STATS n = COUNT(*) BY user.name',
    rowsIn: 1100,
    rowsOut: 3,
    chosenIn: 1,
    chosenOut: 1,
    groups: [{ 'user.name': 'eve' }],
    keptBack: [],
  });
});

test('an event of another index, and one without a time, are told as such', () => {
  const lastLine = (changed: Partial<ExplainedPipeline>): string | undefined =>
    pipelineWriters
      .text({ ...explained, ...changed }, { paint: paint(false), width: 100 }, false)
      .trimEnd()
      .split('\n')
      .at(-1);
  assert.equal(
    lastLine({ routedChosen: 0 }),
    'A scan does not ask this rule about it: it stands in another index, or outside the run.',
  );
  assert.equal(lastLine({ window: undefined }), 'It has no time, so no run of the rule reads it.');
});
