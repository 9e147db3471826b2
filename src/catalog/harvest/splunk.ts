/**
 * Detections of splunk/security_content. ATT&CK ids stand under `tags` in older files and beside them in newer ones; the
 * text about false positives has one key in all of them.
 */
import type { RuleSeverity } from '../model.ts';
import { dataSourcesOf } from './data-sources.ts';
import type { Found, Harvested, HarvestedRule } from './rule.ts';
import { techniquesIn } from './tags.ts';
import type { Table } from './values.ts';
import { dayOf, optional, tableOf, tablesOf, textOf, textsOf } from './values.ts';
import type { YamlDocument, YamlFile } from './yaml.ts';

export const isSplunk = ({ documents }: YamlFile): boolean =>
  documents.some(
    ({ value }) => 'search' in value && ('known_false_positives' in value || 'how_to_implement' in value),
  );

export const readSplunk = (path: string, { documents, mended }: YamlFile): Harvested => ({
  rules: documents.filter(({ value }) => 'search' in value).map((document) => readDetection(path, document)),
  ...optional('mended', mended),
});

function readDetection(path: string, document: YamlDocument): HarvestedRule {
  const { value } = document;
  const tags = tableOf(value['tags']);
  const authors = textOf(value['author'])
    .split(',')
    .map((author) => author.trim())
    .filter((author) => author !== '');
  return {
    source: 'splunk',
    id: textOf(value['id']) || path,
    name: textOf(value['name']) || path,
    description: textOf(value['description']).trim(),
    authors,
    teams: authors.filter(
      (author) => /^(splunk|cisco( talos)?|michael haag)$/i.test(author) && !/haag/i.test(author),
    ),
    status: statusOf(path, textOf(value['status'])),
    maturity: textOf(value['status']),
    type: textOf(value['type']),
    language: 'spl',
    logic: textOf(value['search']),
    ...optional('severity', severityOf(value)),
    ...optional('created', dayOf(value['creation_date'])),
    ...optional('updated', dayOf(value['modification_date'] ?? value['date'])),
    techniques: techniquesIn(techniqueWords(value, tags)),
    tactics: [],
    data: dataSourcesOf(sourceWords(path, value, tags)),
    tags: [
      ...textsOf(tags['analytic_story'] ?? value['analytic_story']),
      ...textsOf(tags['security_domain']),
    ],
    references: textsOf(value['references']),
    field: fieldOf(document),
    found: [],
  };
}

const techniqueWords = (value: Table, tags: Table): string[] =>
  [
    tags['mitre_attack_id'],
    tags['mitre_technique_id'],
    value['mitre_attack_id'],
    value['mitre_attack_technique'],
  ].flatMap(textsOf);

function statusOf(path: string, status: string): HarvestedRule['status'] {
  const folders = path.split('/');
  const gone = ['deprecated', 'removed'].some((word) => status === word || folders.includes(word));
  return gone ? 'deprecated' : 'active';
}

/** From the score of the risk that it raises; newer files give a score for each object at risk. */
function severityOf(value: Table): RuleSeverity | undefined {
  const old = Number(tableOf(value['tags'])['risk_score'] ?? Number.NaN);
  const objects = tablesOf(tableOf(value['rba'])['risk_objects']).map(({ score }) => Number(score));
  const score = Number.isNaN(old) ? Math.max(...objects.filter((one) => !Number.isNaN(one)), -1) : old;
  if (score < 0) return undefined;
  if (score >= 80) return 'critical';
  if (score >= 60) return 'high';
  return score >= 30 ? 'medium' : 'low';
}

function sourceWords(path: string, value: Table, tags: Table): string[] {
  const folders = path
    .split('/')
    .slice(1, -1)
    .filter((folder) => folder !== 'endpoint');
  const given = [...textsOf(value['data_source']), ...textsOf(tags['asset_type'] ?? value['asset_type'])];
  const name = /^(windows|linux|macos|kubernetes|aws|azure|gcp|o365|okta|github|gsuite|cisco)\b/i.exec(
    textOf(value['name']),
  );
  return [...folders, ...given, name?.[0] ?? ''];
}

function fieldOf(document: YamlDocument): Found[] {
  const line = document.line(['known_false_positives']);
  return textsOf(document.value['known_false_positives']).map((text) => ({
    origin: 'field',
    text: text.trim(),
    ...optional('line', line),
  }));
}
