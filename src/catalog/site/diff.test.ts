import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordDiff } from './diff.ts';
import { html } from './html.ts';

const diff = (from: string, text: string): string => html`${wordDiff(from, text)}`.text.trim();

test('words that the first text has not at that place are marked', () => {
  assert.equal(diff('a b c', 'a b c'), 'a b c');
  assert.equal(diff('a b c', 'a x y c'), 'a <ins>x y</ins> c');
  assert.equal(diff('', 'a'), '<ins>a</ins>');
  assert.equal(diff('a b', 'b a'), 'b <ins>a</ins>');
  assert.equal(diff('a b c d', 'd'), 'd');
  assert.equal(diff('one', 'two <b>'), '<ins>two &lt;b&gt;</ins>');
});
