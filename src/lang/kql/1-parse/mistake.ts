/**
 * What is wrong where the parser stopped. The parser knows only what could have stood there; this module reads the
 * text around the place and says what the writer most likely meant. The first case that fits speaks.
 */
import type { Diagnostic } from '../../../base/diagnostic.ts';
import { diagnostic } from '../../../base/diagnostic.ts';
import type { MessageCode } from '../../../base/messages/index.ts';
import type { Source } from '../../../base/source.ts';
import { notEnd } from './scan.ts';

/** What could have stood there: a query, a value, the operand of a range operator, or the end of what was read. */
export type Expected = 'query' | 'value' | 'bound' | 'end';

export interface Opening {
  readonly bracket: '(' | '{';
  readonly at: number;
}

interface Situation {
  readonly text: string;
  readonly at: number;
  readonly expected: Expected;
  readonly open: readonly Opening[];
  /** The character there, empty at the end. */
  readonly found: string;
}

interface Mistake {
  readonly code: MessageCode;
  readonly message: string;
  readonly hint?: string;
  /** Of the marked text; 1 when absent. */
  readonly length?: number;
  /** Where to point, if not where parsing stopped. */
  readonly at?: number;
}

type Case = (situation: Situation) => Mistake | undefined;

/** The diagnostic of a syntax error at an offset of the query. */
export function explainMistake(
  query: Source,
  at: number,
  expected: Expected,
  open: readonly Opening[],
): Diagnostic {
  const situation = { text: query.text, at, expected, open, found: query.text[at] ?? '' };
  const mistake = CASES.map((say) => say(situation)).find((said) => said !== undefined) ?? other(situation);
  const start = mistake.at ?? at;
  return diagnostic(mistake.code, mistake.message, {
    hint: mistake.hint,
    source: query,
    span: { start, end: start + (mistake.length ?? 1) },
  });
}

const EXPECTED: Readonly<Record<Exclude<Expected, 'end'>, string>> = {
  query: 'a field, a value, `not` or "("',
  value: 'a value',
  bound: 'a value to compare with',
};

function expectedText({ expected, open }: Situation): string {
  if (expected !== 'end') return EXPECTED[expected];
  const innermost = open.at(-1);
  if (innermost === undefined) return '`and`, `or` or the end of the query';
  return `\`and\`, \`or\` or "${innermost.bracket === '(' ? ')' : '}'}"`;
}

