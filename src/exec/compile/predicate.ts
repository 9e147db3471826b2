/** A predicate as closures over the columns of the current event. */
import { fieldKey, occurrencesOf, byKind } from '../../plan/fold.ts';
import type { Predicate } from '../../plan/predicate.ts';
import { printExpression, printTest } from '../../plan/print.ts';
import { scope } from '../interpret/index.ts';
import { anyHolds, everyHolds } from '../undecided.ts';
import type { Clock, Column } from './columns.ts';
import { cost, isCheap } from './cost.ts';
import { compileLeaf } from './expression.ts';
import { Fields } from './fields.ts';
import { compileTest } from './test.ts';

export type Condition = () => boolean;

/** The clock for date maths, set with each event. */
export interface Now {
  now: number;
}

/** Compiles predicates over one set of fields; equal leaves become one closure. */
export class Compiler {
  readonly fields = new Fields();
  readonly env: Now;
  readonly #leaves = new Map<string, Condition>();

  constructor(env: Now = { now: 0 }) {
    this.env = env;
  }

  compile(predicate: Predicate): Condition {
    return compilePredicate(predicate, this);
  }

  /** The leaf that was compiled under this key, or a new one. */
  shared(key: string, make: () => Condition): Condition {
    const leaf = this.#leaves.get(key) ?? make();
    this.#leaves.set(key, leaf);
    return leaf;
  }
}

/** Asks for the columns that the compiled predicate will read, which must be there before the first event. */
export const askFields = byKind<Predicate, void, [Fields]>({
  and: (p, go, fields) => p.args.forEach((arg) => go(arg, fields)),
  or: (p, go, fields) => p.args.forEach((arg) => go(arg, fields)),
  not: (p, go, fields) => go(p.arg, fields),
  some: (p, _, fields) => void fields.readings(p.field),
  exists: (p, _, fields) => void fields.exists(p.field),
  nested: (p, _, fields) => void fields.objects(p.path),
  compute: (p, _, fields) => occurrencesOf(p.expression).forEach((field) => fields.readings(field)),
});

const compilePredicate = byKind<Predicate, Condition, [Compiler]>({
  and: (p, go, compiler) => {
    const args = cheapFirst(p.args).map((arg) => go(arg, compiler));
    if (p.args.some(mayBeUndecided)) return () => everyHolds(args, (arg) => arg());
    return all(args);
  },
  or: (p, go, compiler) => {
    const args = cheapFirst(p.args).map((arg) => go(arg, compiler));
    if (p.args.some(mayBeUndecided)) return () => anyHolds(args, (arg) => arg());
    return any(args);
  },
  not: (p, go, compiler) => {
    const arg = go(p.arg, compiler);
    return () => !arg();
  },
  some: (p, _, compiler) =>
    compiler.shared(`some ${fieldKey(p.field)} ${printTest(p.test)}`, () => {
      const readings = compiler.fields.readings(p.field);
      const leaf = someValue(readings.values, compileTest(p.test, readings, compiler.env));
      return isCheap(p.test) ? leaf : oncePerEvent(leaf, compiler.fields.clock);
    }),
  exists: (p, _, compiler) =>
    compiler.shared(`exists ${fieldKey(p.field)}`, () => compiler.fields.exists(p.field)),
  nested: (p, _, compiler) => {
    const inner = new Compiler(compiler.env);
    const holds = inner.compile(p.arg);
    const objects = compiler.fields.objects(p.path);
    const positions = (): number[] => Array.from({ length: objects.count() }, (__, i) => i);
    return () =>
      anyHolds(positions(), (position) => {
        inner.fields.load(scope(p.path, objects.at(position)));
        return holds();
      });
  },
  compute: (p, _, compiler) =>
    compiler.shared(`compute ${printExpression(p.expression)}`, () =>
      oncePerEvent(compileLeaf(p.expression, compiler.fields, compiler.env), compiler.fields.clock),
    ),
});

function someValue(values: Column<unknown>, passes: (position: number) => boolean): Condition {
  return () => {
    const count = values.count();
    for (let i = 0; i < count; i++) if (passes(i)) return true;
    return false;
  };
}

/** Remembers the answer for the current event; an undecided leaf throws each time. */
function oncePerEvent(condition: Condition, clock: Clock): Condition {
  let tick = 0;
  let answer = false;
  return () => {
    if (tick !== clock.tick) {
      answer = condition();
      tick = clock.tick;
    }
    return answer;
  };
}

function all(args: readonly Condition[]): Condition {
  const [a, b] = args;
  if (args.length === 2 && a !== undefined && b !== undefined) return () => a() && b();
  return () => {
    for (const arg of args) if (!arg()) return false;
    return true;
  };
}

function any(args: readonly Condition[]): Condition {
  const [a, b] = args;
  if (args.length === 2 && a !== undefined && b !== undefined) return () => a() || b();
  return () => {
    for (const arg of args) if (arg()) return true;
    return false;
  };
}

/** Only expressions over fields can go over a limit. */
const mayBeUndecided = byKind<Predicate, boolean>({
  and: (p, go) => p.args.some((arg) => go(arg)),
  or: (p, go) => p.args.some((arg) => go(arg)),
  not: (p, go) => go(p.arg),
  some: () => false,
  exists: () => false,
  nested: (p, go) => go(p.arg),
  compute: (p) => occurrencesOf(p.expression).length > 0,
});

const cheapFirst = (args: readonly Predicate[]): Predicate[] => [...args].sort((a, b) => cost(a) - cost(b));
