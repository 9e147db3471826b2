import { javaReplacer } from '../../data/java-regexp.ts';
import { lost, remembered } from './calls.ts';
import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const replace = scalar({
  name: 'REPLACE',
  category: 'text',
  summary: 'The text with everything that the expression finds replaced.',
  parameters: [
    { name: 'text', types: TEXT, doc: 'The text.' },
    {
      name: 'pattern',
      types: TEXT,
      mistake: (pattern) =>
        javaReplacer(String(pattern)) === undefined ? 'is no regular expression' : undefined,
      doc: "A regular expression in Java's syntax.",
    },
    { name: 'replacement', types: TEXT, doc: 'What is put in its place; `$1` is the first group.' },
  ],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  prepare: () => {
    const replacerOf = remembered(javaReplacer);
    return ([text, pattern, replacement], context) =>
      replacerOf(String(pattern))?.(String(text), String(replacement)) ?? lost('convFail', context);
  },
  examples: [
    { call: 'REPLACE("a1b22", "[0-9]+", "#")', gives: 'a#b#' },
    { call: 'REPLACE("ab", "(a)(b)", "$2$1")', gives: 'ba' },
    { call: 'REPLACE("Ab", "(?i)AB", "")', gives: '' },
    { call: 'REPLACE("a", "(", "")', gives: null },
    { call: 'REPLACE(null, "a", "b")', gives: null },
  ],
});
