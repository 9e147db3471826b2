import { foldAscii } from '../data/scalar.ts';
import { textArgument } from './arguments.ts';
import { defineFunction } from './define.ts';

export const between = defineFunction({
  name: 'between',
  category: 'text',
  summary:
    'The text after the first `left` and before the next `right`, or before the last `right` when greedy. ' +
    'Empty when there is no such place; the whole text when it or a mark is empty.',
  parameters: [
    { name: 'source', type: 'string', doc: 'The text to cut from.' },
    { name: 'left', type: 'string', doc: 'The mark before the wanted text.' },
    { name: 'right', type: 'string', doc: 'The mark after the wanted text.' },
    {
      name: 'greedy',
      type: 'boolean',
      optional: true,
      doc: 'Goes on to the last `right`; otherwise to the next one.',
    },
  ],
  returns: 'string',
  onNull: 'null',
  insensitive: true,
  examples: [
    { call: 'between("System Idle Process", "s", "e")', gives: 't' },
    { call: 'between("(a)(b)", "(", ")", true)', gives: 'a)(b' },
    { call: 'between("key=value", "=", ";")', gives: '' },
    { call: 'between~("kind=Pod;", "KIND=", ";")', gives: 'Pod' },
    { call: 'between("abc", "", "c")', gives: 'abc' },
    { call: 'between(null, "a", "c")', gives: null },
  ],
  call: ([source = null, left = null, right = null, greedy = false], insensitive) => {
    const [text, before, after] = [textArgument(source), textArgument(left), textArgument(right)];
    if (text === null || before === null || after === null) return null;
    if (text === '' || before === '' || after === '') return text;
    const folded = insensitive ? foldAscii : (as: string) => as;
    return cutBetween(text, folded(text), folded(before), folded(after), greedy === true);
  },
});

/** Searches in the folded text, which is as long as the text, and cuts the text itself. */
function cutBetween(text: string, searched: string, before: string, after: string, greedy: boolean): string {
  const found = searched.indexOf(before);
  if (found === -1) return '';
  const start = found + before.length;
  const end = greedy ? searched.lastIndexOf(after) : searched.indexOf(after, start);
  return end < start ? '' : text.slice(start, end);
}
