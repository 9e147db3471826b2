/**
 * Conditions: what Elasticsearch refuses is an error; what can never hold, or means something else than it seems to, is
 * a warning. An unknown field is neither (eql §3.3).
 */
import { span } from '../../../base/span.ts';
import type { FieldInfo, FieldType, FieldTypes } from '../../../data/field-type.ts';
import { translateLuceneRegexp } from '../../../data/lucene-regexp.ts';
import { numberOf } from '../../../data/scalar.ts';
import { nearKnownName } from '../../kit/near-name.ts';
import type { Report } from '../../kit/report.ts';
import type {
  Arithmetic,
  Comparison,
  Constant,
  Expression,
  Field,
  Match,
  Membership,
  Sign,
  StringLiteral,
} from '../1-parse/ast.ts';
import { quote, shorten, spanInside } from '../1-parse/text.ts';
import type { Value } from '../constant.ts';
import { comparable, textOfValue } from '../constant.ts';
import { foldOf, hasWildcard, inOrder, isInsensitive, ORDERS } from '../leaf.ts';
import { checkCall } from './call.ts';
import { constantOf, operandsOf, staticType } from './static.ts';

export interface Context {
  readonly report: Report;
  readonly types: FieldTypes;
}

/** A condition as a whole, or an operand of `and`, `or` and `not`. */
export function checkCondition(e: Expression, c: Context): void {
  if (e.kind === 'and' || e.kind === 'or') return e.args.forEach((arg) => checkCondition(arg, c));
  if (e.kind === 'not') return checkCondition(e.arg, c);
  const type = staticType(e);
  if (type === 'string' || type === 'number') {
    c.report.say(
      'EQL208',
      `a ${type} is not a condition`,
      e.span,
      'compare it with something, as in "… == …"',
    );
  }
  if (e.kind === 'field') checkBareField(e, c);
  checkValue(e, c);
}

function checkBareField(field: Field, c: Context): void {
  const info = c.types.resolve(field.name);
  if (info.type === 'boolean' || info.type === 'dynamic') return;
  const hint = `write ${field.name} != null for "has any value"`;
  c.report.say(
    'EQL302',
    `${field.name} alone means ${field.name} == true, and it is a field of type ${info.type}`,
    field.span,
    hint,
  );
}

function checkValue(e: Expression, c: Context): void {
  if (e.kind === 'call') checkCall(e, c.report);
  else if (e.kind === 'comparison') checkComparison(e, c);
  else if (e.kind === 'membership') checkMembership(e, c);
  else if (e.kind === 'match') checkMatch(e, c);
  else if (e.kind === 'field') checkName(e, c);
  else if (e.kind === 'number') checkSize(e, c);
  else if (e.kind === 'arithmetic' || e.kind === 'sign') checkOperands(e, c);
  const inner = e.kind === 'and' || e.kind === 'or' || e.kind === 'not' ? checkCondition : checkValue;
  for (const operand of operandsOf(e)) inner(operand, c);
}

const VALUES = ['true', 'false', 'null'];

/** The name of a field, wherever it stands. */
export function checkName({ name, span: at, optional }: Field, c: Context): void {
  const value = name.toLowerCase();
  if (VALUES.includes(value) && !VALUES.includes(name)) {
    return c.report.say('EQL304', `"${name}" is read as the name of a field`, at, `write ${value}`);
  }
  const near = optional ? undefined : nearKnownName(name, c.types);
  if (near !== undefined)
    c.report.say('EQL306', `no table knows the field ${name}`, at, `did you mean "${near}"?`);
}

function checkSize(e: Expression & { readonly kind: 'number' }, c: Context): void {
  if (!Number.isFinite(Number(e.text)))
    c.report.say('EQL210', `the number ${shorten(e.text)} is too large`, e.span);
}

function checkOperands(e: Arithmetic | Sign, c: Context): void {
  for (const operand of operandsOf(e)) {
    const type = staticType(operand);
    if (type !== 'string' && type !== 'boolean') continue;
    const hint = e.op === '+' ? 'texts are joined with concat(…)' : 'number(…) reads a text as a number';
    c.report.say('EQL204', `"${e.op}" takes numbers, not a ${type}`, operand.span, hint);
  }
}

function checkComparison(e: Comparison, c: Context): void {
  const [left, right] = [constantOf(e.left), constantOf(e.right)];
  if (right !== undefined && left === undefined) return checkAgainst(e.left, right, e.right, e, c);
  if (left !== undefined && right === undefined) return checkAgainst(e.right, left, e.left, e, c);
}

function checkAgainst(
  tested: Expression,
  value: Value,
  constant: Expression,
  e: Comparison,
  c: Context,
): void {
  const equality = e.op === '==' || e.op === '!=';
  if (equality && value === null) return;
  if (equality) warnLiteralStar(constant, e.op, c);
  const info = tested.kind === 'field' ? c.types.resolve(tested.name) : undefined;
  if (info?.type === 'version' && !equality) {
    c.report.say('EQL303', `versions are ordered as text: "10" comes before "9"`, e.span);
  }
  const possible = equality ? canEqual(tested, info, value) : canStandInOrder(tested, info, value, e.op);
  if (!possible) warnImpossible(tested, info, value, e, c);
}

/** Of what is computed, only numbers and booleans are known well enough to say that they differ. */
function canEqual(tested: Expression, info: FieldInfo | undefined, value: Value): boolean {
  if (info !== undefined) return comparable(info.type, value) !== undefined;
  if (value === null) return false;
  const type = staticType(tested);
  if (type === 'boolean') return comparable('boolean', value) !== undefined;
  return type !== 'number' || (typeof value !== 'boolean' && numberOf(textOfValue(value)) !== undefined);
}

