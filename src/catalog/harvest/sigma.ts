/**
 * Sigma rules, and Sigma filters, which are files of their own (false-positives §3.1). Older files may hold several
 * documents of which one, marked `action: global`, is part of all others, may give one text instead of a list, and may
 * have no id.
 */
import { globMatcher } from '../../data/glob.ts';
import { globPattern } from '../../data/pattern.ts';
import type { RuleSeverity } from '../model.ts';
import { severities } from '../model.ts';
import { dataSourcesOf } from './data-sources.ts';
import type { Attachment, Found, Harvested, HarvestedRule } from './rule.ts';
import { tacticsIn, techniquesIn } from './tags.ts';
import type { Table } from './values.ts';
import { dayOf, isTable, optional, tableOf, textOf, textsOf } from './values.ts';
import type { YamlDocument, YamlEntry, YamlFile } from './yaml.ts';

const isSigmaRule = (value: Table): boolean => isTable(value['detection']) || isTable(value['correlation']);

const isFilter = (value: Table): boolean => isTable(value['filter']);

/** Whether any document of the file is Sigma's. */
export const isSigma = ({ documents }: YamlFile): boolean =>
  documents.some(({ value }) => isSigmaRule(value) || (isFilter(value) && 'logsource' in value));

export function readSigma(path: string, { documents, mended }: YamlFile): Harvested {
  const shared = documents.find(({ value }) => value['action'] === 'global')?.value ?? {};
  const own = documents.filter(({ value }) => value['action'] !== 'global');
  const rules = own.filter(({ value }) => isSigmaRule(merged(shared, value)));
  return {
    rules: rules.map((document, index) => readRule(path, document, shared, index)),
    attachments: own.filter(({ value }) => isFilter(value)).flatMap(filterFile),
    ...optional('mended', mended),
  };
}

/** The detection of a part is added to that of the whole; everything else is the part's own. */
const merged = (shared: Table, value: Table): Table =>
  'detection' in shared && 'detection' in value
    ? { ...shared, ...value, detection: { ...tableOf(shared['detection']), ...tableOf(value['detection']) } }
    : { ...shared, ...value };

function readRule(path: string, document: YamlDocument, shared: Table, index: number): HarvestedRule {
  const rule = merged(shared, document.value);
  const tags = textsOf(rule['tags']);
  const { authors, teams } = authorsOf(textOf(rule['author']));
  const { logic, filters } = detectionOf(document);
  const level = textOf(rule['level']).toLowerCase();
  return {
    source: 'sigma',
    id: textOf(rule['id']) || (index === 0 ? path : `${path}#${index + 1}`),
    name: textOf(rule['title']) || path,
    description: textOf(rule['description']).trim(),
    authors,
    teams,
    status: statusOf(path, textOf(rule['status'])),
    maturity: textOf(rule['status']),
    type: typeOf(rule),
    language: 'sigma',
    logic,
    ...optional('license', textOf(rule['license'])),
    ...optional('severity', severities.find((one) => one === level) as RuleSeverity | undefined),
    ...optional('created', dayOf(rule['date'])),
    ...optional('updated', dayOf(rule['modified'] ?? rule['date'])),
    techniques: techniquesIn(tags),
    tactics: tacticsIn(tags),
    data: dataSourcesOf(sourceWords(path, tableOf(rule['logsource']))),
    tags,
    references: textsOf(rule['references']),
    field: textsOf(rule['falsepositives']).map((text, ordinal) => entry(document, text, ordinal)),
    found: filters,
  };
}

function statusOf(path: string, status: string): HarvestedRule['status'] {
  const folders = path.split('/');
  if (status === 'deprecated' || folders.includes('deprecated')) return 'deprecated';
  return status === 'unsupported' || folders.includes('unsupported') ? 'unsupported' : 'active';
}

function typeOf({ logsource, correlation }: Table): string {
  if (isTable(correlation)) return 'correlation';
  const { category, service, product } = tableOf(logsource);
  return textOf(category) || textOf(service) || textOf(product);
}

const sourceWords = (path: string, { product, service, category }: Table): string[] => [
  ...path.split('/').slice(1, -1),
  ...[product, service, category].map(textOf),
];

