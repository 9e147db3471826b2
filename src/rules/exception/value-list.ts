/** Lists of values that entries refer to by id, and what their lines mean by the list's type (engine A7). */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import type { Source } from '../../base/source.ts';
import { span } from '../../base/span.ts';
import { compareAddresses, parseAddress, parseBlock } from '../../data/address.ts';
import type { Ask } from '../../lang/kit/leaf.ts';
import type { ListedValue, ValueList } from './model.ts';

/** A text file with one value on a line; the name of the file is the id, as with Kibana's upload. */
export function readValueFile(source: Source, fileName: string): ValueList {
  const lines = source.text.matchAll(/[^\r\n]+/g);
  const values = Array.from(lines, ({ 0: line, index }) => valueAt(source, line, index)).filter(
    ({ text }) => text !== '',
  );
  return { id: fileName, values };
}

function valueAt(source: Source, line: string, index: number): ListedValue {
  const text = line.trim();
  const start = index + line.indexOf(text);
  return { text, place: { source, span: span(start, start + text.length) } };
}

/** Lists by their id. A file is found with its ending and without it. */
export class ValueLists {
  readonly #byId = new Map<string, ValueList>();

  constructor(lists: readonly ValueList[]) {
    for (const list of lists) {
      const stem = list.id.replace(/\.[^.]*$/, '');
      for (const id of [list.id, stem]) if (!this.#byId.has(id)) this.#byId.set(id, list);
    }
  }

  find(id: string): ValueList | undefined {
    return this.#byId.get(id) ?? this.#byId.get(id.replace(/\.[^.]*$/, ''));
  }

  ids(): Iterable<string> {
    return this.#byId.keys();
  }
}

/** Types whose values are addresses, blocks of them or ranges `from-to`, whatever the field is. */
export const isAddressType = (type: string): boolean => type === 'ip' || type === 'ip_range';

/** What a field is asked for each value of a list; values that are none of its type are EXC021 and left out. */
export function asksOf(
  { values }: ValueList,
  type: string,
  ask: (text: string) => Ask,
): { readonly asks: readonly Ask[]; readonly diagnostics: readonly Diagnostic[] } {
  if (!isAddressType(type)) return { asks: values.map(({ text }) => ask(text)), diagnostics: [] };
  const read = values.map((value) => ({ value, ask: addressAsk(value.text) }));
  const wrong = read.filter((one) => one.ask === undefined);
  return {
    asks: read.flatMap((one) => one.ask ?? []),
    diagnostics: wrong.map(({ value: { text, place } }) =>
      diagnostic('EXC021', `"${text}" is no IP address, block or range`, place),
    ),
  };
}

function addressAsk(text: string): Ask | undefined {
  if (parseBlock(text) !== undefined) return { kind: 'value', text, phrase: true };
  const [from = '', to = '', more] = text.split('-').map((part) => part.trim());
  const [low, high] = [parseAddress(from), parseAddress(to)];
  if (more !== undefined || low === undefined || high === undefined) return undefined;
  if (compareAddresses(low, high) > 0) return undefined;
  const bounds = [
    { order: 'gte', than: from },
    { order: 'lte', than: to },
  ] as const;
  return { kind: 'range', bounds };
}
