/**
 * An exception item to the predicate of the events that it is for. Leaves mean what they mean in Kibana's filters, by
 * the table that KQL, Lucene and filters share (kql §4, engine A7).
 */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { DiagnosticError, diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { failure, success } from '../../base/result.ts';
import { didYouMean } from '../../base/typo.ts';
import type { FieldTypes } from '../../data/field-type.ts';
import { askField, fieldExists } from '../../lang/kit/field.ts';
import type { Ask } from '../../lang/kit/leaf.ts';
import { leafTest } from '../../lang/kit/leaf.ts';
import type { Predicate } from '../../plan/predicate.ts';
import { simplify } from '../../plan/rewrite.ts';
import type { Entry, ExceptionItem, OsType } from './model.ts';
import type { ValueLists } from './value-list.ts';
import { asksOf, isAddressType } from './value-list.ts';

export interface LowerOptions {
  readonly types: FieldTypes;
  readonly valueLists: ValueLists;
}

/**
 * The item's predicate, which is false once the event's time is past `expires`; EXC020 and EXC022 for an item that
 * cannot be applied.
 */
export function lowerItem(item: ExceptionItem, options: LowerOptions): Result<Predicate> {
  const lowering = new Lowering(options);
  try {
    const entries = item.entries.map((entry) => lowering.entry(entry, ''));
    const args = [...lowering.osTypes(item.osTypes), ...entries, ...lowering.expiry(item.expires)];
    return success({ kind: 'and', args }, lowering.warnings);
  } catch (error) {
    if (error instanceof DiagnosticError) return failure(...lowering.warnings, error.diagnostic);
    throw error;
  }
}

class Lowering {
  readonly warnings: Diagnostic[] = [];
  readonly #types: FieldTypes;
  readonly #valueLists: ValueLists;

  constructor({ types, valueLists }: LowerOptions) {
    this.#types = types;
    this.#valueLists = valueLists;
  }

  /** `above` is the path of the nested field that it stands in, with a dot, or empty. */
  entry(entry: Entry, above: string): Predicate {
    const where = this.#included(entry, `${above}${entry.field}`);
    return entry.excluded ? { kind: 'not', arg: where } : where;
  }

  /** Elastic's way to say that an item is for some systems only. */
  osTypes(types: readonly OsType[]): Predicate[] {
    if (types.length === 0) return [];
    const asks = types.map((text): Ask => ({ kind: 'value', text, phrase: true }));
    const fields = ['host.os.type', 'host.os.name.caseless'];
    return [either(fields.flatMap((field) => asks.map((ask) => askField(this.#types, field, ask))))];
  }

  expiry(expires: number | undefined): Predicate[] {
    if (expires === undefined) return [];
    const than = new Date(expires).toISOString();
    return [askField(this.#types, '@timestamp', { kind: 'range', bounds: [{ order: 'lte', than }] })];
  }

  #included(entry: Entry, field: string): Predicate {
    switch (entry.kind) {
      case 'values':
        return this.#anyOf(entry, field, entry.values.map(valueAsk(entry)));
      case 'patterns':
        return this.#anyOf(
          entry,
          field,
          entry.patterns.map((pattern): Ask => ({ kind: 'pattern', pattern, ...foldOf(entry) })),
        );
      case 'exists':
        return fieldExists(this.#types, field);
      case 'blocks':
        return this.#anyOf(entry, field, entry.blocks.map(plainAsk), asAddresses(this.#types));
      case 'list':
        return this.#list(entry, field);
      case 'nested': {
        const args = entry.entries.map((inner) => this.entry(inner, `${field}.`));
        return { kind: 'nested', path: this.#types.resolve(field).path, arg: { kind: 'and', args } };
      }
    }
  }

  #list(entry: Extract<Entry, { kind: 'list' }>, field: string): Predicate {
    const list = this.#valueLists.find(entry.listId);
    if (list === undefined) throw this.#unknownList(entry);
    const type =
      entry.type ?? list.type ?? (this.#types.resolve(field).type === 'ip' ? 'ip_range' : 'keyword');
    const { asks, diagnostics } = asksOf(list, type, valueAsk(entry));
    this.warnings.push(...diagnostics);
    return this.#anyOf(entry, field, asks, isAddressType(type) ? asAddresses(this.#types) : this.#types);
  }

  #unknownList({ listId, place }: Extract<Entry, { kind: 'list' }>): DiagnosticError {
    const hint = didYouMean(listId, this.#valueLists.ids());
    const message = `there is no list of values "${listId}"`;
    return new DiagnosticError(diagnostic('EXC020', message, { ...place, hint }));
  }

  #anyOf(entry: Entry, field: string, asks: readonly Ask[], types = this.#types): Predicate {
    const info = types.resolve(field);
    for (const ask of asks) {
      const test = leafTest(info, ask);
      if (test?.kind === 'refused')
        throw new DiagnosticError(diagnostic('EXC022', `${test.because} (field \`${field}\`)`, entry.place));
    }
    return either(asks.map((ask) => askField(types, field, ask)));
  }
}

const plainAsk = (text: string): Ask => ({ kind: 'value', text, phrase: true });

const valueAsk =
  (entry: { readonly ignoreCase: boolean }) =>
  (text: string): Ask => ({ ...plainAsk(text), ...foldOf(entry) });

const foldOf = ({ ignoreCase }: { readonly ignoreCase: boolean }) =>
  ignoreCase ? { fold: 'lower' as const } : {};

/** One leaf where the alternatives differ in their values only: lists can be long. */
const either = (args: readonly Predicate[]): Predicate => simplify({ kind: 'or', args });

/** The same fields, all of them holding addresses. */
const asAddresses = (types: FieldTypes): FieldTypes => ({
  resolve: (name) => ({ ...types.resolve(name), type: 'ip' }),
  names: () => types.names(),
});
