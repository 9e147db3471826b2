/** Queries in streams: what panes of partial aggregates give, and when the engine tells of it, against runs over all rows. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { source } from '../../src/base/source.ts';
import type { JsonObject } from '../../src/data/document.ts';
import { builtinFieldTypes } from '../../src/data/fields/index.ts';
import { Engine } from '../../src/engine/engine.ts';
import { indexingMatcher } from '../../src/engine/matcher.ts';
import type { Match } from '../../src/engine/match.ts';
import type { StoredGroupOfPane } from '../../src/engine/state/pane.ts';
import { Panes } from '../../src/engine/state/panes.ts';
import type { Counter, PipelineEvent, ResultTable, RunContext } from '../../src/exec/pipeline/index.ts';
import { preparePipeline } from '../../src/exec/pipeline/index.ts';
import { esql } from '../../src/lang/esql/index.ts';
import type { Alert } from '../../src/model/alert.ts';
import type { EventEnvelope } from '../../src/model/event.ts';
import type { Pipeline } from '../../src/plan/pipeline.ts';
import { ports } from '../support/engine.ts';
import { rulesOf } from '../support/rules.ts';
import { law } from './law.ts';

const context: RunContext = { now: 0, count: () => {} };
const MINUTE = 60_000;
const START = Date.UTC(2026, 2, 2, 9);

function pipelineOf(query: string): Pipeline {
  const compiled = esql.compile(source('law', query), { types: builtinFieldTypes });
  assert.ok(compiled.ok && compiled.value.kind === 'pipeline', query);
  return compiled.value;
}

interface Happening {
  /** Minutes since the start. */
  readonly minute: number;
  readonly user: JsonObject['x'];
  readonly pid: number | undefined;
}

const happening: fc.Arbitrary<Happening> = fc.record({
  minute: fc.integer({ min: 0, max: 30 }),
  user: fc.constantFrom<JsonObject['x']>('eve', 'bob', ['eve', 'bob'], null),
  pid: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
});

const happenings = fc.array(happening, { maxLength: 20 });

/** More matches than there are. */
const NEVER = 100;

function counting() {
  const counts = new Map<Counter, number>();
  const count = (counter: Counter): void => {
    counts.set(counter, (counts.get(counter) ?? 0) + 1);
  };
  return { counts, context: { now: 0, count } };
}

/** Close together, so that many lie in one pane. */
const crowded = fc.array(
  happening.map(({ minute, ...one }) => ({ ...one, minute: minute % 8 })),
  { minLength: 10, maxLength: 60, size: 'max' },
);

const documentOf = ({ minute, user, pid }: Happening): JsonObject => ({
  '@timestamp': new Date(START + minute * MINUTE).toISOString(),
  user: { name: user ?? null },
  process: { pid: pid ?? null },
});

const eventOf = (one: Happening, i: number): EventEnvelope => ({
  key: `event ${i}`,
  time: START + one.minute * MINUTE,
  document: documentOf(one),
  origin: { file: 'log', line: i + 1 },
});

const GROUPED = [
  'FROM * | STATS n = COUNT(*), p = SUM(process.pid), v = VALUES(user.name), f = FIRST(process.pid, @timestamp) BY user.name',
  'FROM * | WHERE process.pid > 0 | STATS d = COUNT_DISTINCT(user.name), a = AVG(process.pid), m = MEDIAN(process.pid)',
  'FROM * | EVAL k = process.pid % 2 | STATS n = COUNT(*) WHERE user.name == "eve", t = TOP(process.pid, 2, "desc") BY k, user.name | SORT n DESC, k | LIMIT 3',
  'FROM * | STATS n = COUNT(*), d = COUNT_DISTINCT(process.pid), v = VALUES(user.name), x = MAX(process.pid) BY user.name | WHERE d >= 2 AND x > 1 | MV_EXPAND v | EVAL e = d + x',
  'FROM * | STATS n = COUNT(*), v = VALUES(process.pid), s = SUM(LENGTH(user.name)) BY k = LENGTH(user.name) | WHERE v > 1 OR n > 3 | INLINE STATS m = MAX(n) BY k | EVAL w = v + 1',
  'FROM * | STATS v = VALUES(user.name), n = COUNT(*), l = MIN(process.pid) BY process.pid | STATS v = VALUES(v), n = SUM(n), l = MAX(l) BY v | WHERE n > 1 | SORT v, l',
];

/** The window reaches back `back` minutes from each multiple of `every`. */
interface Windows {
  readonly every: number;
  readonly back: number;
}

const windows: fc.Arbitrary<Windows> = fc.record({
  every: fc.constantFrom(1, 5, 7),
  back: fc.constantFrom(0, 3, 5, 9, 14),
});

function seenBy(minute: number, { every, back }: Windows) {
  return { first: Math.ceil(minute / every) * every, last: Math.floor((minute + back) / every) * every };
}

