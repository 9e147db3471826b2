/** What must be so for every pipeline, on generated events. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { source } from '../../src/base/source.ts';
import type { ColumnValue } from '../../src/data/column.ts';
import { builtinFieldTypes } from '../../src/data/fields/index.ts';
import type { PipelineEvent, RunContext, StoredGroup } from '../../src/exec/pipeline/index.ts';
import { Groups, necessaryCondition, preparePipeline } from '../../src/exec/pipeline/index.ts';
import { Grouping } from '../../src/exec/pipeline/groups.ts';
import { interpreted } from '../../src/exec/pipeline/expression.ts';
import { Layout } from '../../src/exec/pipeline/row.ts';
import { buildOperator } from '../../src/exec/pipeline/operator.ts';
import { interpret } from '../../src/exec/interpret/index.ts';
import { esql } from '../../src/lang/esql/index.ts';
import type { Pipeline } from '../../src/plan/pipeline.ts';
import { law } from './law.ts';

const context: RunContext = { now: Date.UTC(2026, 0, 1), count: () => {} };

function pipelineOf(query: string): Pipeline {
  const compiled = esql.compile(source('law', query), { types: builtinFieldTypes });
  assert.ok(compiled.ok && compiled.value.kind === 'pipeline', query);
  return compiled.value;
}

const run = (query: string, events: readonly PipelineEvent[]): readonly (readonly ColumnValue[])[] =>
  preparePipeline(pipelineOf(query)).run(events, context).rows;

/** Nothing, one value, several. */
const field = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | T[] | undefined> =>
  fc.oneof(fc.constant(undefined), value, fc.array(value, { maxLength: 3 }));

const event = fc
  .record({
    name: field(fc.constantFrom('a', 'b', 'c', 'A', 'ab', '')),
    pid: field(fc.integer({ min: -3, max: 3 })),
    score: field(fc.double({ noNaN: true, min: -1e300, max: 1e300 })),
    flag: field(fc.boolean()),
    user: field(fc.constantFrom('u', 'v', 'U', 'a')),
  })
  .map(({ name, pid, score, flag, user }) => ({
    process: { name, pid },
    event: { risk_score: score },
    process_flag: flag,
    user: { name: user },
  }));

const events = fc.array(event, { maxLength: 12 }).map((documents) =>
  documents.map((document, i): PipelineEvent => ({
    id: String(i),
    document: JSON.parse(JSON.stringify(document)) as PipelineEvent['document'],
  })),
);

/** True, false or unknown, and what Kleene's tables say of them. */
type Truth = true | false | null;
const TRUTHS: readonly Truth[] = [true, false, null];
const AND: readonly (readonly Truth[])[] = [
  [true, false, null],
  [false, false, false],
  [null, false, null],
];
const NOT: readonly Truth[] = [false, true, null];
const lookUp = (table: readonly (readonly Truth[])[], a: Truth, b: Truth): Truth =>
  table[TRUTHS.indexOf(a)]?.[TRUTHS.indexOf(b)] ?? null;
const not = (a: Truth): Truth => NOT[TRUTHS.indexOf(a)] ?? null;

interface Sentence {
  readonly text: string;
  readonly truth: Truth;
}

/** Constants, which are settled before any row, and conditions on an event, which are not. */
const atom = fc.constantFrom<Sentence>(
  { text: 'true', truth: true },
  { text: 'false', truth: false },
  { text: 'null::boolean', truth: null },
  { text: '1 == 1', truth: true },
  { text: '1 IN (2, null)', truth: null },
  { text: 'process.pid == 1', truth: true },
  { text: 'process.pid > 2', truth: false },
  { text: 'process.exit_code == 1', truth: null },
  { text: 'process.exit_code IS NULL', truth: true },
  { text: 'process.args == "a"', truth: null },
  { text: 'process.args IS NULL', truth: false },
  { text: 'process.name LIKE "x*"', truth: true },
  { text: 'process.name RLIKE "y.*"', truth: false },
  { text: 'process.name IN ("y", null)', truth: null },
  { text: 'process.interactive', truth: false },
  { text: 'process.entry_leader.interactive', truth: null },
  { text: '(process.parent.interactive OR false)', truth: null },
);