const NOTE = /^@|^(idea|rule|fp|fix)/i;
const DEED = /^[a-z][^.]*$/;

/**
 * `Ann (@ann), Bo (Some Company)`: a handle is no company, nor is what somebody did ("fixes", "originally from …"), which
 * begins with a small letter and is no address.
 */
function authorsOf(text: string): Pick<HarvestedRule, 'authors' | 'teams'> {
  const authors = text
    .split(/,\s*(?![^(]*\))/)
    .map((author) => author.trim())
    .filter((author) => author !== '');
  const groups = [...text.matchAll(/\(([^)]+)\)/g)].flatMap(([, inside = '']) => inside.split(/[,/]/));
  const teams = groups
    .map((team) => team.trim())
    .filter((team) => team !== '' && !NOTE.test(team) && !DEED.test(team));
  return { authors, teams: [...new Set(teams)] };
}

function entry(document: YamlDocument, text: string, ordinal: number): Found {
  const line = document.line(['falsepositives', ordinal]) ?? document.line(['falsepositives']);
  return { origin: 'field', text: text.trim(), ...optional('line', line) };
}

/** The block as written, and the selections that its condition negates. */
function detectionOf(document: YamlDocument): { readonly logic: string; readonly filters: readonly Found[] } {
  const block = document.entries([]).find(({ key }) => key === 'detection' || key === 'correlation');
  if (block === undefined) return { logic: '', filters: [] };
  const parts = document.entries(['detection']);
  const negated = negatedNames(textsOf(tableOf(document.value['detection'])['condition']).join('\n'), parts);
  const filters = parts
    .filter(({ key }) => negated.has(key))
    .map((part) => filter(document, part, { start: part.start - block.start, end: part.end - block.start }));
  return { logic: document.source.text.slice(block.start, block.end), filters };
}

/** The selections behind a `not`: one name, a pattern (`1 of filter_*`), or a group in parentheses. */
function negatedNames(condition: string, parts: readonly YamlEntry[]): ReadonlySet<string> {
  const groups = [
    ...condition.matchAll(/\bnot\s+(\((?:[^()]|\([^()]*\))*\)|(?:\d+|all|any)\s+of\s+[\w*]+|[\w*]+)/gi),
  ];
  const words = groups.flatMap(
    ([, group = '']) => group.replace(/\bnot\s+[\w*]+/gi, '').match(/[\w*]+/g) ?? [],
  );
  const patterns = words.map((word) => globMatcher(globPattern(word)));
  const names = parts.map(({ key }) => key).filter((key) => key !== 'condition' && key !== 'timeframe');
  return new Set(names.filter((name) => patterns.some((matches) => matches(name))));
}

function filter(
  document: YamlDocument,
  part: YamlEntry,
  span: { readonly start: number; readonly end: number },
): Found {
  const { line, column } = document.source.place(part.start);
  const text = document.source.text
    .slice(part.start, part.end)
    .replaceAll(new RegExp(`\n {0,${column - 1}}`, 'g'), '\n');
  const value = tableOf(document.value['detection'])[part.key];
  return { origin: 'named-filter', text, label: part.key, line, span, fields: fieldsIn(value) };
}

/** The keys of a selection without their modifiers. */
function fieldsIn(selection: unknown): string[] {
  const tables = Array.isArray(selection) ? selection.filter(isTable) : [tableOf(selection)];
  return [...new Set(tables.flatMap(Object.keys).map((key) => key.split('|')[0] ?? ''))].filter(
    (key) => key !== '',
  );
}

/** A filter in a file of its own; each of its selections is one. */
function filterFile(document: YamlDocument): Attachment[] {
  const { rules } = tableOf(document.value['filter']);
  const named = textsOf(rules);
  const parts = document.entries(['filter']).filter(({ key }) => key !== 'rules' && key !== 'condition');
  return parts.map(({ key, start, end }) => ({
    source: 'sigma',
    rules: named,
    found: {
      origin: 'named-filter',
      text: document.source.text.slice(start, end),
      label: textOf(document.value['title']) || key,
      fields: fieldsIn(tableOf(document.value['filter'])[key]),
    },
  }));
}