/** The text between the last piece of punctuation and the place: what was just read. */
const before = ({ text, at }: Situation): string =>
  /[^():<>"{}]*$/.exec(text.slice(Math.max(0, at - 200), at))?.[0] ?? '';

const foreignOperator: Case = (situation) => {
  const read = before(situation);
  const operator = /(?:^|\s)(==|!=|=~|=|&&|\|\||!)(?:\s|$)/.exec(read)?.[1];
  if (operator === undefined || situation.expected !== 'end') return undefined;
  return {
    code: 'KQL110',
    message: `\`${operator}\` is no operator of KQL, so it was read as a part of the text "${read.trim()}"`,
    hint: FOREIGN[operator] ?? 'write `field:value`',
    at: situation.at - read.length + read.indexOf(operator),
    length: operator.length,
  };
};

const FOREIGN: Readonly<Record<string, string>> = {
  '&&': 'write `and` between two conditions',
  '||': 'write `or` between two conditions',
  '!': 'write `not` and a space before a condition',
  '!=': 'write `not field:value`',
  '=~': 'write `field:value`; KQL compares with case, but a `.caseless` field does not',
};

const foreignQuery: Case = ({ text, at }) => {
  const category = /^\s*([\w"]+)\s+where\s/.exec(text);
  if (category === null || at < category[0].length) return undefined;
  return {
    code: 'KQL110',
    message: `this looks like EQL ("${category[0].trim()} …"), but the query is read as KQL`,
    hint: 'set `language = "eql"`, or write `event.category:' + (category[1] ?? '') + ' and field:value`',
    at: category[0].length - category[0].trimStart().length,
    length: category[0].trim().length,
  };
};

const unclosedQuote: Case = ({ text, at, found, expected }) => {
  if (found !== '"' || expected === 'end') return undefined;
  const line = /[^\n]*/.exec(text.slice(at))?.[0] ?? '';
  return {
    code: 'KQL102',
    message: 'this quoted string is never closed',
    hint: /\\"/.test(line)
      ? 'a backslash before a quote makes the quote a part of the text: write `\\\\"` to end with a backslash'
      : 'close it with `"`',
    length: line.trimEnd().length,
  };
};

const strayQuote: Case = (situation) => {
  if (situation.found !== '"' || situation.expected !== 'end') return undefined;
  const comma = before(situation).trimEnd().endsWith(',');
  return {
    code: 'KQL101',
    message: 'a quoted string cannot begin right after a value',
    hint: comma
      ? 'values are separated by `or`, not by commas'
      : 'put `and` or `or` between two values, or write `\\"` for a quote inside a value',
  };
};

const backslash: Case = ({ text, at, found }) =>
  found === '\\'
    ? {
        code: 'KQL103',
        message: `\`${text.slice(at, at + 2)}\` is no escape`,
        hint: 'write `\\\\` for a backslash, or put the value in quotes, where `\\t`, `\\r`, `\\n`, `\\u`, `\\\\` and `\\"` are the only escapes',
        length: Math.min(2, text.length - at),
      }
    : undefined;

const misplacedNot: Case = (situation) => {
  const { text, at, expected } = situation;
  if (notEnd(text, at) === undefined) return undefined;
  const word = text.slice(at, at + 3);
  if (expected === 'end') return { ...notInsideText(situation), length: 3 };
  if (expected === 'query')
    return {
      code: 'KQL104',
      message: `\`${word}\` cannot follow \`not\``,
      hint: 'write `not (not …)`',
      length: 3,
    };
  return {
    code: 'KQL104',
    message: `\`${word}\` cannot stand before a value here`,
    hint: 'write `not field:value`, or `field:(not value)`; quote the value if the word belongs to it',
    length: 3,
  };
};

const notInsideText = (situation: Situation): Mistake => ({
  code: 'KQL104',
  message: `\`not\` followed by white space ends the value before it${glued(situation) ? ', even inside a word' : ''}`,
  hint: 'quote the value if the word belongs to it, else put `and` or `or` before `not`',
});

const glued = ({ text, at }: Situation): boolean => /\S/.test(text[at - 1] ?? ' ');

const rangeAfterColon: Case = ({ text, at, found, expected }) => {
  if (!'<>'.includes(found) || found === '' || expected === 'bound') return undefined;
  const operator = /^[<>]=?/.exec(text.slice(at))?.[0] ?? found;
  const reason = {
    value: [
      `\`${operator}\` cannot follow a colon`,
      `write the operator in place of the colon: \`field ${operator} value\``,
    ],
    query: [`\`${operator}\` needs a field before it`, `write \`field ${operator} value\``],
    end: [`a second \`${operator}\` cannot follow`, 'put `and` between two comparisons, or quote the value'],
  }[expected];
  return { code: 'KQL106', message: reason[0] ?? '', hint: reason[1] ?? '', length: operator.length };
};

const colon: Case = (situation) => {
  if (situation.found !== ':') return undefined;
  const read = before(situation).trim();
  const gap = /\s/.test(read);
  if (situation.expected === 'query')
    return { code: 'KQL105', message: 'a colon needs a field before it', hint: 'write `field:value`' };
  return {
    code: 'KQL105',
    message:
      read === '' ? 'a value cannot begin with a colon' : `the colon after "${read}" has no meaning here`,
    hint: gap
      ? 'put `and` or `or` between two conditions; a colon inside a value is written `\\:`, or the value in quotes'
      : 'a colon inside a value is written `\\:`, or the value in quotes',
  };
};

/** `not(`, `or(`, `)and(`, `"b"or`: a keyword needs white space on both sides. */
const gluedKeyword: Case = (situation) => {
  const { text, at, expected } = situation;
  if (expected !== 'end') return undefined;
  const behind = /(?:^|[\s)])(and|or|not)$/i.exec(text.slice(Math.max(0, at - 4), at))?.[1];
  const ahead =
    notEnd(text, at) === undefined
      ? /^(?:and|or|not)(?![\w.])/i.exec(text.slice(at, at + 4))?.[0]
      : undefined;
  const word = situation.found === '(' ? (behind ?? ahead) : ahead;
  if (word === undefined) return undefined;
  return {
    code: 'KQL108',
    message: `\`${word}\` needs white space on both sides`,
    hint: `write \` ${word} \``,
    at: word === behind ? at - word.length : at,
    length: word.length,
  };
};

const closing: Case = (situation) => {
  const { found, expected } = situation;
  if (found !== ')' && found !== '}') return undefined;
  if (expected === 'end')
    return {
      code: 'KQL111',
      message: `this "${found}" closes nothing`,
      hint: `expected ${expectedText(situation)}`,
    };
  return {
    code: 'KQL109',
    message: `expected ${expectedText(situation)} before "${found}"`,
    hint: 'an empty group and an operator without its second operand mean nothing',
  };
};

const ended: Case = (situation) => {
  if (situation.found !== '') return undefined;
  const innermost = situation.open.at(-1);
  if (situation.expected === 'end' && innermost !== undefined)
    return { code: 'KQL111', message: `this "${innermost.bracket}" is never closed`, at: innermost.at };
  return { code: 'KQL109', message: `the query ends where ${expectedText(situation)} should stand` };
};

const brace: Case = ({ found }) =>
  found === '{'
    ? {
        code: 'KQL101',
        message: '"{" must follow a field and a colon',
        hint: 'write `field:{ query }` for a nested field; a literal brace is written `\\{`',
      }
    : undefined;

const word = ({ text, at }: Situation): string => /^[^\s\\():<>"*{}]+|^./s.exec(text.slice(at))?.[0] ?? '';

function other(situation: Situation): Mistake {
  const found = word(situation);
  return {
    code: 'KQL101',
    message: `expected ${expectedText(situation)}, found "${found}"`,
    ...(situation.expected === 'end' ? { hint: otherHint(situation) } : {}),
    length: Math.max(1, found.length),
  };
}

const otherHint = ({ text, at }: Situation): string =>
  text[at - 1] === '"'
    ? 'write `\\"` for a quote inside a quoted string, or put `and` or `or` between two conditions'
    : 'put `and` or `or` between two conditions';

const CASES: readonly Case[] = [
  foreignQuery,
  gluedKeyword,
  foreignOperator,
  unclosedQuote,
  strayQuote,
  backslash,
  misplacedNot,
  rangeAfterColon,
  colon,
  brace,
  closing,
  ended,
];
