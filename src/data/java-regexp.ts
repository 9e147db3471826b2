/**
 * Java's regular expressions for REPLACE (esql §2.5). What RE2 can run, it runs in linear time; the rest (lookaround,
 * back references, possessive quantifiers) is run by backtracking, on texts of a bounded length only.
 */
import { RE2JS, RE2JSException } from 're2js';
import { toRegExp } from 'oniguruma-to-es';

/** Gives undefined for a text that is too long for an expression that backtracks. */
export type Replace = (text: string, replacement: string) => string | undefined;

/** The longest text, in UTF-16 units, on which an expression may backtrack. */
export const MAX_BACKTRACKING_LENGTH = 4096;

/** Undefined when the expression is none, or has what neither engine knows. */
export function javaReplacer(expression: string): Replace | undefined {
  return linearReplacer(expression) ?? backtrackingReplacer(expression);
}

function linearReplacer(expression: string): Replace | undefined {
  const translated = javaToRe2(expression);
  if (translated === undefined) return undefined;
  try {
    const machine = RE2JS.compile(translated);
    return (text, replacement) => replaceAll(text, replacement, linearMatches(machine, text));
  } catch (error) {
    if (error instanceof RE2JSException) return undefined;
    throw error;
  }
}

function backtrackingReplacer(expression: string): Replace | undefined {
  const machine = compileBacktracking(expression);
  if (machine === undefined) return undefined;
  return (text, replacement) =>
    text.length > MAX_BACKTRACKING_LENGTH ? undefined : replaceAll(text, replacement, text.matchAll(machine));
}

/** Oniguruma's syntax is nearest to Java's; `singleline` makes `^` and `$` the ends of the text. */
function compileBacktracking(expression: string): RegExp | undefined {
  try {
    return toRegExp(expression, { global: true, rules: { singleline: true } });
  } catch {
    return undefined;
  }
}

interface Found {
  readonly index: number;
  readonly [group: number]: string | undefined;
}

function* linearMatches(machine: RE2JS, text: string): Generator<Found> {
  const matcher = machine.matcher(text);
  while (matcher.find()) {
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, i) => matcher.group(i) ?? undefined);
    yield Object.assign(groups, { index: matcher.start() });
  }
}

/** Undefined when the replacement names a group that is not there. */
function replaceAll(text: string, replacement: string, matches: Iterable<Found>): string | undefined {
  let result = '';
  let at = 0;
  for (const match of matches) {
    const put = expand(replacement, match);
    if (put === undefined) return undefined;
    result += text.slice(at, match.index) + put;
    at = match.index + (match[0] ?? '').length;
  }
  return result + text.slice(at);
}

/** `$1` is a group, of as many digits as there are groups for; a backslash makes the next character literal. */
function expand(replacement: string, match: Found): string | undefined {
  const groups = (match as unknown as readonly unknown[]).length;
  let missing = false;
  const result = replacement.replace(/\\([\s\S])|\$(\d+)|\$/g, (whole, literal?: string, digits?: string) => {
    if (literal !== undefined) return literal;
    let count = digits?.length ?? 0;
    while (count > 1 && Number(digits?.slice(0, count)) >= groups) count--;
    const group = Number(digits?.slice(0, count) ?? NaN);
    if (!(group < groups)) missing = true;
    return missing ? whole : (match[group] ?? '') + (digits?.slice(count) ?? '');
  });
  return missing ? undefined : result;
}

/** A class of characters as RE2 spells what Java's letter means. */
const classes: Readonly<Record<string, string>> = {
  s: '\\t\\n\\x0B\\f\\r ',
  h: '\\t \\xA0\\x{1680}\\x{180e}\\x{2000}-\\x{200a}\\x{202f}\\x{205f}\\x{3000}',
  v: '\\n\\x0B\\f\\r\\x85\\x{2028}\\x{2029}',
};
const negatedClasses: Readonly<Record<string, string>> = {
  S: classes.s ?? '',
  H: classes.h ?? '',
  V: classes.v ?? '',
};

const TOKEN = /\\u([0-9A-Fa-f]{4})|\\Q[\s\S]*?(?:\\E|$)|\\[\s\S]|&&|[\s\S]/g;

/** The expression with what RE2 spells in another way; undefined where classes are combined, which RE2 cannot. */
function javaToRe2(expression: string): string | undefined {
  let result = '';
  let inClass = false;
  for (const [token, unicode] of expression.matchAll(TOKEN)) {
    const letter = token.length === 2 && token.startsWith('\\') ? token.slice(1) : '';
    if (unicode !== undefined) result += `\\x{${unicode}}`;
    else if (letter in classes) result += inClass ? classes[letter] : `[${classes[letter]}]`;
    else if (letter in negatedClasses) {
      if (inClass) return undefined;
      result += `[^${negatedClasses[letter]}]`;
    } else if (letter === 'e') result += '\\x1B';
    else if (letter === 'R') result += '(?:\\r\\n|[\\n\\x0B\\f\\r\\x85\\x{2028}\\x{2029}])';
    else {
      if (inClass && (token === '[' || token === '&&')) return undefined;
      if (token === '[') inClass = true;
      else if (token === ']') inClass = false;
      result += token;
    }
  }
  return result;
}
