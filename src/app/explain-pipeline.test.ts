/** A rule that pipes rows, followed command by command, as `winnow explain` shows it. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { source } from '../base/source.ts';
import { builtinFieldTypes } from '../data/fields/index.ts';
import { renderExplanation } from '../exec/explain/index.ts';
import { esql } from '../lang/esql/index.ts';
import type { Pipeline } from '../plan/pipeline.ts';
import type { LoadedRule } from '../rules/rule.ts';
import { rule as ruleWith, isText } from '../../tests/support/engine.ts';
import type { RecordChoice } from './explain.ts';
import type { ExplainedPipeline } from './explain-pipeline.ts';
import { explainPipeline } from './explain-pipeline.ts';

const folder = mkdtempSync(join(tmpdir(), 'winnow-explain-'));
after(() => rmSync(folder, { recursive: true }));

const event = (minute: number, action: string, user: string | readonly string[]) => ({
  '@timestamp': `2026-01-01T00:0${minute}:00Z`,
  event: { action },
  user: { name: user },
});
const log = join(folder, 'log.ndjson');
writeFileSync(
  log,
  [
    event(1, 'login', 'eve'),
    event(2, 'login', 'eve'),
    event(2, 'logout', 'eve'),
    event(3, 'login', 'bob'),
    event(3, 'login', ['ann', 'kim']),
    // The next run.
    event(7, 'login', 'eve'),
  ]
    .map((one) => `${JSON.stringify(one)}\n`)
    .join(''),
);

const QUERY = `FROM *
| WHERE event.action == "login"
| STATS n = COUNT(*) BY user.name
| WHERE n > 1 OR user.name LIKE "k*"
| LIMIT 1`;

async function explained(records: RecordChoice, query = QUERY): Promise<ExplainedPipeline> {
  const compiled = esql.compile(source('query', query), { types: builtinFieldTypes });
  assert.ok(compiled.ok, compiled.diagnostics.map(({ message }) => message).join());
  const plan = compiled.value as Pipeline;
  const made = ruleWith(isText('a', 'b'));
  const { document } = made;
  const esqlRule = { ...document.rule, type: 'esql', language: 'esql', query, from: 'now-5m' };
  const rule = {
    ...made,
    plan,
    query: source('query', query),
    document: { ...document, rule: esqlRule },
  } as unknown as LoadedRule;
  const result = await explainPipeline(rule, plan, {
    inputs: [log],
    ingest: { shape: 'ecs', keepRequestReceived: false },
    records,
  });
  assert.ok(result.ok, result.diagnostics.map(({ message }) => message).join());
  return result.value;
}

const at = (line: number): RecordChoice => ({ by: 'place', at: { line } });
const counts = ({ operators }: ExplainedPipeline) =>
  operators.map(({ operator, rowsIn, rowsOut, chosenIn, chosenOut }) => [
    operator.kind,
    rowsIn,
    rowsOut,
    chosenIn,
    chosenOut,
  ]);
const groups = ({ operators }: ExplainedPipeline) =>
  operators.flatMap((one) => one.groups.map((group) => group.map(({ column, value }) => [column, value])));
const why = ({ operators }: ExplainedPipeline) =>
  operators.flatMap(({ keptBack }) =>
    keptBack.map(
      (one) => renderExplanation(one, source('query', QUERY), { subject: 'row' }).split('\n\n')[0],
    ),
  );

test('an event that a WHERE keeps back is told with the clause and its values', async () => {
  const found = await explained(at(3));
  assert.deepEqual(counts(found), [
    ['source', 5, 5, 1, 1],
    ['where', 5, 4, 1, 0],
    ['stats', 4, 4, 0, 0],
    ['where', 4, 2, 0, 0],
    ['limit', 2, 1, 0, 0],
  ]);
  assert.deepEqual(why(found), ['✗ 2:9 event.action == "login" (event.action is "logout")']);
  assert.deepEqual(
    [found.window?.from, found.window?.to],
    [Date.parse('2026-01-01T00:00:00Z'), Date.parse('2026-01-01T00:05:00Z')],
  );
});

test('an event is followed into its group', async () => {
  const found = await explained(at(4));
  assert.deepEqual(counts(found), [
    ['source', 5, 5, 1, 1],
    ['where', 5, 4, 1, 1],
    ['stats', 4, 4, 1, 1],
    ['where', 4, 2, 1, 0],
    ['limit', 2, 1, 0, 0],
  ]);
  assert.deepEqual(groups(found), [[['user.name', 'bob']]]);
  assert.deepEqual(why(found), [
    '✗ 4:9 n > 1 OR user.name LIKE "k*": any of these\n  ✗ 4:9 n > 1 (n is 1)\n  ✗ 4:18 user.name LIKE "k*" (user.name is "bob")',
  ]);
});

test('several values are in several groups, of which one may come through as far as the LIMIT', async () => {
  const found = await explained(at(5));
  assert.deepEqual(counts(found).slice(2), [
    ['stats', 4, 4, 1, 2],
    ['where', 4, 2, 2, 1],
    ['limit', 2, 1, 1, 0],
  ]);
  assert.deepEqual(groups(found), [[['user.name', 'ann']], [['user.name', 'kim']]]);
});

test('an event is looked at in the run that first sees it', async () => {
  const found = await explained(at(6));
  assert.deepEqual(counts(found)[0], ['source', 1, 1, 1, 1]);
});

test('without a place all events are one run, and what came nearest is told', async () => {
  const found = await explained({ by: 'nearest', count: 3 });
  assert.deepEqual(counts(found)[0], ['source', 6, 6, 0, 0]);
  assert.equal(found.window, undefined);
  assert.deepEqual(why(found), [
    '✗ 2:9 event.action == "login" (event.action is "logout")',
    '✗ 4:9 n > 1 OR user.name LIKE "k*": any of these\n  ✗ 4:9 n > 1 (n is 1)\n  ✗ 4:18 user.name LIKE "k*" (user.name is "bob")',
    '✗ 4:9 n > 1 OR user.name LIKE "k*": any of these\n  ✗ 4:9 n > 1 (n is 1)\n  ✗ 4:18 user.name LIKE "k*" (user.name is "ann")',
  ]);
});

test('null is told apart from false', async () => {
  const query = 'FROM * | WHERE NOT user.name == "eve" AND no.such IS NOT NULL';
  const { operators } = await explained(at(5), query);
  const [explanation] = operators[1]?.keptBack ?? [];
  assert.ok(explanation);
  assert.equal(
    renderExplanation(explanation, source('query', query), { subject: 'row' }),
    `✗ 1:16 all of these
  ✗ 1:16 NOT user.name == "eve" (wanted true, and it is null; user.name is "ann", "kim")
  ✗ 1:43 no.such IS NOT NULL (no.such has no value)

The row does not match; these 2 clauses prevented it:
  1:16 NOT user.name == "eve" (wanted true, and it is null; user.name is "ann", "kim")
  1:43 no.such IS NOT NULL (no.such has no value)
`,
  );
});

test('a question to the event is explained clause by clause', async () => {
  const query = `FROM * | WHERE KQL("event.action: login and user.name: zoe")`;
  const { operators } = await explained(at(1), query);
  const [explanation] = operators[1]?.keptBack ?? [];
  assert.deepEqual(
    explanation?.children.map(({ verdict, seen }) => [verdict, seen[0]?.values]),
    [
      ['held', ['login']],
      ['failed', ['eve']],
    ],
  );
});

test('a place where no event stands is RUN003', async () => {
  await assert.rejects(explained(at(99)), /none of the 6 events that were read stands at line 99/);
});
