/**
 * Exception lists as Kibana exports them: one JSON object on a line, lists before their items, possibly behind the rules
 * that they belong to. Items of value lists, as Kibana's API gives them, are read too.
 */
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { success } from '../../base/result.ts';
import type { Source } from '../../base/source.ts';
import { span } from '../../base/span.ts';
import { isObject } from '../../data/document.ts';
import { Cursor } from '../format/cursor.ts';
import { parseJson } from '../format/json.ts';
import { Positions } from '../format/positions.ts';
import { exceptionCodes } from './common.ts';
import type { Container } from './elastic.ts';
import { readContainer, readItem } from './elastic.ts';
import type { ExceptionFile, ExceptionItem, ListedValue, ValueList } from './model.ts';
import { noRules } from './model.ts';

/** A line that is no JSON is RULE006; rules, connectors and the summary of an export are passed over. */
export function readKibanaExport(source: Source): Result<ExceptionFile> {
  const reading = new Reading(source);
  for (const { 0: line, index } of source.text.matchAll(/[^\r\n]*\S[^\r\n]*/g)) reading.line(line, index);
  return success(reading.file());
}

class Reading {
  readonly #source: Source;
  readonly #found: Diagnostic[] = [];
  readonly #containers = new Map<string, Container>();
  readonly #items = new Map<string, ExceptionItem[]>();
  readonly #valueLists = new Map<string, ValueList & { readonly values: ListedValue[] }>();

  constructor(source: Source) {
    this.#source = source;
  }

  line(line: string, index: number): void {
    const parsed = parseJson(this.#source, span(index, index + line.length));
    if (!parsed.ok) {
      this.#found.push(...parsed.diagnostics);
      return;
    }
    const { value, entry } = parsed.value;
    const positions = new Positions(this.#source, () => entry);
    if (!isObject(value) || typeof value['list_id'] !== 'string') return;
    this.#object(value['list_id'], Cursor.over({ value, positions }, exceptionCodes, this.#found));
  }

  file(): ExceptionFile {
    const ids = new Set([...this.#containers.keys(), ...this.#items.keys()]);
    const lists = [...ids].map((id) => this.#list(id));
    return { lists, valueLists: [...this.#valueLists.values()], diagnostics: this.#found };
  }

  #object(listId: string, cursor: Cursor): void {
    if (cursor.child('entries').isSet || cursor.child('item_id').isSet) {
      const items = this.#items.get(listId) ?? [];
      items.push(...readItem(cursor, items.length, noRules, this.#found));
      this.#items.set(listId, items);
    } else if (cursor.child('value').isSet) {
      this.#value(listId, cursor);
    } else if (cursor.child('name').isSet) {
      const container = readContainer(cursor);
      if (container !== undefined) this.#containers.set(listId, container);
    }
  }

  #value(id: string, cursor: Cursor): void {
    const value = cursor.child('value');
    const type = cursor.child('type').text();
    const list = this.#valueLists.get(id) ?? { id, ...(type === undefined ? {} : { type }), values: [] };
    list.values.push({ text: value.scalar() ?? '', place: value.place });
    this.#valueLists.set(id, list);
  }

  /** Items can come without their list. */
  #list(listId: string) {
    const items = this.#items.get(listId) ?? [];
    const place = items[0]?.place ?? { source: this.#source, span: span(0, 0) };
    const container = this.#containers.get(listId);
    return { ...(container ?? { listId, name: listId, type: 'detection' as const, place }), items };
  }
}
