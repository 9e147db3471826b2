import assert from 'node:assert/strict';
import { test } from 'node:test';
import { source } from '../../base/source.ts';
import { builtinFieldTypes } from '../../data/fields/index.ts';
import { esql } from '../../lang/esql/index.ts';
import { ripens } from './ripening.ts';

const rows: readonly (readonly [pipe: string, ripens: boolean])[] = [
  ['WHERE event.action == "x"', false],
  ['WHERE @timestamp < NOW() - 5m', true],
  ['WHERE NOW() - 5m > @timestamp', true],
  ['WHERE NOT @timestamp >= NOW()', true],
  ['WHERE @timestamp >= NOW() - 5m', false],
  ['WHERE NOT NOW() >= @timestamp', false],
  ['WHERE event.action == "x" AND @timestamp > NOW() - 1h', false],
  ['WHERE event.action == "x" OR @timestamp < NOW()', true],
  ['WHERE @timestamp > NOW() - 1h AND @timestamp < NOW() - 5m', true],
  ['EVAL age = DATE_DIFF("minute", @timestamp, NOW()) | WHERE age <= 5', false],
  ['EVAL age = DATE_DIFF("minute", @timestamp, NOW()) | WHERE age > 5', true],
  ['EVAL age = DATE_DIFF("minute", NOW(), @timestamp) | WHERE age > -5', false],
  ['EVAL age = DATE_DIFF("minute", @timestamp, NOW()), left = 5 - age | WHERE left > 0', false],
  ['EVAL age = DATE_DIFF("minute", @timestamp, NOW()) | RENAME age AS a | WHERE a == 5', true],
  ['STATS first = MIN(@timestamp) BY user.name | WHERE first >= NOW() - 9m', false],
  ['STATS n = COUNT(*) WHERE @timestamp < NOW() - 9m BY user.name | WHERE n > 3', true],
  ['EVAL x = CASE(@timestamp < NOW(), "old", "new") | WHERE x LIKE "o*"', true],
  ['EVAL x = NOW() | KEEP x', false],
];

test('which queries time alone can let more rows through', () => {
  for (const [pipe, expected] of rows) {
    const compiled = esql.compile(source('query', `FROM logs-* | ${pipe}`), { types: builtinFieldTypes });
    assert.ok(compiled.ok && compiled.value.kind === 'pipeline', pipe);
    assert.equal(ripens(compiled.value.operators), expected, pipe);
  }
});
