/**
 * The types of fields, by ECS name. They decide what a query's leaf means (kql §4): the languages ask while lowering,
 * nothing asks at run time. A field that no table knows is `dynamic`: its type is that of each value, as Elasticsearch
 * would map it (string to keyword, number to long or double, boolean), and it is never an error (kql §5.4).
 */
export type FieldType =
  | 'keyword'
  | 'constant_keyword'
  | 'wildcard'
  | 'text'
  | 'match_only_text'
  | 'long'
  | 'double'
  | 'boolean'
  | 'ip'
  | 'date'
  | 'version'
  | 'geo_point'
  | 'flattened'
  | 'nested'
  | 'object'
  | 'dynamic';

/** How text is cut into tokens (kql §4.4): Unicode words, or runs of word characters and hyphens. */
export type Analyzer = 'standard' | 'word';

export interface FieldInfo {
  /** The name that was asked for. */
  readonly name: string;
  /** The path to read: differs from the name for multi-fields (`process.name.caseless` reads `process.name`). */
  readonly path: string;
  readonly type: FieldType;
  /** Values and patterns are compared in lower case (`.caseless` multi-fields). */
  readonly lowercase?: true;
  /** Of text fields. */
  readonly analyzer?: Analyzer;
  /** Of a key inside a flattened field: the flattened field. The root itself has the type without this. */
  readonly flattenedRoot?: string;
  /** May hold several values by its definition; any field may in practice. */
  readonly array?: true;
}

export interface FieldTypes {
  /** Never fails: an unknown name is `dynamic`. */
  resolve(name: string): FieldInfo;
  /** Every name in the tables, multi-fields included: for field-name wildcards and "did you mean". */
  names(): Iterable<string>;
}
