/** The conditions of an exception in Winnow's own form: a table of fields, each with a value or with operators. */
import { parseBlock } from '../../data/address.ts';
import { isObject } from '../../data/document.ts';
import { globPattern } from '../../data/pattern.ts';
import { didYouMean } from '../../base/typo.ts';
import type { Cursor } from '../format/cursor.ts';
import type { Entry } from './model.ts';

type Make = (operand: Cursor, ignoreCase: boolean) => Own<Entry>;
type Own<E> = E extends Entry ? Omit<E, 'field' | 'excluded' | 'place'> : never;

interface Operator {
  readonly excluded: boolean;
  readonly make: Make;
}

const is: Make = (operand, ignoreCase) => ({ kind: 'values', values: [oneText(operand)], ignoreCase });
const isOneOf: Make = (operand, ignoreCase) => ({ kind: 'values', values: someTexts(operand), ignoreCase });

const matches: Make = (operand, ignoreCase) => ({
  kind: 'patterns',
  patterns: someTexts(operand).map(globPattern),
  ignoreCase,
});

const inList: Make = (operand, ignoreCase) => ({ kind: 'list', listId: oneText(operand), ignoreCase });

const inBlocks: Make = (operand) => {
  for (const one of operand.oneOrMore())
    if (typeof one.value !== 'string' || parseBlock(one.value) === undefined)
      one.wrong('an address or a block such as 10.0.0.0/8');
  return { kind: 'blocks', blocks: someTexts(operand) };
};

/** In the words of Kibana's dialogue, and two that it has not. */
const operators: Readonly<Record<string, Operator>> = {
  is: { excluded: false, make: is },
  'is not': { excluded: true, make: is },
  'is one of': { excluded: false, make: isOneOf },
  'is not one of': { excluded: true, make: isOneOf },
  matches: { excluded: false, make: matches },
  'does not match': { excluded: true, make: matches },
  'in list': { excluded: false, make: inList },
  'not in list': { excluded: true, make: inList },
  'in cidr': { excluded: false, make: inBlocks },
  'not in cidr': { excluded: true, make: inBlocks },
};

const EXISTS = 'exists';
const NESTED = 'nested';
const IGNORE_CASE = 'ignore case';
const KNOWN = [...Object.keys(operators), EXISTS, NESTED, IGNORE_CASE];

/** Every condition of every field must hold. */
export function readConditions(when: Cursor): Entry[] {
  const fields = when.members();
  if (isObject(when.value) && fields.length === 0) when.wrong('a table with at least one field');
  return fields.flatMap(([field, condition]) => readField(field, condition));
}

function readField(field: string, condition: Cursor): Entry[] {
  if (isObject(condition.value)) return readOperators(field, condition);
  if (!condition.isSet) condition.missing(`write exists: true to ask for any value of ${field}`);
  const make = Array.isArray(condition.value) ? isOneOf : is;
  const common = { field, excluded: false, place: condition.place };
  return [{ ...make(condition, false), ...common }];
}

function readOperators(field: string, condition: Cursor): Entry[] {
  const asked = condition.members().filter(([name]) => name !== IGNORE_CASE);
  const ignoreCase = condition.child(IGNORE_CASE).flag() ?? false;
  if (asked.length === 0) condition.wrong('a value or a table with an operator', KNOWN.join(', '));
  return asked.flatMap(([name, operand]) => readOperator(field, name, operand, ignoreCase));
}

function readOperator(field: string, name: string, operand: Cursor, ignoreCase: boolean): Entry[] {
  const { place } = operand;
  if (name === EXISTS) return [{ kind: 'exists', field, excluded: operand.flag() === false, place }];
  if (name === NESTED)
    return [{ kind: 'nested', field, excluded: false, place, entries: readConditions(operand) }];
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (operator !== undefined)
    return [{ ...operator.make(operand, ignoreCase), field, excluded: operator.excluded, place }];
  const hint = didYouMean(name, KNOWN) ?? `understood are ${KNOWN.join(', ')}`;
  operand.sayOfKey('EXC013', `there is no condition "${name}"`, hint);
  return [];
}

function oneText(operand: Cursor): string {
  if (!operand.isSet) operand.missing();
  else if (Array.isArray(operand.value)) operand.wrong('one value', 'use "is one of" for several');
  else return operand.scalar() ?? '';
  return '';
}

function someTexts(operand: Cursor): string[] {
  const texts = operand.scalars();
  if (!operand.isSet) operand.missing();
  else if (Array.isArray(operand.value) && operand.value.length === 0)
    operand.wrong('a list with at least one value');
  return texts;
}
