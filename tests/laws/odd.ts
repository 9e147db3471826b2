/**
 * Values near others, and ways to write the same record: with escapes, with keys in another order, with dots in them,
 * twice. What a reader of bytes could take for something else than a decoder does.
 */
import { isObject } from '../../src/data/document.ts';
import type { JsonObject, JsonValue } from '../../src/data/document.ts';
import { Numeral } from '../../src/data/numeral.ts';
import type { Random } from '../../src/sample/random.ts';

type Change<T> = (value: T, random: Random) => JsonValue;

const swapped = (text: string): string =>
  text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase();

/** Characters whose lower or upper case, or whose place in a table, misleads. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  k: '\u212a',
  s: '\u017f',
  i: '\u0130',
  e: 'é',
  a: 'Å',
  '/': '\u2215',
};

const atRandom = (text: string, random: Random): number => random.between(0, Math.max(0, text.length - 1));

const textChanges: readonly Change<string>[] = [
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  (text, random) => [...text].map((char) => (random.chance(0.3) ? swapped(char) : char)).join(''),
  (text) => text.slice(0, 1).toUpperCase() + text.slice(1),
  (text) => `x${text}`,
  (text) => `${text}x`,
  (text) => `head /${text} tail`,
  (text, random) => `${'-'.repeat(random.between(1, 90))}${text}${'.'.repeat(random.between(0, 90))}`,
  (text) => `${text} ${text}`,
  (text) => text.slice(1),
  (text) => text.slice(0, -1),
  (text, random) => text.slice(atRandom(text, random)),
  (text, random) => text.slice(0, atRandom(text, random)),
  (text, random) => changedAt(text, atRandom(text, random), random.pick(['x', '_', ' ', 'Q', '0'])),
  (text, random) =>
    changedAt(text, atRandom(text, random), random.pick(['é', '\u212a', '😀', '\ud83d', '\ude00'])),
  (text, random) =>
    changedAt(text, atRandom(text, random), random.pick(['\n', '\0', '"', '\\', '\u007f', '\u2028'])),
  (text) => [...text].map((char) => LOOKALIKES[char.toLowerCase()] ?? char).join(''),
  (text) => `${text}é`,
  (text) => `${text}\ud800`,
  () => '',
  (text) => (Number.isFinite(Number(text)) && text.trim() !== '' ? Number(text) : 5),
  (text) => (/^-?\d+$/.test(text) ? new Numeral(`${text}.0`) : `${text}.0`),
  (text) => (text === 'true' ? true : text === 'false' ? false : 'true'),
];

const numberChanges: readonly Change<number | bigint | Numeral>[] = [
  String,
  (value) => `${value}.0`,
  (value) => (/^-?\d+$/.test(String(value)) ? new Numeral(`${value}.0`) : -1),
  (value) => (/^-?\d+$/.test(String(value)) ? new Numeral(`${value}e0`) : 0),
  (value) => (/^-?\d+$/.test(String(value)) ? new Numeral(`${value}0E-1`) : 0.5),
  (value) => Number(value) + 1,
  (value) => Number(value) - 1,
  (value) => Number(value) + 0.5,
  (value) => -Number(value),
  () => new Numeral('-0'),
  () => new Numeral('12345678901234567890'),
  () => 1e21,
];

const otherChanges: readonly Change<JsonValue>[] = [
  () => null,
  (value) => [value],
  (value) => [value, 'other', 7],
  (value) => ['other', null, value, value],
  (value) => [[value], 'other'],
  () => [],
  () => ({}),
  (value) => ({ name: value }),
  (value) => [{ name: value }, value],
  () => true,
];

/** A value that is nearly this one; a list has one of its values changed. */
export function nearly(value: JsonValue, random: Random): JsonValue {
  if (random.chance(0.15)) return random.pick(otherChanges)(value, random);
  if (Array.isArray(value) && value.length > 0) {
    const list = [...(value as readonly JsonValue[])];
    const at = random.between(0, list.length - 1);
    list[at] = nearly(list[at] ?? null, random);
    return list;
  }
  if (typeof value === 'string') return random.pick(textChanges)(value, random);
  if (typeof value === 'number' || value instanceof Numeral) return random.pick(numberChanges)(value, random);
  if (typeof value === 'boolean') return random.pick([!value, String(value), value ? 'True' : 'False', 1, 0]);
  return random.pick(otherChanges)(value, random);
}