const judged: PipelineEvent = {
  id: '0',
  document: {
    process: {
      pid: 1,
      args: ['a', 'b'],
      name: 'xy',
      interactive: false,
      parent: { interactive: [true, false] },
    },
  },
};

const { sentence } = fc.letrec<{ sentence: Sentence }>((tie) => ({
  sentence: fc.oneof(
    { maxDepth: 4 },
    atom,
    fc
      .tuple(tie('sentence'), tie('sentence'))
      .map(([a, b]) => ({ text: `(${a.text} AND ${b.text})`, truth: lookUp(AND, a.truth, b.truth) })),
    fc.tuple(tie('sentence'), tie('sentence')).map(([a, b]) => ({
      text: `(${a.text} OR ${b.text})`,
      truth: not(lookUp(AND, not(a.truth), not(b.truth))),
    })),
    tie('sentence').map((a) => ({ text: `(NOT ${a.text})`, truth: not(a.truth) })),
  ),
}));

law('logic is that of Kleene’s tables', [sentence], ({ text, truth }) => {
  for (const evaluator of ['interpreted', 'compiled'] as const) {
    const rowsOf = (query: string) =>
      preparePipeline(pipelineOf(query), { evaluator }).run([judged], context).rows;
    assert.deepEqual(rowsOf(`FROM * | EVAL t = ${text} | KEEP t`), [[truth]], text);
    assert.equal(rowsOf(`FROM * | WHERE ${text} | KEEP process.pid`).length, truth === true ? 1 : 0, text);
  }
});

const CONDITIONS = [
  'process.name == "a"',
  'process.pid > 0',
  'NOT process.name IN ("a", "b")',
  'user.name IS NOT NULL',
  'event.risk_score < 0.5 OR process.pid < 2',
  'process.name LIKE "*"',
  'KQL("process.name: b or user.name: u")',
  'MV_COUNT(process.pid) > 1',
];
const conditions = fc.subarray(CONDITIONS, { minLength: 2 });

law(
  'the order of conditions changes no answer, nor does writing them as one',
  [conditions, events],
  (list, given) => {
    const query = (parts: readonly string[]): string =>
      `FROM * METADATA _id ${parts.map((part) => `| WHERE ${part}`).join(' ')} | KEEP _id`;
    const expected = run(query(list), given);
    assert.deepEqual(run(query(list.toReversed()), given), expected);
    assert.deepEqual(run(query([list.map((part) => `(${part})`).join(' AND ')]), given), expected);
  },
);

const LATE =
  'FROM * METADATA _id | WHERE process.pid > -2 | EVAL x = process.pid * 2, y = user.name | SORT x, _id | KEEP _id, x, y';
const EARLY =
  'FROM * METADATA _id | KEEP _id, process.pid, user.name | WHERE process.pid > -2 | EVAL x = process.pid * 2 | RENAME user.name AS y | SORT x, _id | KEEP _id, x, y';

law('taking columns away early changes no answer', [events], (given) =>
  assert.deepEqual(run(EARLY, given), run(LATE, given)),
);

const STATS = `FROM *
| STATS n = COUNT(*), c = COUNT(process.pid), d = COUNT_DISTINCT(process.name), s = SUM(process.pid), f = SUM(event.risk_score),
  a = AVG(event.risk_score), lo = MIN(process.pid), hi = MAX(process.name), v = VALUES(user.name), t = TOP(process.pid, 2, "desc"),
  x = FIRST(process.name, process.pid), y = LAST(process.name, process.pid), p = PERCENTILE(process.pid, 30), m = MEDIAN(process.pid),
  w = COUNT(*) WHERE process.pid > 0
  BY process.name, user.name`;

