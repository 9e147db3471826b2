/** Rules in Elastic's TOML format, Elastic's own and others' (engine B1–B3). Unknown keys are no reason to refuse. */
import { source } from '../../base/source.ts';
import type { Source } from '../../base/source.ts';
import type { Positions } from '../../rules/format/positions.ts';
import { parseToml } from '../../rules/format/toml.ts';
import { standardToolkit } from '../../rules/load/toolkit.ts';
import type { RuleSeverity, SourceName } from '../model.ts';
import { severities } from '../model.ts';
import { dataSourcesOf } from './data-sources.ts';
import type { Exclusion } from './exclusions.ts';
import { exclusionsOf } from './exclusions.ts';
import { guideFindings, readGuide } from './guide.ts';
import type { Found, Harvested, HarvestedRule } from './rule.ts';
import { Unreadable } from './rule.ts';
import type { Table } from './values.ts';
import { dayOf, isTable, optional, tableOf, tablesOf, textOf, textsOf } from './values.ts';

/** The rule of a TOML file; none when it has no `[rule]` table. Throws `Unreadable` for text that is no TOML. */
export function readElastic(path: string, text: string): Harvested {
  const parsed = parseToml(source(path, text.replace(/^\uFEFF/, '')));
  if (!parsed.ok) throw new Unreadable(parsed.diagnostics[0]?.message ?? 'not valid TOML');
  const { value, positions } = parsed.value;
  const { rule } = value as Table;
  return { rules: isTable(rule) ? [readRule(path, tableOf(value['metadata']), rule, positions)] : [] };
}

function readRule(path: string, metadata: Table, rule: Table, positions: Positions): HarvestedRule {
  const authors = textsOf(rule['author']);
  const note = textOf(rule['note']);
  const severity = severities.find((one) => one === rule['severity']);
  return {
    source: 'local',
    id: textOf(rule['rule_id']) || path,
    name: textOf(rule['name']) || path,
    description: textOf(rule['description']).trim(),
    authors,
    teams: authors,
    status: isDeprecated(path, metadata) ? 'deprecated' : 'active',
    maturity: textOf(metadata['maturity']),
    type: textOf(rule['type']),
    language: textOf(rule['language']),
    logic: textOf(rule['query']),
    ...optional('license', textOf(rule['license'])),
    ...optional('severity', severity as RuleSeverity | undefined),
    ...optional('created', dayOf(metadata['creation_date'])),
    ...optional('updated', dayOf(metadata['updated_date'])),
    ...attackOf(rule),
    data: dataSourcesOf(sourceWords(path, metadata, rule)),
    tags: textsOf(rule['tags']),
    references: textsOf(rule['references']),
    field: fieldOf(rule, positions),
    found: [...guideOf(note, positions), ...clausesOf(rule, positions)],
    ...(note === '' ? {} : { guide: readGuide(note) }),
  };
}

/** Whose collection rules in this format are: Elastic's holds rules by others too. */
export function publisherOf(rules: readonly { readonly authors: readonly string[] }[]): SourceName {
  const isBy = (name: string) => rules.some(({ authors }) => authors.includes(name));
  if (isBy('Elastic')) return 'elastic';
  return isBy('Winnow') ? 'winnow' : 'local';
}

const isDeprecated = (path: string, metadata: Table): boolean =>
  metadata['maturity'] === 'deprecated' || path.split('/').includes('_deprecated');

function attackOf(rule: Table): Pick<HarvestedRule, 'techniques' | 'tactics'> {
  const threats = tablesOf(rule['threat']);
  const entries = threats
    .flatMap(({ technique }) => tablesOf(technique))
    .flatMap((technique) => [technique, ...tablesOf(technique['subtechnique'])]);
  const byId = new Map(entries.map(({ id, name }) => [textOf(id), textOf(name)]));
  const tactics = threats.map(({ tactic }) =>
    textOf(tableOf(tactic)['name']).toLowerCase().replaceAll(' ', '-'),
  );
  return {
    techniques: [...byId]
      .filter(([id]) => id !== '')
      .map(([id, name]) => ({ id, ...optional('name', name) })),
    tactics: [...new Set(tactics.filter((tactic) => tactic !== ''))],
  };
}

/** Folder, packages, and what tags and indexes say. */
function sourceWords(path: string, metadata: Table, rule: Table): string[] {
  const tags = textsOf(rule['tags']).filter((tag) => /^(Data Source|OS|Domain): /.test(tag));
  const folders = path.split('/').slice(0, -1);
  const words = [...folders, ...textsOf(metadata['integration']), ...tags, ...textsOf(rule['index'])];
  return words.map((word) => word.replace(/^(logs|metrics)-/, '').replace(/^(Data Source|OS|Domain): /, ''));
}

function fieldOf(rule: Table, positions: Positions): Found[] {
  return textsOf(rule['false_positives']).map((text, index) => ({
    origin: 'field',
    text: text.trim(),
    ...optional('line', lineOf(positions, ['rule', 'false_positives', index])),
  }));
}

function lineOf(positions: Positions, path: readonly (string | number)[]): number | undefined {
  const span = positions.value(path);
  return span === undefined ? undefined : positions.source.place(span.start).line;
}

function guideOf(note: string, positions: Positions): Found[] {
  const place = positions.text(['rule', 'note'], note);
  return guideFindings(note, readGuide(note), (offset) => place.place(offset).line);
}

function clausesOf(rule: Table, positions: Positions): Found[] {
  const text = textOf(rule['query']);
  const query = positions.text(['rule', 'query'], text);
  const language = languages[textOf(rule['language'])];
  if (language === undefined || text.trim() === '') return [];
  const category = optional('eventCategoryField', textOf(rule['event_category_override']));
  const compiled = language.compile(query, { types: standardToolkit.types, ...category });
  return compiled.ok ? exclusionsOf(compiled.value).map((one) => clause(query, one)) : [];
}

const languages: Readonly<Record<string, (typeof standardToolkit.languages)['eql']>> =
  standardToolkit.languages;

const clause = (query: Source, { span, fields, said }: Exclusion): Found => ({
  origin: 'inline-exclusion',
  text: readable(query.text.slice(span.start, span.end), fields),
  line: query.place(span.start).line,
  span,
  fields,
  ...optional('said', said),
});

/** KQL negates within the values of a field (`user.name: (a* and not ab)`): such a clause says nothing without the field. */
function readable(clauseText: string, fields: readonly string[]): string {
  const [field = ''] = fields;
  return fields.length !== 1 || clauseText.includes(field) ? clauseText : `${field}: (${clauseText})`;
}