const changedAt = (text: string, at: number, put: string): string =>
  text.slice(0, at) + put + text.slice(at + 1);

/** How a record is written. The plainest is as JSON.stringify does. */
export interface Style {
  /** The chance that a character is written as an escape, white space stands around a token, keys are joined by dots. */
  readonly escapes: number;
  readonly spaces: number;
  readonly dots: number;
  /** The chance that the keys of an object come in another order, and that one of them comes twice. */
  readonly shuffles: number;
  readonly repeats: number;
}

export const PLAIN: Style = { escapes: 0, spaces: 0, dots: 0, shuffles: 0, repeats: 0 };

export const styles: readonly Style[] = [
  PLAIN,
  PLAIN,
  PLAIN,
  { ...PLAIN, escapes: 0.05 },
  { ...PLAIN, escapes: 1 },
  { ...PLAIN, spaces: 0.2 },
  { ...PLAIN, dots: 0.3 },
  { ...PLAIN, shuffles: 1 },
  { ...PLAIN, repeats: 0.1 },
  { escapes: 0.02, spaces: 0.05, dots: 0.1, shuffles: 0.5, repeats: 0.01 },
];

/** A record as text. */
export function written(value: JsonValue, style: Style, random: Random): string {
  if (typeof value === 'string') return textOf(value, style, random);
  if (value instanceof Numeral) return value.text;
  const space = (): string => (random.chance(style.spaces) ? random.pick([' ', '\t', '  ']) : '');
  const inRow = (items: readonly string[]): string => items.map((item) => space() + item + space()).join(',');
  if (Array.isArray(value))
    return `[${inRow((value as readonly JsonValue[]).map((item) => written(item, style, random)))}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = membersOf(value, style, random).map(
    ([key, item]) => `${textOf(key, style, random)}${space()}:${space()}${written(item, style, random)}`,
  );
  return `{${inRow(members)}}`;
}

function membersOf(object: JsonObject, style: Style, random: Random): Member[] {
  const members = entriesOf(object).flatMap(([key, item]): Member[] =>
    isObject(item) && Object.keys(item).length > 0 && random.chance(style.dots)
      ? entriesOf(item).map(([inner, below]) => [`${key}.${inner}`, below])
      : [[key, item]],
  );
  const again = members.filter(() => random.chance(style.repeats));
  members.unshift(...again.map(([key, item]): Member => [key, nearly(item, random)]));
  if (!random.chance(style.shuffles)) return members;
  const places = new Map(members.map((member) => [member, random.next()]));
  return members.sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
}

type Member = readonly [key: string, value: JsonValue];

const entriesOf = (object: JsonObject): Member[] =>
  Object.entries(object).map(([key, value]) => [key, value ?? null]);

function textOf(text: string, { escapes }: Style, random: Random): string {
  if (escapes === 0) return JSON.stringify(text);
  const units = Array.from({ length: text.length }, (_, at) => {
    if (!random.chance(escapes)) return undefined;
    const digits = text.charCodeAt(at).toString(16).padStart(4, '0');
    return `\\u${random.chance(0.5) ? digits.toUpperCase() : digits}`;
  });
  let [plain, whole] = ['', ''];
  const flush = (): void => {
    whole += JSON.stringify(plain)
      .slice(1, -1)
      .replaceAll('/', random.chance(escapes) ? '\\/' : '/');
    plain = '';
  };
  for (const [at, unit] of units.entries()) {
    if (unit === undefined) plain += text[at];
    else {
      flush();
      whole += unit;
    }
  }
  flush();
  return `"${whole}"`;
}
