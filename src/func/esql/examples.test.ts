import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isMulti } from '../../data/atom.ts';
import type { Atom, ColumnType, ColumnValue, Timespan } from '../../data/column.ts';
import { convertAtom } from '../../data/convert.ts';
import { fitWhole } from '../../data/whole.ts';
import type { AggregateDefinition, EsqlDefinition, EsqlParameter, ScalarDefinition } from './index.ts';
import { esqlFunction, esqlFunctions } from './index.ts';
import type { CallContext, CallSite } from './define.ts';
import { commonType } from './types.ts';

/** A value with its static type, as the language's checker would know it. */
interface Typed {
  readonly type: ColumnType;
  readonly value: ColumnValue;
}

const counted: string[] = [];
const context: CallContext = { now: Date.UTC(2026, 0, 1), count: (loss) => counted.push(loss) };

const TOKEN = /"(?:[^"\\]|\\.)*"|\d+(?:\.\d+)?(?: (?:hour|day|week|month)s?\b)?|[A-Za-z_]\w*|[-*(),[\]]/g;

/** Reads `NAME("text", -1, [1, 2], 1 hour, other(null))`. */
class Reader {
  readonly #tokens: string[];

  constructor(text: string) {
    this.#tokens = text.match(TOKEN) ?? [];
  }