const statsPipeline = pipelineOf(STATS);
law(
  'parts of groups, stored and merged in any split, give what the whole gives',
  [events, fc.nat(12), fc.nat(12)],
  (given, one, other) => {
    const [from, stats] = statsPipeline.operators;
    assert.ok(from !== undefined && stats?.kind === 'stats');
    const { layout } = buildOperator(from, new Layout(interpreted), {
      tables: new Map(),
      arrayOrder: 'lucene',
    });
    const grouping = new Grouping(stats.aggregates, stats.keys, layout);
    const part = (some: readonly PipelineEvent[]): StoredGroup[] => {
      const groups = new Groups(grouping);
      for (const each of some) groups.add({ values: [], event: each }, context);
      return JSON.parse(JSON.stringify(groups.stored())) as StoredGroup[];
    };
    const merged = (parts: readonly (readonly StoredGroup[])[]): unknown => {
      const groups = new Groups(grouping);
      for (const stored of parts) groups.merge(stored, context);
      return groups.rows(context).map(({ values }) => values);
    };

    const [first, second] = [Math.min(one, other), Math.max(one, other)];
    const cut = [given.slice(0, first), given.slice(first, second), given.slice(second)].map(part);
    assert.deepEqual(merged(cut), merged([part(given)]));
    assert.deepEqual(merged(cut), run(STATS, given));
  },
);

const QUERIES = [
  STATS,
  'FROM * METADATA _id | MV_EXPAND process.name | EVAL n = CONCAT(process.name, "!") | SORT n DESC, _id | LIMIT 5 | KEEP _id, n, user.name',
  'FROM * METADATA _id | INLINE STATS n = COUNT(*) BY user.name | WHERE n > 1 | KEEP _id, n, process.pid',
  'FROM * METADATA _id | WHERE NOW() > process.start OR process.pid == 1 | KEEP _id, process.*',
];

law(
  'what runs as events arrive and what runs at the end give what the whole gives',
  [fc.constantFrom(...QUERIES), events],
  (query, given) => {
    const prepared = preparePipeline(pipelineOf(query));
    const rows = given.flatMap((one) => prepared.rowsOf(one, context));
    const expected = prepared.run(given, context);
    assert.deepEqual(prepared.finish(rows, context).rows, expected.rows);
    assert.deepEqual(prepared.finish(rows, context).rows, expected.rows);
  },
);