law(
  'the groups of a window out of panes are those of its rows, stored or not, folded or not',
  [fc.constantFrom(...GROUPED), crowded, windows, fc.constantFrom(1, 4, 5, 8, NEVER), fc.nat(60)],
  (query, list, spans, askFrom, storedAt) => {
    const prepared = preparePipeline(pipelineOf(query));
    const { partials } = prepared;
    assert.ok(partials !== undefined);
    const rowsOf = ({ rows = [] }: Match) => rows.map((row) => prepared.restore(row, undefined));
    const ofPanes = counting();
    const paneQuery = { grouping: partials, rowsOf, context: ofPanes.context, askFrom };
    const evicted = (): never => assert.fail('nothing is over a limit');
    let panes = new Panes(paneQuery, evicted);
    const matches: Match[] = [];
    for (const [i, one] of list.entries()) {
      if (i === storedAt) panes = copied(panes, new Panes(paneQuery, evicted), spans);
      const event = eventOf(one, i);
      const rows = prepared.rowsOf({ id: event.key, document: event.document }, context);
      if (rows.length === 0) continue;
      const match: Match = {
        event,
        rows: rows.map((row) => prepared.store(row)),
        holding: [0],
        time: one.minute,
        windowTime: one.minute,
        arrival: i,
      };
      matches.push(match);
      const seen = seenBy(one.minute, spans);
      if (seen.last >= seen.first) panes.add(match, seen);
    }
    for (let run = 0; run <= 25; run += spans.every) {
      const inside = matches
        .filter(({ windowTime }) => windowTime <= run && windowTime >= run - spans.back)
        .sort((a, b) => order(a, spans) - order(b, spans));
      const ofRows = counting();
      const expected = prepared.finish(inside.flatMap(rowsOf), ofRows.context);
      ofPanes.counts.clear();
      assert.deepEqual(prepared.finishGroups(panes.at(run), ofPanes.context).rows, expected.rows, query);
      // Where groups stand for rows, what was lost was counted when they took their place.
      if (askFrom === NEVER) assert.deepEqual(ofPanes.counts, ofRows.counts, query);
      const examples = panes.examplesAt(run, []).map(({ event }) => event.key);
      assert.deepEqual(new Set(examples).isSubsetOf(new Set(inside.map(({ event }) => event.key))), true);
      panes.forget(run);
    }
  },
  { cost: 4 },
);

/** Panes stand in the order of time; inside one, rows stand as they came. */
function order({ windowTime }: Match, spans: Windows): number {
  const { first, last } = seenBy(windowTime, spans);
  return first * 1000 + last;
}

function copied(from: Panes, to: Panes, spans: Windows): Panes {
  const stored = JSON.stringify([from.storedMatches(), from.storedGroups()]);
  const [matches, groups] = JSON.parse(stored) as [Match[], StoredGroupOfPane[]];
  to.restore(
    matches.map((match) => [match, seenBy(match.windowTime, spans)]),
    groups,
  );
  assert.equal(JSON.stringify([to.storedMatches(), to.storedGroups()]), stored);
  return to;
}

const QUERY = 'FROM logs-* | STATS n = COUNT(*), last = MAX(@timestamp) BY user.name | WHERE n >= 2';
const EVERY = 5;
const BACK = 12;
const [rule] = await rulesOf({
  groups: `type = "esql"\nlanguage = "esql"\ninterval = "${EVERY}m"\nfrom = "now-${BACK}m"\nquery = '${QUERY}'`,
});
assert.ok(rule !== undefined);
const prepared = preparePipeline(pipelineOf(QUERY));

/** The table of every run, in the order of time, until no window has anything. */
function tables(events: readonly EventEnvelope[]): { readonly at: number; readonly table: ResultTable }[] {
  const runs = Array.from({ length: 60 / EVERY }, (_, i) => START + i * EVERY * MINUTE);
  return runs.map((at) => {
    const inside = events.filter(({ time = 0 }) => time <= at && time >= at - BACK * MINUTE);
    const rows = inside.map(({ key, document }): PipelineEvent => ({ id: key, document }));
    return { at, table: prepared.run(rows, context) };
  });
}

const inOrder = (list: readonly Happening[]): EventEnvelope[] =>
  list.toSorted((a, b) => a.minute - b.minute).map(eventOf);

function alertsOf(events: readonly EventEnvelope[], mode: 'stream' | 'compat'): Alert[] {
  assert.ok(rule !== undefined);
  const options = { mode, lateness: 0, matcher: indexingMatcher, ignoreIndex: false } as const;
  const engine = new Engine([rule], options, ports);
  return [...events.flatMap((event) => engine.take(event)), ...engine.end()];
}

const shown = ({ document }: Alert): unknown => [document['user.name'] ?? null, document.n, document.last];
const place = (table: ResultTable, name: string): number =>
  table.columns.findIndex((column) => column.name === name);
const rowsShown = (table: ResultTable): unknown[] =>
  table.rows.map((row) => [
    row[place(table, 'user.name')],
    row[place(table, 'n')],
    new Date(Number(row[place(table, 'last')])).toISOString(),
  ]);

law(
  'in compat every run tells its whole table, and the ids of overlapping windows differ',
  [happenings],
  (list) => {
    const alerts = alertsOf(inOrder(list), 'compat');
    assert.deepEqual(
      alerts.map(shown),
      tables(inOrder(list)).flatMap(({ table }) => rowsShown(table)),
    );
    assert.equal(new Set(alerts.map(({ id }) => id)).size, alerts.length);
  },
  { cost: 4 },
);

law(
  'in a stream a group is told when the window has nothing left of the one that it was told for',
  [happenings],
  (list) => {
    const events = inOrder(list);
    const told = new Map<unknown, number>();
    const expected: unknown[] = [];
    for (const { at, table } of tables(events)) {
      if (!events.some(({ time = 0 }) => time <= at && time > at - EVERY * MINUTE)) continue;
      for (const row of rowsShown(table)) {
        const [user] = row as [unknown];
        if ((told.get(user) ?? -Infinity) >= at - BACK * MINUTE) continue;
        told.set(user, at);
        expected.push(row);
      }
    }
    const alerts = alertsOf(events, 'stream');
    assert.deepEqual(alerts.map(shown), expected);
    assert.equal(new Set(alerts.map(({ id }) => id)).size, alerts.length);
  },
  { cost: 4 },
);
