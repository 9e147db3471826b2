import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnyToken } from './token-cursor.ts';
import { TokenCursor } from './token-cursor.ts';

class Plain extends TokenCursor<AnyToken> {
  override at(text: string, ahead = 0): boolean {
    return this.peek(ahead).text === text;
  }

  override accept(text: string): AnyToken | undefined {
    return this.at(text) ? this.next() : undefined;
  }

  get open(): number {
    return this.brackets;
  }

  protected override bracket(symbol: string): number {
    return symbol === '(' ? 1 : symbol === ')' ? -1 : 0;
  }
}

const cursor = (): Plain =>
  new Plain([
    { kind: 'symbol', text: '(', start: 0, end: 1 },
    { kind: 'comment', text: '/* */', start: 1, end: 6 },
    { kind: 'word', text: 'a', start: 6, end: 7 },
    { kind: 'symbol', text: ')', start: 8, end: 9 },
    { kind: 'end', text: '', start: 9, end: 9 },
  ]);

test('tokens are taken one by one, without comments, and the end stays', () => {
  const at = cursor();
  assert.deepEqual([at.peek().text, at.peek(1).text, at.peek(9).kind, at.atEnd], ['(', 'a', 'end', false]);
  assert.deepEqual(
    [1, 2, 3, 4, 5].map(() => at.next().kind),
    ['symbol', 'word', 'symbol', 'end', 'end'],
  );
  assert.deepEqual([at.atEnd, at.last.text], [true, ')']);
});

test('brackets are counted, and spans end where the last token does', () => {
  const at = cursor();
  assert.deepEqual([at.atAny(['x', '(']), at.acceptAny(['x', '(']), at.open], [true, '(', 1]);
  assert.equal(at.acceptAny(['x']), undefined);
  at.next();
  assert.deepEqual(
    [at.since(0), at.since(8)],
    [
      { start: 0, end: 7 },
      { start: 8, end: 8 },
    ],
  );
  at.next();
  assert.equal(at.open, 0);
});
