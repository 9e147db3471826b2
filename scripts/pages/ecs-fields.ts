import { EcsFlat, EcsVersion } from '@elastic/ecs';

interface EcsField {
  readonly type: string;
  readonly normalize?: readonly string[];
  readonly multi_fields?: readonly { readonly name: string }[];
}

/** ECS's number types that Winnow does not tell apart. */
const merged: Readonly<Record<string, string>> = { integer: 'long', float: 'double', scaled_float: 'double' };

/** `src/data/fields/ecs.generated.ts`, from the devDependency @elastic/ecs: names by type, nothing else. */
export function ecsFields(): string {
  const names = new Map<string, string[]>();
  const text: string[] = [];
  for (const [name, field] of Object.entries(EcsFlat as Readonly<Record<string, EcsField>>).sort(byName)) {
    const type = merged[field.type] ?? field.type;
    const array = field.normalize?.includes('array') ?? false;
    names.set(type, [...(names.get(type) ?? []), array ? `${name}[]` : name]);
    if (field.multi_fields?.some((multi) => multi.name === 'text')) text.push(name);
  }
  const types = [...names].sort(byName).map(([type, list]) => `    ${type}: ${block(list)},`);
  return [
    `// Written by scripts/generate.ts from @elastic/ecs ${EcsVersion} (Apache-2.0). Do not edit.`,
    "import type { FieldTable } from './table.ts';",
    '',
    'export const ecsFields: FieldTable = {',
    '  types: {',
    ...types,
    '  },',
    `  text: ${block(text)},`,
    '};',
    '',
  ].join('\n');
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

const block = (names: readonly string[]): string => `\`\n${names.join('\n')}\n\``;