function canStandInOrder(
  tested: Expression,
  info: FieldInfo | undefined,
  value: Value,
  op: Comparison['op'],
): boolean {
  if (value === null || typeof value === 'boolean' || staticType(tested) === 'boolean') return false;
  if (info === undefined || op === '==' || op === '!=') return canEqual(tested, info, value);
  return inOrder(info, ORDERS[op], value) !== undefined;
}

function warnImpossible(
  tested: Expression,
  info: FieldInfo | undefined,
  value: Value,
  e: Comparison,
  c: Context,
): void {
  const what = info === undefined ? `a ${staticType(tested)}` : `${info.name}, a field of type ${info.type},`;
  const holds = e.op === '!=' ? 'always differs from' : e.op === '==' ? 'never equals' : 'has no order to';
  c.report.say('EQL302', `${what} ${holds} ${written(value)}`, e.span, hintFor(tested, c));
}

const written = (value: Value): string =>
  value === null ? 'null' : typeof value === 'string' ? quote(shorten(value)) : textOfValue(value);

/** `a.b/c` without a space is more likely a name than a division. */
function hintFor(tested: Expression, c: Context): string | undefined {
  if (tested.kind !== 'arithmetic') return undefined;
  const text = c.report.source.text.slice(tested.span.start, tested.span.end);
  return /\s/.test(text) ? undefined : `a name with such a sign in it stands in back quotes: \`${text}\``;
}

function warnLiteralStar(e: Expression, op: string, c: Context): void {
  if (e.kind !== 'string' || !e.value.includes('*')) return;
  const operator = op === 'in' ? 'like' : op === '!=' ? 'not … like' : op === 'in~' ? 'like~' : 'like';
  c.report.say(
    'EQL301',
    `"${op}" takes the * literally`,
    e.span,
    `use "${operator}" or ":" if it is meant as a wildcard`,
  );
}

function checkMembership(e: Membership, c: Context): void {
  const op = e.insensitive ? 'in~' : 'in';
  const info = e.arg.kind === 'field' ? c.types.resolve(e.arg.name) : undefined;
  for (const item of e.list) {
    const value = constantOf(item);
    if (value === undefined && e.insensitive) {
      c.report.say('EQL209', '"in~" takes constants only', item.span, 'use "in", or compare with ":"');
    }
    warnLiteralStar(item, op, c);
    if (value !== undefined && !canEqual(e.arg, info, value)) warnMember(e.arg, info, value, item, c);
  }
}

function warnMember(
  arg: Expression,
  info: FieldInfo | undefined,
  value: Value,
  item: Expression,
  c: Context,
): void {
  const what = info === undefined ? `a ${staticType(arg)}` : `${info.name}, a field of type ${info.type},`;
  const message = value === null ? 'null in a list equals nothing' : `${what} never equals ${written(value)}`;
  c.report.say(
    'EQL302',
    message,
    item.span,
    value === null ? 'compare with null by itself: … == null' : undefined,
  );
}

function checkMatch(e: Match, c: Context): void {
  const info = e.arg.kind === 'field' ? c.types.resolve(e.arg.name) : undefined;
  for (const pattern of e.patterns) {
    if (pattern.kind === 'null')
      c.report.say('EQL302', `"${e.op}" never matches null`, pattern.span, 'write … == null');
    else if (e.op.startsWith('regex')) checkRegexp(e, pattern, info, c);
    else if (info !== undefined) checkPattern(pattern, info, c);
  }
}

const BY_VALUE: readonly FieldType[] = ['long', 'double', 'boolean', 'ip', 'date'];

function checkPattern(pattern: Exclude<Constant, { kind: 'null' }>, info: FieldInfo, c: Context): void {
  const value = constantOf(pattern) ?? null;
  if (hasWildcard(value)) {
    if (!BY_VALUE.includes(info.type)) return;
    const hint = info.type === 'ip' ? 'use cidrMatch for blocks of addresses' : 'use a comparison';
    c.report.say(
      'EQL303',
      `${info.name} is a field of type ${info.type}; the wildcard sees its text`,
      pattern.span,
      hint,
    );
  } else if (comparable(info.type, value) === undefined) {
    c.report.say(
      'EQL302',
      `${info.name}, a field of type ${info.type}, never equals ${written(value)}`,
      pattern.span,
    );
  }
}

function checkRegexp(
  e: Match,
  pattern: Exclude<Constant, { kind: 'null' }>,
  info: FieldInfo | undefined,
  c: Context,
): void {
  if (pattern.kind !== 'string') {
    return c.report.say(
      'EQL204',
      `"${e.op}" takes a string, not a ${pattern.kind}`,
      pattern.span,
      'put it in double quotes',
    );
  }
  const fold =
    info === undefined ? (isInsensitive(e.op) ? 'ascii' : 'exact') : foldOf(info, isInsensitive(e.op));
  const translated = translateLuceneRegexp(pattern.value, fold);
  if (!translated.ok) {
    const at = spanInside(c.report.source.text, pattern.span, span(translated.start, translated.end));
    return c.report.say('EQL207', translated.message, at);
  }
  warnAnchors(pattern, c);
}

function warnAnchors({ value, span: at }: StringLiteral, c: Context): void {
  const anchor = value.startsWith('^') ? '^' : /(^|[^\\])(\\\\)*\$$/.test(value) ? '$' : undefined;
  if (anchor === undefined) return;
  c.report.say(
    'EQL305',
    `${anchor} is an ordinary character here`,
    at,
    'the expression always matches the whole value: leave it out',
  );
}
