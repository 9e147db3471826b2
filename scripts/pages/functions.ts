import { functions } from '../../src/func/index.ts';
import type { FunctionDefinition, Parameter } from '../../src/func/index.ts';

/** The reference page of the query functions, from their definitions; every example on it is run by a test. */
export function functionsPage(): string {
  const all = Object.values<FunctionDefinition>(functions).filter((f) => f.operatorOnly !== true);
  return [
    '# Functions',
    '',
    'The functions of EQL. Names may be written in any case. A `~` after the name, where a function has that form, makes',
    'it ignore the case of the letters A to Z. Where nothing else is said, a missing argument gives null, and null is not',
    'true.',
    '',
    ...all.sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap(section),
  ].join('\n');
}

function section(f: FunctionDefinition): string[] {
  return [
    `## ${f.name}`,
    '',
    `\`${f.name}(${f.parameters.map(signature).join(', ')})\` gives a ${f.returns}.${f.insensitive ? ` Also \`${f.name}~\`.` : ''}`,
    '',
    f.summary,
    '',
    ...f.parameters.map((p) => `* \`${p.name}\` (${p.type}${p.optional ? ', optional' : ''}): ${p.doc}`),
    '',
    '| call | gives |',
    '|---|---|',
    ...f.examples.map((e) => `| \`${e.call.replaceAll('|', '\\|')}\` | \`${JSON.stringify(e.gives)}\` |`),
    '',
  ];
}

const signature = (p: Parameter): string => `${p.name}${p.variadic ? ', …' : ''}${p.optional ? '?' : ''}`;
