import { existsSync, readFileSync } from 'node:fs';

interface Attack {
  readonly version: string;
  readonly license: string;
  readonly techniques: readonly {
    readonly id: string;
    readonly name: string;
    readonly tactics?: readonly string[];
    readonly revokedBy?: string;
  }[];
  readonly tactics: readonly { readonly id: string; readonly name: string; readonly shortname: string }[];
  readonly v18_to_v19: Readonly<Record<string, { readonly id: string; readonly name: string }>>;
}

const source = new URL('../../../shared/data/attack/enterprise-attack.json', import.meta.url);

/**
 * `src/catalog/attack/table.generated.ts`, from a reduced copy of ATT&CK: ids, names, tactics, and which id replaces
 * which. Undefined where that copy is not at hand; the written file stays as it is.
 */
export function attackTable(): string | undefined {
  if (!existsSync(source)) return undefined;
  const attack = JSON.parse(readFileSync(source, 'utf8')) as Attack;
  const { version, license, techniques, tactics, v18_to_v19: later } = attack;
  const replaced = techniques.filter((technique) => technique.revokedBy !== undefined);
  return [
    `// Written by scripts/generate.ts from MITRE ATT&CK Enterprise ${version}. Do not edit.`,
    `// ${license}`,
    '',
    `export const version = '${version}';`,
    '',
    '/** Must be shown wherever the table is. */',
    `export const attribution =\n  '${license}';`,
    '',
    '/** Short name and name. */',
    `export const tactics = ${lines(tactics.map(({ shortname, name }) => `${shortname} ${name}`))};`,
    '',
    '/** Id, short names of its tactics, name. */',
    `export const techniques = ${lines(techniques.map((t) => `${t.id} ${(t.tactics ?? []).join(',') || '-'} ${t.name}`))};`,
    '',
    '/** Id, and the id that replaced it in the same version. */',
    `export const revoked = ${lines(replaced.map(({ id, revokedBy = '' }) => `${id} ${revokedBy}`))};`,
    '',
    '/** Id, and the id and name that replace it from version 19 on. */',
    `export const renamed = ${lines(Object.entries(later).map(([id, now]) => `${id} ${now.id} ${now.name}`))};`,
    '',
  ].join('\n');
}

const lines = (all: readonly string[]): string => `\`\n${all.join('\n').replaceAll('`', '\\`')}\n\``;