  expression(): Typed {
    const token = this.#tokens.shift() ?? '';
    if (token === '[') return list(this.#until(']'));
    if (token === '-') return negative(this.#tokens.shift() ?? '');
    if (/^["\d]/.test(token)) return literal(token);
    if (this.#tokens[0] !== '(') return words[token] ?? assert.fail(`cannot read ${token}`);
    this.#tokens.shift();
    return invoke(scalarNamed(token), this.#until(')'));
  }

  /** The name, and the texts of the arguments, of `SUM(x, 2, "asc")`. */
  aggregate(): { readonly name: string; readonly args: readonly string[] } {
    const [name = '', , ...rest] = this.#tokens;
    return { name, args: rest.filter((token) => !',)*'.includes(token)) };
  }

  #until(end: string): Typed[] {
    const found: Typed[] = [];
    while (this.#tokens[0] !== end) {
      found.push(this.expression());
      if (this.#tokens[0] === ',') this.#tokens.shift();
    }
    this.#tokens.shift();
    return found;
  }
}

const words: Readonly<Record<string, Typed>> = {
  null: { type: 'null', value: null },
  true: { type: 'boolean', value: true },
  false: { type: 'boolean', value: false },
};

const spans: Readonly<Record<string, Partial<Timespan>>> = {
  hour: { milliseconds: 3_600_000 },
  day: { days: 1 },
  week: { days: 7 },
  month: { months: 1 },
};

function literal(token: string): Typed {
  if (token.startsWith('"')) return { type: 'keyword', value: JSON.parse(token) as string };
  const [count = '', unit] = token.split(' ');
  if (unit !== undefined) {
    const value = { months: 0, days: 0, milliseconds: 0, ...spans[unit] };
    return { type: unit === 'hour' ? 'time_duration' : 'date_period', value };
  }
  return numberOf(count);
}

const negative = (token: string): Typed => numberOf(`-${token}`);

function numberOf(text: string): Typed {
  if (text.includes('.')) return { type: 'double', value: Number(text) };
  const value =
    fitWhole(BigInt(text), 'unsigned_long') ?? fitWhole(BigInt(text), 'long') ?? assert.fail(text);
  return { type: fitWhole(value, 'integer') === undefined ? 'long' : 'integer', value };
}

function list(items: readonly Typed[]): Typed {
  return { type: items[0]?.type ?? 'null', value: items.map(({ value }) => value as Atom) };
}

function scalarNamed(name: string): ScalarDefinition {
  const definition = esqlFunction(name);
  assert.ok(definition?.kind === 'scalar', `no scalar function is called ${name}`);
  return definition;
}

const parameterAt = ({ parameters }: EsqlDefinition, place: number): EsqlParameter =>
  parameters[place] ?? parameters.at(-1) ?? assert.fail('too many arguments');

/** With the leading optional parameter left out, as its documentation says. */
function parametersOf(definition: EsqlDefinition, count: number): EsqlParameter[] {
  const skipped = definition.parameters[0]?.optional === true && count < definition.parameters.length ? 1 : 0;
  return Array.from({ length: count }, (_, i) => parameterAt(definition, i + skipped));
}

/** A text literal becomes what the parameter takes. */
function cast(arg: Typed, parameter: EsqlParameter): Typed {
  if (arg.type !== 'keyword' || parameter.types.includes('keyword')) return arg;
  const type =
    parameter.types.find((one) => one === 'datetime' || one === 'ip') ?? assert.fail(parameter.name);
  return { type, value: convertAtom(arg.value as Atom, 'keyword', type as 'ip') ?? assert.fail() };
}

function siteOf(
  definition: EsqlDefinition,
  written: readonly Typed[],
): CallSite & { readonly args: readonly Typed[] } {
  const parameters = parametersOf(definition, written.length);
  const args = written.map((arg, i) => cast(arg, parameters[i] ?? assert.fail()));
  const same = args
    .filter((_, i) => parameters[i]?.same)
    .reduce<ColumnType>((type, arg) => commonType(type, arg.type) ?? assert.fail(), 'null');
  const { returns } = definition;
  const types = args.map(({ type }, i) => (parameters[i]?.same ? same : type));
  return {
    args,
    types,
    returns: typeof returns === 'function' ? returns(types) : returns === 'same' ? same : returns,
    constants: args.map(({ value }) => value),
  };
}

function invoke(definition: ScalarDefinition, written: readonly Typed[]): Typed {
  const site = siteOf(definition, written);
  const values = site.args.map(({ value }) => value);
  const call = definition.prepare(site);
  const type = site.returns;
  if (definition.nulls === 'null' && values.includes(null)) return { type, value: null };
  if (definition.multi === 'own') return { type, value: call(values, context) };
  const [first = null, ...rest] = values;
  if (definition.multi === 'null' || !isMulti(first))
    return { type, value: values.some(isMulti) ? null : call(values, context) };
  const each = first.map((atom) => call([atom, ...rest], context)).filter((value) => value !== null);
  return { type, value: each.length > 1 ? (each as Atom[]) : (each[0] ?? null) };
}

const title = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part));

const scalars = esqlFunctions.filter((definition) => definition.kind === 'scalar');
const aggregates = esqlFunctions.filter((definition) => definition.kind === 'aggregate');

for (const { examples } of scalars) {
  for (const { call, gives } of examples)
    test(`${call} gives ${title(gives)}`, () => assert.deepEqual(new Reader(call).expression().value, gives));
}

const typeOf = (value: ColumnValue): ColumnType => {
  const atom = isMulti(value) ? value[0] : value;
  if (atom === null || atom === undefined) return 'null';
  if (typeof atom === 'string') return 'keyword';
  if (typeof atom === 'bigint') return 'long';
  return typeof atom === 'boolean' ? 'boolean' : Number.isInteger(atom) ? 'integer' : 'double';
};

/** All ways to cut the rows into two parts that are aggregated apart, stored, read back and merged. */
function aggregateRows(
  definition: AggregateDefinition,
  call: string,
  rows: readonly (readonly ColumnValue[])[],
): ColumnValue[] {
  const columns = new Reader(call).aggregate().args;
  const constants = columns.map((text) => (/^[xy]$/.test(text) ? undefined : literal(text)));
  const typed = columns.map((text, i) => {
    const place = text === 'y' ? 1 : 0;
    const type = rows
      .map((row) => typeOf(row[place] ?? null))
      .reduce((a, b) => commonType(a, b) ?? assert.fail(), 'null');
    return constants[i] ?? { type, value: null };
  });
  const site = { ...siteOf(definition, typed), constants: constants.map((constant) => constant?.value) };
  const accumulator = definition.prepare(site);
  const partial = (part: readonly (readonly ColumnValue[])[]): unknown =>
    part.reduce<unknown>(
      (sum, row) =>
        accumulator.add(
          sum,
          columns.map((text, i) => constants[i]?.value ?? row[text === 'y' ? 1 : 0] ?? null),
          context,
        ),
      accumulator.empty(),
    );
  const stored = (part: unknown): unknown => JSON.parse(JSON.stringify(part));
  const cuts = rows.length > 100 ? [0, 50] : Array.from({ length: rows.length + 1 }, (_, i) => i);
  return cuts.map((cut) =>
    accumulator.finish(
      accumulator.merge(stored(partial(rows.slice(0, cut))), stored(partial(rows.slice(cut))), context),
      context,
    ),
  );
}

for (const definition of aggregates) {
  for (const { call, rows, gives } of definition.examples) {
    const shown = rows.length > 10 ? `${rows.length} rows` : title(rows);
    test(`${call} of ${shown} gives ${title(gives)}, however it is cut`, () => {
      for (const outcome of aggregateRows(definition, call, rows)) assert.deepEqual(outcome, gives);
    });
  }
}

test('every function runs and has examples of its own', () => {
  for (const definition of esqlFunctions) {
    assert.ok(definition.prepare, definition.name);
    assert.ok(definition.examples.length >= (definition.name === 'NOW' ? 1 : 2), definition.name);
    assert.ok(
      definition.examples.some(({ call }) => call.startsWith(definition.name)),
      definition.name,
    );
  }
});

test('beyond its bound COUNT_DISTINCT is near, says so, and merges', () => {
  const definition = esqlFunction('COUNT_DISTINCT');
  assert.ok(definition?.kind === 'aggregate');
  counted.length = 0;
  const rows = Array.from({ length: 50_000 }, (_, i) => [i]);
  for (const outcome of aggregateRows(definition, 'COUNT_DISTINCT(x)', rows))
    assert.ok(Math.abs(Number(outcome) - 50_000) < 1500, String(outcome));
  assert.deepEqual(counted, ['approximate', 'approximate']);
});

test('names are found in any case, and by their other names', () => {
  assert.equal(esqlFunction('to_int')?.name, 'TO_INTEGER');
  assert.equal(esqlFunction('Mv_Count')?.name, 'MV_COUNT');
  assert.equal(esqlFunction('constructor'), undefined);
});