const textValue = fc.constantFrom(
  'process.name',
  'user.name',
  '"a"',
  '"A"',
  'null::string',
  '["a", "b"]',
  'TO_LOWER(process.name)',
  'CONCAT(process.name, user.name)',
  'COALESCE(process.name, user.name, "c")',
  'MV_FIRST(process.name)',
  'CASE(process.pid > 0, process.name, user.name)',
);
const numberValue = fc.constantFrom(
  'process.pid',
  '1',
  '-1',
  '0.5',
  'event.risk_score',
  'null::integer',
  'LENGTH(process.name)',
  'process.pid * 2 - 1',
  'TO_INTEGER(process.name)',
  '9007199254740993',
);
const comparison = fc.constantFrom('==', '!=', '<', '>=');
const joined = (...parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((texts) => texts.join(' '));
const members = (value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.array(value, { minLength: 1, maxLength: 3 }).map((list) => `(${list.join(', ')})`);

const { anyCondition } = fc.letrec<{ anyCondition: string }>((tie) => ({
  anyCondition: fc.oneof(
    { maxDepth: 3 },
    joined(textValue, comparison, textValue),
    joined(numberValue, comparison, numberValue),
    joined(textValue, fc.constantFrom('IN', 'NOT IN'), members(textValue)),
    joined(numberValue, fc.constantFrom('IN'), members(numberValue)),
    joined(
      textValue,
      fc.constantFrom(
        'LIKE "a"',
        'LIKE "A*"',
        'LIKE ("a", "?b", "*")',
        'RLIKE "[aA]b?"',
        'NOT RLIKE "<1-3>|a&b|@"',
      ),
    ),
    joined(textValue, fc.constantFrom('IS NULL', 'IS NOT NULL')),
    fc.constantFrom(
      'STARTS_WITH(process.name, "a")',
      'null::boolean',
      '[true, false]',
      'MV_CONTAINS(process.name, user.name)',
    ),
    fc
      .tuple(tie('anyCondition'), fc.constantFrom('AND', 'OR'), tie('anyCondition'))
      .map((parts) => `(${parts.join(' ')})`),
    tie('anyCondition').map((one) => `NOT (${one})`),
  ),
}));

function outcome(evaluator: 'interpreted' | 'compiled', query: string, given: readonly PipelineEvent[]) {
  const counts: Record<string, number> = {};
  const counting: RunContext = {
    now: context.now,
    count: (what) => (counts[what] = (counts[what] ?? 0) + 1),
  };
  const { rows } = preparePipeline(pipelineOf(query), { evaluator }).run(given, counting);
  return { rows, counts };
}

law(
  'what is computed fast is what the definitions say, and so is what is counted',
  [anyCondition, events],
  (condition, given) => {
    const query = `FROM * METADATA _id | EVAL t = ${condition} | KEEP _id, t`;
    assert.deepEqual(outcome('compiled', query, given), outcome('interpreted', query, given), query);
  },
);

law(
  'searches of the event itself are answered alike',
  [
    fc.subarray(
      [
        'KQL("process.name: a* and not user.name: u")',
        'MATCH(process.name, "b")',
        'user.name : "v"',
        'NOT KQL("process.pid > 0")',
      ],
      { minLength: 1 },
    ),
    events,
  ],
  (searches, given) => {
    const query = `FROM * METADATA _id ${searches.map((one) => `| WHERE ${one} OR process.pid == 2`).join(' ')} | KEEP _id`;
    assert.deepEqual(outcome('compiled', query, given), outcome('interpreted', query, given), query);
  },
);

const ASKED = [
  ...CONDITIONS,
  'process.name != "a"',
  'NOT process.name LIKE "A*"',
  'process.name RLIKE "[ab]|x.*"',
  'NOT (process.name RLIKE "b" OR user.name IS NULL)',
  'TO_LOWER(process.name) IN ("a", "B")',
  'TO_LOWER(process.name) != "b"',
  'NOT TO_LOWER(process.name) == "A"',
  'TO_LOWER(user.name) LIKE "u*"',
  'process.name IS NULL',
  'NOT (process.name IS NULL AND user.name == "u")',
  'STARTS_WITH(process.name, "b")',
  'NOT CONTAINS(TO_LOWER(process.name), "a")',
  'NOT KQL("process.name: a")',
  'MATCH(process.name, "aa", { "fuzziness": 1 })',
  'NOT (process.name IN ("a", "A") OR process.pid == 1)',
];
const DEFINITIONS = [
  'EVAL process.name = TO_LOWER(process.name)',
  'EVAL user.name = process.name, process.name = user.name',
  'EVAL process.name = "a"',
  'MV_EXPAND process.name',
  'RENAME user.name AS u | RENAME process.name AS user.name | RENAME u AS process.name',
  'EVAL flag = process.name == "a" OR user.name LIKE "U" | WHERE NOT flag',
  'EVAL flag = NOT TO_LOWER(user.name) == "v" | EVAL f = flag | WHERE f',
  'EVAL process.name = SPLIT("a b", " ") | MV_EXPAND process.name',
];
const isDocumentSearch = (part: string): boolean => /KQL|MATCH/.test(part);

law(
  'an event that becomes a row fulfils the necessary condition',
  [
    fc.subarray(ASKED, { maxLength: 3 }),
    fc.subarray(DEFINITIONS, { maxLength: 3 }),
    fc.subarray(ASKED),
    events,
  ],
  (first, definitions, second, given) => {
    const wheres = (parts: readonly string[]): string[] => parts.map((part) => `WHERE ${part}`);
    const query = [
      'FROM * METADATA _id',
      ...wheres(first),
      ...definitions,
      ...wheres(second.filter((part) => definitions.length === 0 || !isDocumentSearch(part)).slice(0, 2)),
      'KEEP _id',
    ].join(' | ');
    const prepared = preparePipeline(pipelineOf(query));
    const condition = necessaryCondition(prepared.pipeline);
    for (const one of given)
      if (prepared.rowsOf(one, context).length > 0)
        assert.ok(interpret(condition, one.document, context), query);
  },
);
