/**
 * Elastic's exception lists and items (engine A7), as its TOML files and Kibana's exports have them: the same keys in
 * both, but for what Kibana keeps about stored objects.
 */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { didYouMean } from '../../base/typo.ts';
import { wildcardPattern } from '../../lang/filter/leaves.ts';
import type { Cursor } from '../format/cursor.ts';
import { expiryAt, unlessBroken } from './common.ts';
import type { Entry, ExceptionItem, ExceptionList, RuleChoice } from './model.ts';
import { listTypes, osTypes } from './model.ts';

const STORED =
  'id _version created_at created_by updated_at updated_by tie_breaker_id immutable version'.split(' ');
const CONTAINER_KEYS = 'list_id name type namespace_type description tags meta os_types comments'
  .split(' ')
  .concat(STORED);
const ITEM_KEYS = CONTAINER_KEYS.concat(['item_id', 'entries', 'expire_time']);

export type Container = Omit<ExceptionList, 'items'>;

/** Undefined for a list without an id. */
export function readContainer(cursor: Cursor): Container | undefined {
  cursor.table(CONTAINER_KEYS);
  const listId = cursor.child('list_id').needText();
  if (listId === undefined) return undefined;
  const type = cursor.child('type').choice(listTypes) ?? 'detection';
  return { listId, name: cursor.child('name').text() ?? listId, type, place: cursor.place };
}

/** No item when it has an error, which is in `found`. */
export function readItem(
  cursor: Cursor,
  position: number,
  rules: RuleChoice,
  found: readonly Diagnostic[],
): ExceptionItem[] {
  return unlessBroken(found, () => {
    cursor.table(ITEM_KEYS);
    const name = cursor.child('name').text();
    const id = cursor.child('item_id').text() ?? name ?? `item ${position + 1}`;
    const reason = reasonOf(cursor);
    const expires = expiryAt(cursor.child('expire_time'));
    return {
      id,
      name: name ?? id,
      ...(reason === undefined ? {} : { reason }),
      ...(expires === undefined ? {} : { expires }),
      osTypes: cursor
        .child('os_types')
        .oneOrMore()
        .flatMap((one) => one.choice(osTypes) ?? []),
      rules,
      entries: entriesOf(cursor),
      place: cursor.place,
    };
  });
}

/** The description, else the last comment. */
function reasonOf(item: Cursor): string | undefined {
  const { value } = item.child('description');
  if (typeof value === 'string' && value.trim() !== '') return value;
  return item.child('comments').list().at(-1)?.child('comment').text();
}

function entriesOf(holder: Cursor): Entry[] {
  const entries = holder.child('entries');
  const list = entries.list();
  if (!entries.isSet) entries.missing();
  else if (list.length === 0) entries.wrong('a list with at least one entry');
  return list.flatMap(readEntry);
}

const operators = ['included', 'excluded'] as const;

type Common = Pick<Entry, 'field' | 'excluded' | 'place'>;
type ReadEntry = (entry: Cursor, common: Common) => Entry;

const VALUE_KEYS = ['type', 'field', 'operator', 'value'];

const entryTypes: Readonly<Record<string, { readonly keys: readonly string[]; readonly read: ReadEntry }>> = {
  match: {
    keys: VALUE_KEYS,
    read: (entry, common) => ({ kind: 'values', values: [oneValue(entry)], ignoreCase: false, ...common }),
  },
  match_any: {
    keys: VALUE_KEYS,
    read: (entry, common) => ({ kind: 'values', values: severalValues(entry), ignoreCase: false, ...common }),
  },
  wildcard: {
    keys: VALUE_KEYS,
    read: (entry, common) => {
      const patterns = [wildcardPattern(oneValue(entry))];
      return { kind: 'patterns', patterns, ignoreCase: false, ...common };
    },
  },
  exists: {
    keys: ['type', 'field', 'operator'],
    read: (_, common) => ({ kind: 'exists', ...common }),
  },
  list: {
    keys: ['type', 'field', 'operator', 'list'],
    read: (entry, common) => {
      const list = entry.child('list');
      list.table(['id', 'type']);
      const type = list.child('type').text();
      if (!list.isSet) list.missing();
      const listId = list.isSet ? list.child('id').needText() : undefined;
      return {
        kind: 'list',
        listId: listId ?? '',
        ...(type === undefined ? {} : { type }),
        ignoreCase: false,
        ...common,
      };
    },
  },
  nested: {
    keys: ['type', 'field', 'entries'],
    read: (entry, common) => ({ kind: 'nested', entries: entriesOf(entry), ...common }),
  },
};

function readEntry(entry: Cursor): Entry[] {
  const type = entry.child('type').needText();
  const known = Object.keys(entryTypes);
  const reader = Object.hasOwn(entryTypes, type ?? '') ? entryTypes[type ?? ''] : undefined;
  if (reader === undefined) {
    const hint = didYouMean(type ?? '', known) ?? `understood are ${known.join(', ')}`;
    if (type !== undefined) entry.child('type').say('EXC013', `there is no entry of type "${type}"`, hint);
    return [];
  }
  entry.table(reader.keys);
  const field = entry.child('field').needText() ?? '';
  const excluded = entry.child('operator').choice(operators) === 'excluded';
  return [reader.read(entry, { field, excluded, place: entry.place })];
}

function oneValue(entry: Cursor): string {
  const value = entry.child('value');
  if (!value.isSet) value.missing();
  else if (Array.isArray(value.value)) value.wrong('one text', 'use type = "match_any" for several');
  else return value.scalar() ?? '';
  return '';
}

function severalValues(entry: Cursor): string[] {
  const value = entry.child('value');
  if (!value.isSet) value.missing();
  else if (!Array.isArray(value.value)) value.wrong('a list of texts', 'use type = "match" for one');
  else if (value.value.length === 0) value.wrong('a list with at least one text');
  return value.isSet ? value.scalars() : [];
}
