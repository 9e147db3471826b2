import type { ColumnType, ColumnValue } from '../../src/data/column.ts';
import { doubleText } from '../../src/data/convert.ts';
import type { EsqlDefinition, EsqlParameter } from '../../src/func/esql/index.ts';
import { esqlFunctions } from '../../src/func/esql/index.ts';
import { functions } from '../../src/func/index.ts';
import type { FunctionDefinition, Parameter } from '../../src/func/index.ts';

/** The reference page of the query functions, from their definitions; every example on it is run by a test. */
export function functionsPage(): string {
  const all = Object.values<FunctionDefinition>(functions).filter((f) => f.operatorOnly !== true);
  return [
    '# Functions of EQL',
    '',
    'Names may be written in any case. A `~` after the name, where a function has that form, makes',
    'it ignore the case of the letters A to Z. Where nothing else is said, a missing argument gives null, and null is not',
    'true.',
    '',
    ...all.sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap(section),
    '# Functions of ES|QL',
    '',
    'Names may be written in any case. Where nothing else is said, a null argument gives null, and so does one with',
    'several values, which is counted. Dates in the examples are milliseconds since 1970.',
    '',
    ...[...esqlFunctions].sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap(esqlSection),
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

function esqlSection(f: EsqlDefinition): string[] {
  return [
    `## ${f.name}`,
    '',
    `\`${f.name}(${f.parameters.map(esqlSignature).join(', ')})\` gives ${returned(f)}.${also(f)}`,
    '',
    `${f.summary}${policy(f)}`,
    '',
    ...f.parameters.map(
      (p) =>
        `* \`${p.name}\` (${typeWords(p)}${p.optional ? ', optional' : ''}${p.constant ? ', a literal' : ''}): ${p.doc}`,
    ),
    ...(f.parameters.length === 0 ? [] : ['']),
    ...examples(f),
    '',
  ];
}

const esqlSignature = (p: EsqlParameter): string =>
  `${p.name}${p.variadic ? ', …' : ''}${p.optional ? '?' : ''}`;

const article = (type: string): string => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);

function returned({ returns }: EsqlDefinition): string {
  if (returns === 'same') return 'the type of its argument';
  return typeof returns === 'function' ? 'a type that depends on its argument' : article(returns);
}

const also = ({ aliases = [] }: EsqlDefinition): string =>
  aliases.length === 0 ? '' : ` Also ${aliases.map((name) => `\`${name}\``).join(', ')}.`;

function policy(f: EsqlDefinition): string {
  if (f.kind === 'aggregate') return '';
  return f.multi === 'each' ? ' Of several values, each is taken by itself.' : '';
}

/** From so many on, a list of types says no more than that nearly all are taken. */
const MOST_TYPES = 7;

const typeWords = ({ types }: { readonly types: readonly ColumnType[] }): string =>
  types.length >= MOST_TYPES ? 'any' : types.join(', ');

const cell = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;

function examples(f: EsqlDefinition): string[] {
  if (f.kind === 'scalar')
    return [
      '| call | gives |',
      '|---|---|',
      ...f.examples.map((e) => `| ${cell(e.call)} | ${cell(valueText(e.gives))} |`),
    ];
  const shown = f.examples.filter(({ rows }) => rows.length <= 10);
  return [
    '| call | of rows | gives |',
    '|---|---|---|',
    ...shown.map(
      (e) => `| ${cell(e.call)} | ${cell(JSON.stringify(e.rows, exact))} | ${cell(valueText(e.gives))} |`,
    ),
  ];
}

const valueText = (value: ColumnValue): string =>
  typeof value === 'number' && !Number.isInteger(value) ? doubleText(value) : JSON.stringify(value, exact);

const exact = (_: string, part: unknown): unknown => (typeof part === 'bigint' ? String(part) : part);
