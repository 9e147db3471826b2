/**
 * GROK patterns (esql §2.4): regular expressions in Ruby's syntax with `%{NAME}`, `%{NAME:column}` and
 * `%{NAME:column:type}` in them, found anywhere in a text. What RE2 can run, it runs in linear time; the rest is run by
 * backtracking, on texts of a bounded length only.
 */
import { toRegExp } from 'oniguruma-to-es';
import { RE2JS, RE2JSException } from 're2js';
import { remembering } from '../base/memo.ts';
import type { Atom, Column, ColumnType } from './column.ts';
import { convertAtom } from './convert.ts';
import { grokPatterns } from './grok-patterns.ts';
import { MAX_BACKTRACKING_LENGTH } from './java-regexp.ts';

export type GrokType = Extract<ColumnType, 'keyword' | 'integer' | 'long' | 'double' | 'boolean'>;

export interface GrokColumn extends Column {
  readonly type: GrokType;
}

/** The values of each column, in their order in `columns`; undefined when the pattern is not found. */
export type GrokMatch = (text: string) => readonly (readonly Atom[])[] | undefined;

export type Grok =
  | {
      readonly ok: true;
      readonly columns: readonly GrokColumn[];
      readonly match: GrokMatch;
      readonly linear: boolean;
    }
  | { readonly ok: false; readonly message: string; readonly name?: string };

/** Checking and the engine ask for each pattern. */
const MOST_KEPT = 256;

/** Reads a pattern; an unknown `name` is told apart from a bad expression. */
export const readGrok: (pattern: string) => Grok = remembering(MOST_KEPT, read);

function read(pattern: string): Grok {
  try {
    const expansion = new Expansion();
    const expression = expansion.expand(pattern, []);
    const columns = expansion.columns();
    const run = linearRun(expression) ?? backtrackingRun(expression);
    if (run === undefined) return { ok: false, message: 'the regular expression cannot be read' };
    return { ok: true, columns, linear: run.linear, match: matcher(run.groups, expansion.captures, columns) };
  } catch (error) {
    if (error instanceof UnknownName)
      return { ok: false, message: `there is no pattern "${error.pattern}"`, name: error.pattern };
    if (error instanceof BadPattern) return { ok: false, message: error.message };
    throw error;
  }
}

/** The names of the library. */
export const grokNames: readonly string[] = Object.keys(grokPatterns);

class BadPattern extends Error {}

class UnknownName extends Error {
  readonly pattern: string;

  constructor(pattern: string) {
    super(`unknown pattern ${pattern}`);
    this.pattern = pattern;
  }
}

const types: Readonly<Record<string, GrokType>> = {
  int: 'integer',
  long: 'long',
  float: 'double',
  double: 'double',
  boolean: 'boolean',
};

/** `%{…}`, a named group, or a piece that must not be looked into: an escape, a class of characters. */
const PIECE =
  /%\{([A-Z0-9_]+)(?::([^:}]+)(?::([a-z]+))?)?\}|\(\?<([A-Za-z_@][\w.@-]*)>|\\[\s\S]|\[(?:\\[\s\S]|[^\\\]])+\]|%\{/g;

/** Library names in their places, and every capture as a group `gN`. */
class Expansion {
  readonly captures: GrokColumn[] = [];

  expand(pattern: string, within: readonly string[]): string {
    return pattern.replace(PIECE, (piece, name?: string, column?: string, type?: string, group?: string) => {
      if (group !== undefined) return `(?<${this.#capture(group, 'keyword')}>`;
      if (name !== undefined) return this.#library(name, column, type, within);
      if (piece === '%{') throw new BadPattern('"%{" needs the name of a pattern and a closing "}"');
      return piece;
    });
  }

  /** Each column once, in the order in which they are first captured. */
  columns(): GrokColumn[] {
    const byName = new Map<string, GrokColumn>();
    for (const capture of this.captures) {
      const known = byName.get(capture.name);
      if (known !== undefined && known.type !== capture.type)
        throw new BadPattern(`"${capture.name}" is captured as ${known.type} and as ${capture.type}`);
      byName.set(capture.name, capture);
    }
    return [...byName.values()];
  }

  #library(
    name: string,
    column: string | undefined,
    typeName: string | undefined,
    within: readonly string[],
  ): string {
    const pattern = Object.hasOwn(grokPatterns, name) ? grokPatterns[name] : undefined;
    if (pattern === undefined || within.includes(name)) throw new UnknownName(name);
    const type = typeName === undefined ? 'keyword' : types[typeName];
    if (type === undefined) throw new BadPattern(`"${typeName}" is none of ${Object.keys(types).join(', ')}`);
    const open = column === undefined ? '(?:' : `(?<${this.#capture(column, type)}>`;
    return `${open}${this.expand(pattern, [...within, name])})`;
  }

  #capture(name: string, type: GrokType): string {
    this.captures.push({ name, type });
    return `g${this.captures.length - 1}`;
  }
}

