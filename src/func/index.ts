/** Every function there is: one file each, one line each. */
import { add } from './add.ts';
import { between } from './between.ts';
import { cidrMatch } from './cidrMatch.ts';
import { concat } from './concat.ts';
import type { FunctionDefinition } from './define.ts';
import { divide } from './divide.ts';
import { endsWith } from './endsWith.ts';
import { indexOf } from './indexOf.ts';
import { length } from './length.ts';
import { modulo } from './modulo.ts';
import { multiply } from './multiply.ts';
import { negate } from './negate.ts';
import { number } from './number.ts';
import { startsWith } from './startsWith.ts';
import { string } from './string.ts';
import { stringContains } from './stringContains.ts';
import { substring } from './substring.ts';
import { subtract } from './subtract.ts';

/** Keyed by the name as EQL's documentation spells it. */
export const functions = {
  add,
  between,
  cidrMatch,
  concat,
  divide,
  endsWith,
  indexOf,
  length,
  modulo,
  multiply,
  negate,
  number,
  startsWith,
  string,
  stringContains,
  substring,
  subtract,
} as const satisfies Readonly<Record<string, FunctionDefinition>>;

export type FunctionName = keyof typeof functions;

/** A function by its key: what `Call` nodes name. */
export const functionOf = (name: FunctionName): FunctionDefinition => functions[name];

/** The function that a query's text names, in any case; undefined also for what only operators reach. */
export const functionNamed = (
  name: string,
): (FunctionDefinition & { readonly name: FunctionName }) | undefined => callable.get(name.toLowerCase());

const callable: ReadonlyMap<string, (typeof functions)[FunctionName]> = new Map(
  Object.values(functions)
    .filter((definition: FunctionDefinition) => definition.operatorOnly !== true)
    .map((definition) => [definition.name.toLowerCase(), definition]),
);

export type { FunctionDefinition, FunctionValue, Parameter } from './define.ts';
