/** How a field's name becomes what a plan reads, for names and for patterns of names (kql §2.4, §4.9, §4.10, §5.3). */
import type { Span } from '../../base/span.ts';
import type { FieldInfo, FieldTypes } from '../../data/field-type.ts';
import { globMatcher } from '../../data/glob.ts';
import type { Pattern } from '../../data/pattern.ts';
import { MANY, patternText } from '../../data/pattern.ts';
import type { FieldRef, Predicate } from '../../plan/predicate.ts';
import { FALSE } from '../../plan/rewrite.ts';
import type { Ask } from './leaf.ts';
import { any, leafTest } from './leaf.ts';

export type FieldName = string | Pattern;

/** Some value of the field answers; false where its type refuses the question. */
export function askField(types: FieldTypes, name: FieldName, ask: Ask, span?: Span): Predicate {
  if (typeof name !== 'string')
    return isEveryName(name) ? askAnyField(ask, span) : askMany(types, name, ask, span);
  return askOne(types.resolve(name), ask, span);
}

/** The field has a value; the objects of a nested field are none (kql §4.0). */
export function fieldExists(types: FieldTypes, name: FieldName, span?: Span): Predicate {
  if (typeof name !== 'string') return located({ kind: 'exists', field: refOfMany(name) }, span);
  const info = types.resolve(name);
  if (info.type === 'nested') return located(FALSE, span);
  return located({ kind: 'exists', field: { name, path: info.path } }, span);
}

/**
 * Text without a field, or for the field `*`: any value of the document, or of what lies below a path, is the text, has
 * it among its words, or is an address that it means (kql §4.11).
 */
export function askAnyField(ask: Ask, span?: Span, below?: string): Predicate {
  const path = below === undefined ? [MANY] : [`${below}.`, MANY];
  const tests = [DYNAMIC, TEXT, IP].flatMap((info) => usable(info, ask));
  const test = any(tests);
  if (test === undefined) return located(FALSE, span);
  return located({ kind: 'some', field: { name: '*', path }, test }, span);
}

/** The nearest nested field above a name, which a query has to enter before it can ask for the name. */
export function nestedAbove(types: FieldTypes, name: string): string | undefined {
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const parent = name.slice(0, dot);
    if (types.resolve(parent).type === 'nested') return parent;
  }
  return undefined;
}

const DYNAMIC: FieldInfo = { name: '*', path: '*', type: 'dynamic' };
const TEXT: FieldInfo = { name: '*', path: '*', type: 'text' };
const IP: FieldInfo = { name: '*', path: '*', type: 'ip' };

const isEveryName = (name: Pattern): boolean => name.length === 1 && name[0] === MANY;

function usable(info: FieldInfo, ask: Ask) {
  const test = leafTest(info, ask);
  return test === undefined || test.kind === 'refused' ? [] : [test];
}

function askOne(info: FieldInfo, ask: Ask, span?: Span): Predicate {
  const [test] = usable(info, ask);
  if (test === undefined) return located(FALSE, span);
  return located({ kind: 'some', field: refOf(info), test }, span);
}

/**
 * Every leaf of the document by the type of its values, and by its own type every known field that such a reading
 * would miss: words, addresses in another form, dates, and fields that ignore case.
 */
function askMany(types: FieldTypes, pattern: Pattern, ask: Ask, span?: Span): Predicate {
  const [test] = usable(DYNAMIC, ask);
  const everyLeaf: Predicate[] =
    test === undefined ? [] : [{ kind: 'some', field: refOfMany(pattern), test }];
  const special = knownFields(types, pattern)
    .filter((info) => info.lowercase === true || SPECIAL.has(info.type))
    .map((info) => askOne(info, ask))
    .filter((leaf) => leaf.kind === 'some');
  const args = [...everyLeaf, ...special];
  const [only] = args;
  return located(only !== undefined && args.length === 1 ? only : { kind: 'or', args }, span);
}

const SPECIAL: ReadonlySet<FieldInfo['type']> = new Set(['text', 'match_only_text', 'ip', 'date']);

function knownFields(types: FieldTypes, pattern: Pattern): FieldInfo[] {
  const matches = globMatcher(pattern);
  return [...types.names()].filter(matches).map((name) => types.resolve(name));
}

const refOfMany = (path: Pattern): FieldRef => ({ name: patternText(path), path });

/** The root of a flattened field is asked for the values of all its keys. */
const refOf = (info: FieldInfo): FieldRef => ({
  name: info.name,
  path: info.path,
  ...(info.type === 'flattened' && info.flattenedRoot === undefined ? { below: true as const } : {}),
});

const located = (predicate: Predicate, span: Span | undefined): Predicate =>
  span === undefined ? predicate : { ...predicate, span };
