/** Files of exceptions to items that rules can be given. One broken file or item never stops the rest. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { failure, success } from '../../base/result.ts';
import type { Source } from '../../base/source.ts';
import { source } from '../../base/source.ts';
import type { FieldTypes } from '../../data/field-type.ts';
import type { RuleFiles } from '../load/files.ts';
import type { RuleException } from '../rule.ts';
import { readElasticToml } from './elastic-toml.ts';
import { readKibanaExport } from './kibana-export.ts';
import type { LowerOptions } from './lower.ts';
import { lowerItem } from './lower.ts';
import type { ExceptionFile, ExceptionItem, ExceptionList } from './model.ts';
import { readOwn } from './own.ts';
import { readValueFile, ValueLists } from './value-list.ts';

/** Everything that was given, ready to be bound to rules. */
export interface ExceptionSet {
  readonly lists: readonly LoadedList[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface LoadedList extends Omit<ExceptionList, 'items'> {
  readonly items: readonly LoadedItem[];
}

export interface LoadedItem {
  readonly item: ExceptionItem;
  readonly exception: RuleException;
}

export interface ExceptionOptions {
  readonly types: FieldTypes;
  /** To warn of what has expired, in milliseconds since the epoch; it decides nothing. */
  readonly now: number;
}

/** Reads every file below the paths, each once. Throws `RulePathError` for a path that does not exist. */
export async function loadExceptions(
  paths: readonly string[],
  files: RuleFiles,
  { types, now }: ExceptionOptions,
): Promise<ExceptionSet> {
  const listings = await Promise.all(paths.map((path) => files.list(path)));
  const listed = listings.flatMap((listing) => listing.files);
  const distinct = [...new Map(listed.map((one) => [one.identity, one])).values()];
  const read = await Promise.all(distinct.map(async ({ file }) => readFile(file, await files.read(file))));
  const valueLists = new ValueLists(read.flatMap((file) => file.valueLists));
  const merging = new Merging({ types, valueLists }, now);
  for (const list of read.flatMap((file) => file.lists)) merging.add(list);
  const found = [...listings, ...read].flatMap(({ diagnostics }) => diagnostics);
  return { lists: merging.lists(), diagnostics: [...found, ...merging.diagnostics] };
}

function readFile(file: string, text: Result<string>): ExceptionFile {
  const read = text.ok ? readExceptions(file, text.value) : text;
  return read.ok ? read.value : { lists: [], valueLists: [], diagnostics: read.diagnostics };
}

type Reader = (source: Source, name: string) => Result<ExceptionFile>;

const valueFile: Reader = (source, name) =>
  success({ lists: [], valueLists: [readValueFile(source, name)], diagnostics: [] });

const readers: Readonly<Record<string, Reader>> = {
  toml: readElasticToml,
  yaml: (source, name) => readOwn(source, stemOf(name)),
  yml: (source, name) => readOwn(source, stemOf(name)),
  ndjson: readKibanaExport,
  txt: valueFile,
};

/** Whether a file of this name is looked for in folders of exceptions. */
export const isExceptionName = (name: string): boolean => Object.hasOwn(readers, endingOf(name));

const endingOf = (name: string): string => /\.([^.]*)$/.exec(name)?.[1]?.toLowerCase() ?? '';
const stemOf = (name: string): string => name.replace(/\.[^.]*$/, '');

/** What a file holds; the ending of its name tells the format. */
function readExceptions(file: string, text: string): Result<ExceptionFile> {
  const name = file.split(/[/\\]/).at(-1) ?? file;
  const reader = readers[endingOf(name)];
  const known = Object.keys(readers).map((ending) => `.${ending}`);
  if (reader !== undefined) return reader(source(file, text.replace(/^\uFEFF/, '')), name);
  const hint = `exceptions stand in files that end in ${known.join(', ')}`;
  return failure(
    diagnostic('EXC002', 'no kind of exceptions has this ending', { source: source(file, ''), hint }),
  );
}

/** Lists of one id are one list, wherever their items stand. */
class Merging {
  readonly diagnostics: Diagnostic[] = [];
  readonly #lists = new Map<
    string,
    { readonly list: ExceptionList; readonly items: Map<string, LoadedItem> }
  >();
  readonly #options: LowerOptions;
  readonly #now: number;

  constructor(options: LowerOptions, now: number) {
    this.#options = options;
    this.#now = now;
  }

  add(list: ExceptionList): void {
    const known = this.#lists.get(list.listId) ?? { list, items: new Map<string, LoadedItem>() };
    this.#lists.set(list.listId, known);
    for (const item of list.items) {
      const lowered = lowerItem(item, this.#options);
      this.diagnostics.push(...lowered.diagnostics);
      if (lowered.ok) this.#put(known.items, { item, exception: exceptionOf(list, item, lowered.value) });
    }
  }

  lists(): LoadedList[] {
    return [...this.#lists.values()].map(({ list, items }) => ({ ...list, items: [...items.values()] }));
  }

  #put(items: Map<string, LoadedItem>, added: LoadedItem): void {
    const known = items.get(added.item.id);
    if (known === undefined) {
      items.set(added.item.id, added);
      this.#warnOfExpiry(added);
    } else if (JSON.stringify(known.exception.where) !== JSON.stringify(added.exception.where)) {
      const { line } = known.item.place.source.place(known.item.place.span.start);
      const message = `the exception "${added.item.id}" differs from that at ${known.item.place.source.name}:${line}`;
      this.diagnostics.push(diagnostic('EXC014', message, added.item.place));
    }
  }

  #warnOfExpiry({ item, exception: { expires } }: LoadedItem): void {
    if (item.expires === undefined || item.expires >= this.#now) return;
    const message = `"${item.name}" expired at ${expires}`;
    this.diagnostics.push(diagnostic('EXC203', message, item.place));
  }
}

function exceptionOf(list: ExceptionList, item: ExceptionItem, where: RuleException['where']): RuleException {
  const { id, name, owner, reason, expires, place } = item;
  return {
    list: list.listId,
    item: id,
    name,
    ...(owner === undefined ? {} : { owner }),
    ...(reason === undefined ? {} : { reason }),
    ...(expires === undefined ? {} : { expires: new Date(expires).toISOString() }),
    where,
    place,
  };
}
