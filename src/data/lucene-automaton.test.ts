import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { luceneMatcher, luceneProblem } from './lucene-automaton.ts';

/** Expression, texts that match, texts that do not. */
const rows: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['', [''], ['a']],
  ['a.*', ['a', 'a\nb'], ['ba']],
  ['*sh.{1,2}-c*', ['*shx-', '*shxy-cc'], ['bash -c', 'shx-c']],
  ['(a.*||.*b.*)', ['ax', '|xb'], ['xb', 'b']],
  ['(.*>&|0>&1|>&x)', [], ['>&', '0>&1', '1', '>', '>&x', '']],
  ['.*(x|a>&|0>&1|y).*', ['-x-', '-y-'], ['a>&', '0>&1', 'a>', '1']],
  ['.*a.*&.*b.*', ['ab', 'xbxa'], ['a', 'b', 'a&b'.replaceAll(/[ab]/g, 'c')]],
  ['a&a', ['a'], ['', 'aa']],
  ['(~ab)', ['aab', 'b'], ['', 'ab']],
  ['&', ['&'], ['']],
  ['~(a|b)c', ['c', 'xc', 'abc'], ['ac', 'bc']],
  ['+a{2,3}&.{3}', [], ['aaa']],
  ['+a{2,3}', ['+aa', '+aaa'], ['+a', 'aa', '+aaaa']],
  ['(|a)', ['|a'], ['', 'a']],
  ['a&<1-12>?', [], ['1']],
  ['<1-12>&.{2}', ['10', '12'], ['9', '13', '1']],
  ['[^\\d-]&[a-c]', ['a', 'c'], ['d', '-', '1']],
  ['"a*"&@', ['a*'], ['aa']],
  ['😀.&..', ['😀x'], ['x😀', '😀']],
  ['#|a&a', ['a'], ['', '#']],
];
for (const [expression, matching, others] of rows) {
  test(`/${expression}/ matches what it should and nothing else`, () => {
    const matches = luceneMatcher(expression);
    for (const text of matching) assert.equal(matches(text), true, text);
    for (const text of others) assert.equal(matches(text), false, text);
  });
}

test('what is no expression has a problem', () => {
  for (const expression of [
    '(a',
    'a)',
    '[a',
    '"a',
    'a{',
    'a{2,1}',
    'a&',
    'a|',
    '<a>',
    '\\',
    '*{5000}',
    '~((((a{900}){900})))',
  ])
    assert.notEqual(luceneProblem(expression), undefined, expression);
  assert.equal(luceneProblem('*a||b'), undefined);
});

/** `x&@` is `x`, so whatever RE2 runs, the automaton must run too and agree. */
test('the automaton agrees with RE2', () => {
  const unit = fc.constantFrom(
    'a',
    'b',
    '.',
    '[ab]',
    '[^a]',
    '\\d',
    '(a|b)',
    '(ab)*',
    'a?',
    'b+',
    '(a|bb){1,2}',
    '<3-11>',
  );
  const expression = fc.array(fc.array(unit, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(
      expression,
      fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '5'), maxLength: 6 }),
      (parts, text) => {
        const written = `(${parts.map((units) => units.join('')).join('|')})`;
        assert.equal(luceneMatcher(`${written}&@`)(text), luceneMatcher(written)(text), written);
      },
    ),
  );
});

test('an expression that would take a backtracker for ever takes no time', () => {
  assert.equal(luceneMatcher('(.*a)*(.*b)*(.*c)*&.*x')('abc'.repeat(2000)), false);
});
