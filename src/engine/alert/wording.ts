/** Words of a log in a sentence for people: nothing in them can move the cursor, hide text or flood the line. */

/** Control and format characters, line separators and lone surrogates: invisible, or able to change what is shown. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The text with every character that is not shown as itself written as an escape: `\n`, `\u{202e}`. */
export const printable = (text: string): string =>
  text.replace(
    UNPRINTABLE,
    (character) => NAMED[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );

/** At most so many characters, the last one an ellipsis when something was cut; characters are never split. */
export function clipped(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const characters = Array.from(text);
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join('')}…`;
}

/** A name out of a log: made printable, cut, and quoted when it has blanks or quotes that could pass for our words. */
export function name(text: string, limit = 60): string {
  const shown = clipped(printable(text), limit);
  return /[\s"]/.test(shown) ? quoted(shown) : shown;
}

/** A piece of a log that is shown as it is written, such as a command. */
export const verbatim = (text: string, limit: number): string => quoted(clipped(printable(text), limit));

const quoted = (text: string): string => `"${text.replaceAll('"', '\\"')}"`;

/** Arguments as a shell user would write them: those with blanks stand in single quotes. */
export const commandLine = (args: readonly string[]): string =>
  args.map((arg) => (/\s/.test(arg) ? `'${arg}'` : arg)).join(' ');

/** The parts that are there, with single blanks between them. */
export const words = (...parts: readonly (string | false | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== false && part !== '').join(' ');

/** `secrets` to `secret`, `ingresses` to `ingress`, `networkpolicies` to `networkpolicy`. */
export function singular(plural: string): string {
  if (plural.endsWith('ies')) return `${plural.slice(0, -3)}y`;
  return /(ss|us|x|ch|sh)es$/.test(plural) ? plural.slice(0, -2) : plural.replace(/([^s])s$/, '$1');
}

/** `a pod`, `an event`: by the first letter, as the names of kinds sound. */
export const withArticle = (noun: string): string =>
  `${/^([aeio]|u(?!s|ni))/i.test(noun) ? 'an' : 'a'} ${noun}`;

/** A user agent's first word, which names the program: `kubectl/v1.33.2`. */
export const program = (userAgent: string): string => name(userAgent.trim().split(/\s/, 1)[0] ?? '', 40);
