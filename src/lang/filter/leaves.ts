/** Clauses about one field: `{ term: { "user.name": "root" } }`, or with an object of parameters in place of the value. */
import { isObject } from '../../data/document.ts';
import type { FieldInfo } from '../../data/field-type.ts';
import { translateLuceneRegexp } from '../../data/lucene-regexp.ts';
import type { Pattern, PatternPart } from '../../data/pattern.ts';
import { MANY, ONE } from '../../data/pattern.ts';
import { tokenize } from '../../data/tokens.ts';
import type { Predicate } from '../../plan/predicate.ts';
import { askField } from '../kit/field.ts';
import type { Ask, Bound } from '../kit/leaf.ts';
import { leafTest } from '../kit/leaf.ts';
import type { Part } from './context.ts';

/** The field, the part below it, and the value that it is asked for. */
interface FieldPart {
  readonly info: FieldInfo;
  readonly below: Part;
  readonly value: Part;
  readonly insensitive: boolean;
}

const IGNORED = ['boost', '_name', 'rewrite'];

/** `valueKeys` are the names that the value may have among the parameters. */
function fieldPart(part: Part, valueKeys: readonly string[], others: readonly string[] = []): FieldPart {
  const names = Object.keys(part.object()).filter((key) => !IGNORED.includes(key));
  const [name] = names;
  if (name === undefined || names.length > 1)
    return part.refuse('FIL102', `this clause must name one field, and it names ${names.length}`);
  const info = part.context.types.resolve(name);
  const below = part.child(name);
  if (!isObject(below.value)) return { info, below, value: below, insensitive: false };
  below.object([...valueKeys, ...others, ...IGNORED]);
  const key = valueKeys.find((candidate) => below.has(candidate)) ?? valueKeys[0] ?? '';
  const insensitive = below.has('case_insensitive') && below.child('case_insensitive').flag();
  return { info, below, value: below.child(key), insensitive };
}

const folded = ({ insensitive }: FieldPart): { readonly fold?: 'ascii' } =>
  insensitive ? { fold: 'ascii' } : {};

/** The leaf, with a warning or an error where the field's type cannot answer (kql §5.4). */
function asked(info: FieldInfo, ask: Ask, value: Part): Predicate {
  const { context, path } = value;
  const test = leafTest(info, ask);
  if (test?.kind === 'refused') {
    if (test.what === 'unsupported')
      context.refuse('FIL105', `${test.because} (field \`${info.name}\`)`, path);
    context.warn('FIL201', `${test.because}: this never holds for \`${info.name}\``, path);
  }
  return askField(context.types, info.name, ask);
}

const value = (text: string, phrase = false): Ask => ({ kind: 'value', text, phrase });

export function termClause(part: Part): Predicate {
  const field = fieldPart(part, ['value'], ['case_insensitive']);
  return asked(field.info, { ...value(field.value.text()), ...folded(field) }, field.value);
}

export function termsClause(part: Part): Predicate {
  const { info, below } = fieldPart(part, []);
  return { kind: 'or', args: below.members().map((member) => asked(info, value(member.text()), member)) };
}

export function matchPhraseClause(part: Part): Predicate {
  const field = fieldPart(part, ['query'], ['slop', 'analyzer', 'zero_terms_query']);
  return phrase(field);
}

function phrase({ info, below, value: query }: FieldPart): Predicate {
  for (const key of ['slop', 'analyzer'])
    if (below.has(key) && below.child(key).text() !== '0')
      below.child(key).refuse('FIL103', `the parameter "${key}" is not supported`);
  return asked(info, value(query.text(), true), query);
}

/** Any word of the text is enough, unless `operator` asks for all. */
export function matchClause(part: Part): Predicate {
  const field = fieldPart(
    part,
    ['query'],
    ['operator', 'type', 'lenient', 'zero_terms_query', 'slop', 'analyzer'],
  );
  const { info, below, value: query } = field;
  if (below.has('type') && below.child('type').text() === 'phrase') return phrase(field);
  const all = below.has('operator') && below.child('operator').text().toLowerCase() === 'and';
  const words = all && isAnalysed(info) ? tokenize(query.text(), info.analyzer ?? 'standard') : [];
  if (words.length < 2) return asked(info, value(query.text()), query);
  return { kind: 'and', args: words.map((word) => asked(info, value(word), query)) };
}

const isAnalysed = ({ type }: FieldInfo): boolean => type === 'text' || type === 'match_only_text';

export function wildcardClause(part: Part): Predicate {
  const field = fieldPart(part, ['value', 'wildcard'], ['case_insensitive']);
  const pattern = wildcardPattern(field.value.text());
  return asked(field.info, { kind: 'pattern', pattern, ...folded(field) }, field.value);
}

export function prefixClause(part: Part): Predicate {
  const field = fieldPart(part, ['value', 'prefix'], ['case_insensitive']);
  const pattern = [field.value.text(), MANY].filter((piece) => piece !== '');
  return asked(field.info, { kind: 'pattern', pattern, ...folded(field) }, field.value);
}

/** `*` any run, `?` one character, `\x` the character x (kql §6.1). */
export function wildcardPattern(text: string): Pattern {
  const parts: PatternPart[] = [];
  for (const [piece] of text.matchAll(/\\[^]|[^\\*?]+|[^]/g)) {
    if (piece === '*') parts.push(MANY);
    else if (piece === '?') parts.push(ONE);
    else parts.push(piece.length === 2 && piece.startsWith('\\') ? piece.slice(1) : piece);
  }
  return parts;
}

export function regexpClause(part: Part): Predicate {
  const field = fieldPart(part, ['value'], ['case_insensitive', 'flags', 'max_determinized_states']);
  const expression = field.value.text();
  const translated = translateLuceneRegexp(expression, field.insensitive ? 'ascii' : 'exact');
  if (!translated.ok)
    field.value.refuse('FIL106', `the regular expression cannot be run: ${translated.message}`);
  return asked(field.info, { kind: 'regexp', expression, ...folded(field) }, field.value);
}

const ORDERS = ['gt', 'gte', 'lt', 'lte'] as const;

export function rangeClause(part: Part): Predicate {
  const { info, below } = fieldPart(part, [], [...ORDERS, 'format', 'time_zone']);
  below.object();
  checkFormat(below);
  const bounds = ORDERS.filter((order) => below.has(order)).map((order): Bound => ({
    order,
    than: below.child(order).text(),
  }));
  return asked(info, { kind: 'range', bounds }, below);
}

const FORMATS = /^(?:(?:strict_)?date_optional_time(?:_nanos)?|epoch_millis)(?:\|\||$)/;
const UTC = /^(?:utc|z|zulu|[+-]?00:?00)$/i;

/** Dates are read as ISO 8601 or milliseconds, in UTC; anything else would be read wrongly. */
function checkFormat(below: Part): void {
  const [format, zone] = [below.child('format'), below.child('time_zone')];
  if (
    below.has('format') &&
    !format
      .text()
      .split('||')
      .every((one) => FORMATS.test(one))
  )
    format.refuse(
      'FIL103',
      `the date format "${format.text()}" is not supported`,
      'write dates as ISO 8601 or in milliseconds',
    );
  if (below.has('time_zone') && !UTC.test(zone.text()))
    zone.refuse('FIL103', `the time zone "${zone.text()}" is not supported`, 'write dates in UTC');
}
