/** YAML documents with the place of every value. */
import type { Document, Node, Pair } from 'yaml';
import { isMap, isScalar, parseAllDocuments } from 'yaml';
import type { Source } from '../../base/source.ts';
import { source } from '../../base/source.ts';
import { Unreadable } from './rule.ts';
import type { Table } from './values.ts';
import { isTable } from './values.ts';

export interface YamlDocument {
  readonly value: Table;
  readonly source: Source;
  /** One-based line of the value at the path; undefined when there is none. */
  line(path: readonly (string | number)[]): number | undefined;
  /** The entries of a table, each with its place from the key to the end of the value. */
  entries(path: readonly string[]): readonly YamlEntry[];
}

export interface YamlEntry {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

export interface YamlFile {
  readonly documents: readonly YamlDocument[];
  /** What was done to the text so that it could be read. */
  readonly mended?: string;
}

/** Every document of the file that is a table. Throws `Unreadable`. */
export function readYaml(path: string, text: string): YamlFile {
  const whole = text.replace(/^\uFEFF/, '');
  const read = parse(whole);
  if (read.problem === undefined) return { documents: documentsOf(path, whole, read.documents) };
  const mended = withIndentedText(whole);
  const again = parse(mended);
  if (again.problem !== undefined) throw new Unreadable(read.problem);
  return {
    documents: documentsOf(path, mended, again.documents),
    mended: 'lines of a quoted text that stand at the left edge were indented',
  };
}

/** Far above what a rule needs, and small enough that a file of references cannot unfold to gigabytes. */
const MOST_ALIASES = 100;

function parse(text: string): { readonly documents: readonly Document[]; readonly problem?: string } {
  const parsed = parseAllDocuments(text, { uniqueKeys: false, prettyErrors: true });
  const documents = Array.isArray(parsed) ? parsed : [];
  const problem = documents.flatMap(({ errors }) => errors)[0]?.message.split('\n')[0];
  return problem === undefined ? { documents } : { documents, problem: problem.replace(/:$/, '') };
}

/**
 * PyYAML, which Splunk's rules are written for, takes lines of a quoted text that are not indented; the standard does
 * not. Spaces before a line do not change what such a text says.
 */
const withIndentedText = (text: string): string => text.replace(/^(?=[^\s#\-\w.'"])/gm, '  ');

function documentsOf(path: string, text: string, documents: readonly Document[]): YamlDocument[] {
  const from = source(path, text);
  return documents.flatMap((document) => {
    const value = valueOf(document);
    return isTable(value) ? [new Read(value, from, document)] : [];
  });
}

function valueOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    throw new Unreadable(error instanceof Error ? error.message : String(error));
  }
}

class Read implements YamlDocument {
  readonly value: Table;
  readonly source: Source;
  readonly #document: Document;

  constructor(value: Table, from: Source, document: Document) {
    this.value = value;
    this.source = from;
    this.#document = document;
  }

  line(path: readonly (string | number)[]): number | undefined {
    const range = (this.#document.getIn(path, true) as Node | undefined)?.range;
    return range === undefined || range === null ? undefined : this.source.place(range[0]).line;
  }

  entries(path: readonly string[]): readonly YamlEntry[] {
    const table = path.length === 0 ? this.#document.contents : this.#document.getIn(path, true);
    return isMap(table) ? table.items.flatMap((pair) => this.#entry(pair as Pair)) : [];
  }

  #entry({ key, value }: Pair): YamlEntry[] {
    const start = (key as Node | null)?.range?.[0];
    const end = (value as Node | null)?.range?.[1];
    if (!isScalar(key) || start === undefined || end === undefined) return [];
    const length = this.source.text.slice(start, end).trimEnd().length;
    return [{ key: String(key.value), start, end: start + length }];
  }
}
