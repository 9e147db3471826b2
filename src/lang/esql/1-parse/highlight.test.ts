import assert from 'node:assert/strict';
import { test } from 'node:test';
import { highlight } from './highlight.ts';

/** Each piece with the first letters of its kind. */
const pieces = (text: string): string =>
  highlight(text)
    .map(({ kind, start, end }) => `${kind.slice(0, 2)}:${text.slice(start, end)}`)
    .join(' ');

test('every piece of a query has its kind', () => {
  assert.equal(
    pieces('FROM logs-*, a METADATA _id // why'),
    'ke:FROM wi:logs-* pu:, st:a ke:METADATA fi:_id co:// why',
  );
  assert.equal(
    pieces('| WHERE from.by == "a" AND NOT `x` LIKE ("a*", "b") OR b > 5 minutes'),
    'op:| ke:WHERE fi:from pu:. fi:by op:== st:"a" ke:AND ke:NOT fi:`x` ke:LIKE pu:( st:"a wi:* st:" pu:, st:"b" pu:) ke:OR fi:b op:> nu:5 nu:minutes',
  );
  assert.equal(
    pieces('| INLINE STATS n = COUNT(*) BY last'),
    'op:| ke:INLINE ke:STATS fi:n op:= fu:COUNT pu:( op:* pu:) ke:BY ke:last',
  );
  assert.equal(
    pieces('FROM a | LOOKUP JOIN hosts ON x'),
    'ke:FROM st:a op:| ke:LOOKUP ke:JOIN st:hosts ke:ON fi:x',
  );
});

test('an unfinished query is coloured as far as it goes', () => {
  assert.equal(pieces('FROM a | WHERE b == "c'), 'ke:FROM st:a op:| ke:WHERE fi:b op:== st:"c');
  assert.equal(pieces('§ FROM'), 'ke:FROM');
});
