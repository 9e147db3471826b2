/** A table of field names: compact to write, opened into one entry a name when the module is loaded. */
import type { Analyzer, FieldInfo, FieldType } from '../field-type.ts';

export interface FieldTable {
  /** Names by type, parted by white space; `[]` behind a name says that it holds several values by definition. */
  readonly types: Readonly<Partial<Record<FieldType, string>>>;
  /** Text fields that are cut by the `word` analyzer. */
  readonly words?: string;
  /** Names that have a `.text` multi-field. */
  readonly text?: string;
  /** Names that have a `.caseless` multi-field. */
  readonly caseless?: string;
  /** Other names of fields. */
  readonly aliases?: Readonly<Record<string, string>>;
}

/** More than a type, for the fields that need it. */
export interface FieldOverride {
  readonly type: FieldType;
  readonly lowercase?: true;
  readonly analyzer?: Analyzer;
  readonly array?: true;
}

/** Every field of the table under its name, multi-fields left out. */
export function* tableFields(table: FieldTable): Generator<FieldInfo> {
  for (const name of words(table.words)) yield fieldInfo(name, { type: 'text', analyzer: 'word' });
  for (const [type, list] of Object.entries(table.types)) {
    for (const word of words(list)) {
      const array = word.endsWith('[]');
      const name = array ? word.slice(0, -2) : word;
      yield fieldInfo(name, { type: type as FieldType, ...(array ? { array } : {}) });
    }
  }
}

/** The names of the table's multi-fields. */
export const multiFieldNames = (table: FieldTable): string[] => [
  ...words(table.text).map((name) => `${name}.text`),
  ...words(table.caseless).map((name) => `${name}.caseless`),
];

/** Fills in what a type implies: text fields have an analyzer. */
export function fieldInfo(name: string, field: FieldOverride): FieldInfo {
  const isText = field.type === 'text' || field.type === 'match_only_text';
  return { name, path: name, ...(isText ? { analyzer: 'standard' } : {}), ...field };
}

const words = (list: string | undefined): string[] => list?.split(/\s+/).filter((word) => word !== '') ?? [];
