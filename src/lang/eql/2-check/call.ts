/** Calls: the function exists, and takes these arguments (eql §5). */
import { parseBlock } from '../../../data/address.ts';
import { didYouMean } from '../../../base/typo.ts';
import type { FunctionDefinition, Parameter } from '../../../func/index.ts';
import { functionNamed, functions } from '../../../func/index.ts';
import type { Report } from '../../kit/report.ts';
import type { Call, Expression } from '../1-parse/ast.ts';
import { shorten } from '../1-parse/text.ts';
import { staticType } from './static.ts';

/** Functions of python-eql and of other languages, and what to write instead. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['match', 'use regex~: field regex~ "…"'],
  ['matches', 'use regex~: field regex~ "…"'],
  ['wildcard', 'use the operator ":": field : ("a*", "b*")'],
  ['arraycontains', 'compare the field: field : "value" is true when any of its values is equal'],
  ['arraysearch', 'compare the fields inside: a list is tested as any of its values'],
  ['arraycount', 'compare a field that holds the count, such as process.args_count'],
  ['safe', 'leave it out: a missing field makes a condition false, never an error'],
  ['lower', 'ignore case with ":", "in~", "like~" or "regex~"'],
  ['tolower', 'ignore case with ":", "in~", "like~" or "regex~"'],
  ['contains', 'use stringContains(field, "text"), or field : "*text*"'],
  ['len', 'use length(field)'],
  ['size', 'use length(field) for the length of a text; the length of a list has no function'],
]);

const NAMES = Object.values(functions)
  .filter((f: FunctionDefinition) => f.operatorOnly !== true)
  .map((f) => f.name);

export function checkCall(e: Call, report: Report): void {
  const definition = functionNamed(e.name);
  if (definition === undefined) return refuseUnknown(e, report);
  if (e.insensitive && !definition.insensitive) {
    report.say(
      'EQL205',
      `${definition.name} has no form with "~"`,
      e.nameSpan,
      `write ${definition.name}(…)`,
    );
  }
  if (checkCount(e, definition, report))
    e.args.forEach((arg, i) => checkArgument(arg, definition, i, report));
}

function refuseUnknown({ name, nameSpan }: Call, report: Report): void {
  const instead = ELSEWHERE.get(name.toLowerCase());
  if (instead !== undefined)
    return report.say('EQL202', `Elasticsearch's EQL has no function "${name}"`, nameSpan, instead);
  const hint = didYouMean(name, NAMES) ?? `the functions are ${NAMES.join(', ')}`;
  report.say('EQL201', `there is no function "${name}"`, nameSpan, hint);
}

function checkCount(e: Call, definition: FunctionDefinition, report: Report): boolean {
  const { parameters } = definition;
  const least = parameters.filter((p) => p.optional !== true).length;
  const most = parameters.at(-1)?.variadic === true ? Infinity : parameters.length;
  if (e.args.length >= least && e.args.length <= most) return true;
  const message = `${definition.name} takes ${amount(least, most)}, not ${e.args.length}`;
  report.say('EQL203', message, e.span, `write ${signature(definition)}`);
  return false;
}

function amount(least: number, most: number): string {
  const noun = (most === Infinity ? least : most) === 1 ? 'argument' : 'arguments';
  if (most === Infinity) return `at least ${least} ${noun}`;
  return `${least === most ? least : `${least} to ${most}`} ${noun}`;
}

function signature({ name, parameters }: FunctionDefinition): string {
  const written = (p: Parameter): string =>
    `${p.name}${p.optional === true ? '?' : ''}${p.variadic === true ? ', …' : ''}`;
  return `${name}(${parameters.map(written).join(', ')})`;
}

function checkArgument(arg: Expression, definition: FunctionDefinition, index: number, report: Report): void {
  const parameter = definition.parameters[Math.min(index, definition.parameters.length - 1)];
  if (parameter === undefined || !fits(arg, parameter)) {
    const message = `${definition.name} takes a ${parameter?.type ?? 'value'} as "${parameter?.name ?? ''}", not a ${staticType(arg)}`;
    return report.say('EQL204', message, arg.span, `write ${signature(definition)}`);
  }
  if (definition.name === 'cidrMatch' && index > 0) checkBlock(arg, report);
}

function fits(arg: Expression, { type }: Parameter): boolean {
  const given = staticType(arg);
  if (type === 'any' || given === 'unknown' || given === 'null') return true;
  return given === (type === 'ip' ? 'string' : type);
}

function checkBlock(arg: Expression, report: Report): void {
  if (arg.kind !== 'string' || parseBlock(arg.value) !== undefined) return;
  const hint = 'write an address or a block, such as "10.0.0.0/8" or "::1"';
  report.say(
    'EQL206',
    `"${shorten(arg.value)}" is neither an IP address nor a block of them`,
    arg.span,
    hint,
  );
}