/** The text of each group `gN`; undefined when nothing is found. */
type Groups = (text: string, count: number) => readonly (string | undefined)[] | undefined;

interface Run {
  readonly groups: Groups;
  readonly linear: boolean;
}

function linearRun(expression: string): Run | undefined {
  const translated = rubyToRe2(expression);
  if (translated === undefined) return undefined;
  try {
    const machine = RE2JS.compile(translated, RE2JS.MULTILINE);
    return { linear: true, groups: (text, count) => re2Groups(machine, text, count) };
  } catch (error) {
    if (error instanceof RE2JSException) return undefined;
    throw error;
  }
}

function re2Groups(machine: RE2JS, text: string, count: number): readonly (string | undefined)[] | undefined {
  const matcher = machine.matcher(text);
  if (!matcher.find()) return undefined;
  return Array.from({ length: count }, (_, i) => matcher.group(`g${i}`) ?? undefined);
}

function backtrackingRun(expression: string): Run | undefined {
  const machine = compileBacktracking(expression);
  if (machine === undefined) return undefined;
  const groups: Groups = (text, count) => {
    const found = text.length > MAX_BACKTRACKING_LENGTH ? null : machine.exec(text);
    return found === null ? undefined : Array.from({ length: count }, (_, i) => found.groups?.[`g${i}`]);
  };
  return { linear: false, groups };
}

function compileBacktracking(expression: string): RegExp | undefined {
  try {
    return toRegExp(expression);
  } catch {
    return undefined;
  }
}

const RUBY = /\(\?([imx]*)(?:-([imx]+))?([:)])|\\[\s\S]|&&|[\s\S]/g;

/** In Ruby `m` is what is `s` elsewhere, and `\h` a hexadecimal digit. Undefined where a class stands inside a class. */
function rubyToRe2(expression: string): string | undefined {
  let result = '';
  let inClass = false;
  for (const [token, on, off, end] of expression.matchAll(RUBY)) {
    if (inClass && (token === '[' || token === '&&')) return undefined;
    if (token === '[') inClass = true;
    else if (token === ']') inClass = false;
    if (on !== undefined && end !== undefined && !inClass) {
      if (`${on}${off ?? ''}`.includes('x')) return undefined;
      const flags = (letters: string): string => letters.replace('m', 's');
      result += `(?${flags(on)}${off === undefined ? '' : `-${flags(off)}`}${end}`;
    } else if (token === '\\h') result += inClass ? '0-9A-Fa-f' : '[0-9A-Fa-f]';
    else if (token === '\\H') {
      if (inClass) return undefined;
      result += '[^0-9A-Fa-f]';
    } else result += token;
  }
  return result;
}

function matcher(groups: Groups, captures: readonly GrokColumn[], columns: readonly GrokColumn[]): GrokMatch {
  const places = columns.map(({ name }) =>
    captures.flatMap((capture, i) => (capture.name === name ? [i] : [])),
  );
  return (text) => {
    const found = groups(text, captures.length);
    return (
      found &&
      columns.map(({ type }, column) =>
        (places[column] ?? []).flatMap((place) => {
          const captured = found[place];
          const value = captured === undefined ? undefined : convertAtom(captured, 'keyword', type);
          return value === undefined ? [] : [value];
        }),
      )
    );
  };
}
