/** The values of a profile's parameters: what they may be, and how they are written into a query. */
import { parseAddress, parseBlock } from '../../data/address.ts';
import type { Cursor } from '../../rules/format/cursor.ts';
import type { Parameter, ParameterType, Profile } from './model.ts';

interface TypeOf {
  /** What the values must be, for messages. */
  readonly wanted: string;
  readonly single?: true;
  fits(value: string): boolean;
  /** A value that no query holds by chance, in its trickiest form. */
  readonly probe: string;
}

/** An event may have an empty text where another has a name: it would be explained too. */
const anyText = (value: string): boolean => value.trim() !== '';

/** Quotes, backslashes, wildcards, brackets and words that languages read as something else. */
const TRICKY = '"a\\" or *:* ?{(probe)}\\';

export const parameterKinds: Readonly<Record<ParameterType, TypeOf>> = {
  string: { wanted: 'one text that is not empty', single: true, fits: anyText, probe: TRICKY },
  list: { wanted: 'one or more texts that are not empty', fits: anyText, probe: TRICKY },
  ip: {
    wanted: 'one or more addresses such as 192.0.2.7',
    fits: (value) => parseAddress(value) !== undefined,
    probe: '192.0.2.197',
  },
  cidr: {
    wanted: 'one or more blocks such as 10.0.0.0/8',
    fits: (value) => parseBlock(value) !== undefined,
    probe: '198.51.100.192/27',
  },
};

/**
 * The values that stand somewhere, one text or a list; undefined after a complaint. A number or `true` is no text: as one
 * it would explain nothing, and nobody would see why.
 */
export function readValues(type: ParameterType, given: Cursor): readonly string[] | undefined {
  const { wanted, single, fits } = parameterKinds[type];
  const { value } = given;
  const values = Array.isArray(value) ? value : given.isSet ? [value] : [];
  const texts = values.filter((one) => typeof one === 'string');
  const isEnough = single === true ? values.length === 1 : values.length > 0;
  if (isEnough && texts.length === values.length && texts.every(fits)) return texts;
  given.wrong(wanted);
  return undefined;
}

/**
 * The values as literals of the language. A KQL list and an EQL list bring their own brackets; addresses in EQL are
 * arguments of a function and bring none.
 */
export function written({ type, values }: Parameter, language: Profile['language']): string {
  const literals = values.map((value) => quoted(value, language));
  if (parameterKinds[type].single === true) return literals.join('');
  if (language === 'kuery') return `(${literals.join(' or ')})`;
  return type === 'list' ? `(${literals.join(', ')})` : literals.join(', ');
}

/** In double quotes; whatever could end the text or is no visible character is written as an escape. */
function quoted(value: string, language: Profile['language']): string {
  const code = (character: string): string => {
    const hex = character.charCodeAt(0).toString(16).padStart(4, '0');
    return language === 'kuery' ? `\\u${hex}` : `\\u{${hex}}`;
  };
  return `"${value.replace(/[\\"]/g, '\\$&').replace(/[\0-\x1f\x7f\u2028\u2029]/g, code)}"`;
}
