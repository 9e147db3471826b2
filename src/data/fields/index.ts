/**
 * What Winnow knows about field names: ECS, and the integrations whose fields rules read. How a name is resolved, in
 * this order: an alias; a table's entry; a multi-field of an entry (`.caseless`, `.text`, `.keyword`); a key inside a
 * flattened field; `.caseless` or `.keyword` behind a name that no table knows; else `dynamic` (kql §4, §5.3, §5.4).
 */
import type { FieldInfo, FieldType, FieldTypes } from '../field-type.ts';
import { awsFields } from './aws.ts';
import { azureFields } from './azure.ts';
import { cloudDefendFields } from './cloud-defend.ts';
import { ecsFields } from './ecs.generated.ts';
import { endpointFields } from './endpoint.ts';
import { googleFields } from './google.ts';
import { kibanaFields } from './kibana.ts';
import { kubernetesFields } from './kubernetes.ts';
import { o365Fields } from './o365.ts';
import { oktaFields } from './okta.ts';
import type { FieldOverride, FieldTable } from './table.ts';
import { fieldInfo, multiFieldNames, tableFields } from './table.ts';
import { windowsFields } from './windows.ts';

export type { FieldOverride } from './table.ts';

/** A later table wins over an earlier one. */
const tables: readonly FieldTable[] = [
  ecsFields,
  kubernetesFields,
  cloudDefendFields,
  endpointFields,
  windowsFields,
  awsFields,
  azureFields,
  googleFields,
  oktaFields,
  o365Fields,
  kibanaFields,
];

const builtinEntries: ReadonlyMap<string, FieldInfo> = new Map(
  tables.flatMap((table) => Array.from(tableFields(table), (field) => [field.name, field] as const)),
);
const builtinMultiFields: readonly string[] = tables.flatMap(multiFieldNames);
const aliases: ReadonlyMap<string, string> = new Map(
  tables.flatMap((table) => Object.entries(table.aliases ?? {})),
);

class TabledFieldTypes implements FieldTypes {
  readonly #entries: ReadonlyMap<string, FieldInfo>;

  constructor(entries: ReadonlyMap<string, FieldInfo>) {
    this.#entries = entries;
  }

  resolve(name: string): FieldInfo {
    const alias = aliases.get(name);
    if (alias !== undefined && !this.#entries.has(name)) return { ...this.resolve(alias), name };
    return this.#entries.get(name) ?? this.#multiField(name) ?? this.#flattenedKey(name) ?? unknown(name);
  }

  *names(): Generator<string> {
    yield* this.#entries.keys();
    yield* aliases.keys();
    yield* builtinMultiFields;
  }

  #multiField(name: string): FieldInfo | undefined {
    const { parent, suffix } = split(name);
    const entry = this.#entries.get(parent);
    if (entry === undefined || withoutMultiFields.has(entry.type)) return undefined;
    if (suffix === 'text') return { ...fieldInfo(name, { type: 'match_only_text' }), path: parent };
    return keywordMultiField(name);
  }

  #flattenedKey(name: string): FieldInfo | undefined {
    for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      const root = name.slice(0, dot);
      if (this.#entries.get(root)?.type === 'flattened')
        return { name, path: name, type: 'flattened', flattenedRoot: root };
    }
    return undefined;
  }
}

const withoutMultiFields: ReadonlySet<FieldType> = new Set(['object', 'nested', 'flattened']);

/** A name that ends in `.text` may well be a field of its own, so only a known parent makes it a multi-field. */
const unknown = (name: string): FieldInfo => keywordMultiField(name) ?? { name, path: name, type: 'dynamic' };

/** The parent's value as one keyword, for `.keyword` and, in lower case, for `.caseless`. */
function keywordMultiField(name: string): FieldInfo | undefined {
  const { parent: path, suffix } = split(name);
  if (path === '') return undefined;
  if (suffix === 'caseless') return { name, path, type: 'keyword', lowercase: true };
  return suffix === 'keyword' ? { name, path, type: 'keyword' } : undefined;
}

function split(name: string): { readonly parent: string; readonly suffix: string } {
  const dot = name.lastIndexOf('.');
  return { parent: name.slice(0, Math.max(dot, 0)), suffix: name.slice(dot + 1) };
}

/** ECS and the integrations. */
export const builtinFieldTypes: FieldTypes = new TabledFieldTypes(builtinEntries);

/** The same with fields of one's own over it; a name given here wins over the tables. */
export function fieldTypes(overrides: Readonly<Record<string, FieldType | FieldOverride>>): FieldTypes {
  const entries = new Map(builtinEntries);
  for (const [name, field] of Object.entries(overrides))
    entries.set(name, fieldInfo(name, typeof field === 'string' ? { type: field } : field));
  return new TabledFieldTypes(entries);
}
