/** What is wrong where Lucene's parser stopped. */
import type { Diagnostic } from '../../../base/diagnostic.ts';
import { diagnostic } from '../../../base/diagnostic.ts';
import type { MessageCode } from '../../../base/messages/index.ts';
import type { Source } from '../../../base/source.ts';
import type { LuceneToken, LuceneTokenKind } from './scan.ts';

type Said = readonly [code: MessageCode, message: string, hint?: string];
type Speaker = (token: LuceneToken, expected: string) => Said;

/** The diagnostic for a token that cannot stand where it stands. */
export function explainMistake(query: Source, token: LuceneToken, expected: string): Diagnostic {
  const speak = SPEAKERS[token.kind] ?? other;
  const [code, message, hint] = speak(token, expected);
  const end = token.kind === 'unclosed' ? endOfLine(token) : Math.max(token.end, token.start + 1);
  return diagnostic(code, message, { hint, source: query, span: { start: token.start, end } });
}

const endOfLine = ({ start, text }: LuceneToken): number => start + (/^[^\n]*/.exec(text)?.[0] ?? '').length;

const other: Speaker = ({ text }, expected) => ['LUC101', `expected ${expected}, found \`${text}\``];

const missing: Speaker = ({ text }, expected) => [
  'LUC110',
  text === '' ? `the query ends where ${expected} should stand` : `expected ${expected} before \`${text}\``,
];

const UNCLOSED: Readonly<Record<string, Said>> = {
  '"': ['LUC102', 'this phrase is never closed', 'close it with `"`, or write `\\"` for a quote'],
  '/': ['LUC103', 'this regular expression is never closed', 'close it with `/`, or write `\\/` for a slash'],
  '[': ['LUC104', 'this range is never closed', 'write `[low TO high]`, or `\\[` for a bracket'],
  '{': ['LUC104', 'this range is never closed', 'write `{low TO high}`, or `\\{` for a brace'],
};

const stray: Speaker = ({ text }, expected) =>
  text === '\\'
    ? ['LUC107', 'a backslash at the end escapes nothing', 'write `\\\\` for a backslash']
    : other({ text, kind: 'stray', start: 0, end: 1 }, expected);

const SPEAKERS: Readonly<Partial<Record<LuceneTokenKind, Speaker>>> = {
  end: missing,
  and: missing,
  or: missing,
  ')': (token, expected) =>
    expected.startsWith('an operator') ? ['LUC111', 'this ")" closes nothing'] : missing(token, expected),
  ':': () => [
    'LUC106',
    'a colon must stand between a field and a value',
    'write `\\:` for a colon inside a value, or put the value in double quotes',
  ],
  range: ({ text }) => [
    'LUC104',
    `\`${text}\` is no range`,
    'write `[low TO high]`, with `*` for an open end',
  ],
  unclosed: ({ text }) => UNCLOSED[text[0] ?? ''] ?? UNCLOSED['"'] ?? ['LUC102', text],
  fuzzy: ({ text }) => [
    'LUC101',
    `\`${text}\` must follow a term or a phrase`,
    'write `\\~` for the character',
  ],
  boost: ({ text }) => [
    'LUC101',
    `\`${text}\` must follow a term or a group`,
    'write `\\^` for the character',
  ],
  stray,
};
