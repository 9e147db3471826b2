/** Queries that would take all memory, or never end, lose what is over a limit and count it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { source } from '../../base/source.ts';
import { builtinFieldTypes } from '../../data/fields/index.ts';
import { esql } from '../../lang/esql/index.ts';
import type { Pipeline } from '../../plan/pipeline.ts';
import type { Counter } from './index.ts';
import { preparePipeline } from './index.ts';

function run(query: string, documents: readonly { readonly text: string }[]) {
  const compiled = esql.compile(source('query', query), { types: builtinFieldTypes });
  assert.ok(compiled.ok);
  const counts: Partial<Record<Counter, number>> = {};
  const events = documents.map(({ text }, i) => ({ id: String(i), document: { message: text } }));
  const { rows } = preparePipeline(compiled.value as Pipeline).run(events, {
    now: 0,
    count: (counter) => (counts[counter] = (counts[counter] ?? 0) + 1),
  });
  return { rows, counts };
}

test('values that expand each other stop at so many rows of each event', () => {
  const text = 'x '.repeat(149) + 'x';
  const expand = ['a', 'b']
    .map((name) => `| EVAL ${name} = SPLIT(message, " ") | MV_EXPAND ${name}`)
    .join(' ');
  assert.deepEqual(run(`FROM * ${expand} | STATS n = COUNT(*)`, [{ text }, { text }, { text: 'y' }]), {
    rows: [[20_001]],
    // Once for each row that came in when they were reached: the 67th to the 150th, of two events.
    counts: { overLimit: 2 * 84 },
  });
});

test('an expression that grows out of bounds on a text is null for it', () => {
  const query = 'FROM * | WHERE NOT message RLIKE "(a|a|aa){1,100}{1,50}c" | STATS n = COUNT(*)';
  const { rows, counts } = run(query, [{ text: 'a'.repeat(5_000) }, { text: 'b' }]);
  assert.deepEqual([rows, counts], [[[1]], { overLimit: 1 }]);
});

test('a text that doubles stops at a length', () => {
  const { rows, counts } = run(`ROW a = "0123456789" ${'| EVAL a = CONCAT(a, a) '.repeat(40)}`, []);
  assert.deepEqual([rows, counts], [[[null]], { convFail: 1 }]);
});

test('what is read of an event is read once, however many rows it becomes', () => {
  const query =
    'FROM * | EVAL a = SPLIT(message, " ") | MV_EXPAND a | EVAL b = custom.thing | STATS n = COUNT(*), m = COUNT(b)';
  assert.deepEqual(run(query, [{ text: 'x y z' }, { text: 'x' }]), {
    rows: [[4, 0]],
    counts: { unmapped: 2 },
  });
});
