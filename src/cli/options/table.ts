/** Every option of every command. Adding one is a line in `Settings` and an entry here; the rest follows. */
import type { QueryLanguage } from '../../app/query.ts';
import type { Evaluator, Mode } from '../../app/types.ts';
import { evaluators } from '../../app/types.ts';
import type { ArrayOrder } from '../../exec/pipeline/index.ts';
import type { ShapeChoice } from '../../ingest/types.ts';
import type { Severity } from '../../model/alert.ts';
import { severities } from '../../model/alert.ts';
import type { ReportName } from '../report/index.ts';
import { reportNames } from '../report/index.ts';
import type { ColourChoice } from '../terminal.ts';
import { parseInstant, parseLength } from './instant.ts';
import type { CommandName, Option } from './option.ts';
import { choiceOption, commandNames, listOption, numberOption, switchOption, textOption } from './option.ts';

export interface Settings {
  readonly format: ShapeChoice;
  readonly cluster: string | undefined;
  readonly language: QueryLanguage | undefined;
  readonly keepRequestReceived: boolean;
  readonly since: number | undefined;
  readonly until: number | undefined;
  readonly rules: readonly string[];
  readonly exceptions: readonly string[];
  readonly overlays: readonly string[];
  readonly severity: Severity | undefined;
  readonly rule: readonly string[];
  readonly tag: readonly string[];
  readonly deprecated: boolean;
  readonly buildingBlocks: boolean;
  readonly ignoreIndex: boolean;
  readonly engine: Evaluator;
  readonly threads: number;
  readonly costs: boolean;
  readonly indicators: readonly string[];
  readonly anomalies: readonly string[];
  readonly tables: readonly string[];
  readonly arrayOrder: ArrayOrder;
  readonly completion: CompletionKind;
  readonly completionAnswers: string | undefined;
  readonly completionUrl: string | undefined;
  readonly completionModel: string | undefined;
  readonly completionTimeout: number;
  readonly completionRequests: number;
  readonly completionTokens: number;
  readonly mode: Mode;
  readonly lateness: number;
  readonly onMaxSignals: MaxSignals;
  readonly history: readonly string[];
  readonly state: string | undefined;
  readonly finish: boolean;
  readonly compareModes: boolean;
  readonly key: string | undefined;
  readonly output: ReportName | undefined;
  readonly listOutput: ListFormat | undefined;
  readonly pageOutput: PageFormat;
  readonly testOutput: TestFormat;
  readonly catalogueOutput: CatalogueFormat | undefined;
  readonly out: string | undefined;
  readonly catalogue: string | undefined;
  readonly behaviours: readonly string[];
  readonly values: string | undefined;
  readonly limit: number;
  readonly port: number;
  readonly alerts: string | undefined;
  readonly failOn: Severity | 'never';
  readonly maxGroups: number;
  readonly showRefused: boolean;
  readonly warnings: boolean;
  readonly color: ColourChoice;
  readonly quiet: boolean;
  readonly nearest: number;
  readonly all: boolean;
  readonly seed: number;
  readonly config: string | undefined;
}

/** Logs are written nearly in order: a minute is more than any of their writers holds back. */
const LATENESS = 60_000;

/** Every setting must be described: a forgotten one does not compile. */
type Options = { readonly [K in keyof Settings]: Option<Settings[K]> };

const listFormats = ['table', 'json', 'ndjson', 'csv'] as const;
export type ListFormat = (typeof listFormats)[number];
const pageFormats = ['text', 'json'] as const;
export type PageFormat = (typeof pageFormats)[number];
const testFormats = ['text', 'json', 'junit', 'sarif'] as const;
export type TestFormat = (typeof testFormats)[number];
const catalogueFormats = ['table', 'json', 'ndjson', 'md'] as const;
export type CatalogueFormat = (typeof catalogueFormats)[number];
/** Where the catalogue of false positives is, unless an option says otherwise. */
export const CATALOGUE_FOLDER = 'lofp';

const completionKinds = ['off', 'prefilter', 'fixture', 'http'] as const;
export type CompletionKind = (typeof completionKinds)[number];
/** Milliseconds for one question. */
const COMPLETION_TIMEOUT = 30_000;

const maxSignals = ['summarise', 'drop'] as const;
export type MaxSignals = (typeof maxSignals)[number];

const SCAN: readonly CommandName[] = ['scan'];
const READS_EVENTS: readonly CommandName[] = ['scan', 'explain'];
const READS_RECORDS: readonly CommandName[] = [...READS_EVENTS, 'query', 'lofp explain'];
const RUNS_QUERIES: readonly CommandName[] = ['scan', 'query', 'test'];
const PICKS_RULES: readonly CommandName[] = ['scan', 'rules list'];
const READS_CATALOGUE: readonly CommandName[] = ['lofp search', 'lofp show', 'lofp quality', 'lofp new'];
const TELLS_BENIGN: readonly CommandName[] = ['scan', 'explain', 'rules show'];
const HAS_RULES: readonly CommandName[] = ['scan', 'explain', 'rules list', 'rules show', 'test'];

export const options: Options = {
  format: choiceOption<ShapeChoice, 'auto'>({
    flag: 'format',
    group: 'Input',
    placeholder: 'SHAPE',
    choices: ['auto', 'audit', 'ecs', 'gke', 'tetragon', 'falco'],
    default: 'auto',
    commands: READS_RECORDS,
    doc: 'take every record for this shape instead of looking at each',
  }),
  cluster: textOption({
    flag: 'cluster',
    group: 'Input',
    placeholder: 'NAME',
    commands: READS_RECORDS,
    doc: 'name of the cluster, for records that do not tell it',
  }),
  language: choiceOption<QueryLanguage, undefined>({
    flag: 'language',
    group: 'Input',
    placeholder: 'LANGUAGE',
    choices: ['esql', 'kuery', 'lucene', 'eql'],
    default: undefined,
    defaultText: 'told by how the query begins',
    commandLineOnly: true,
    commands: ['query'],
    doc: 'language of the query',
  }),
  keepRequestReceived: switchOption({
    flag: 'keep-request-received',
    group: 'Input',
    commands: READS_RECORDS,
    doc: 'keep the RequestReceived stage, which repeats every request',
  }),
  since: {
    flag: 'since',
    group: 'Input',
    kind: 'value',
    placeholder: 'TIME',
    commands: SCAN,
    default: undefined,
    doc: 'only events from this time on: a date, or date maths such as now-1h',
    parse: (raws, context) => parseInstant(raws.at(-1) ?? '', context.now, 'from'),
  },
  until: {
    flag: 'until',
    group: 'Input',
    kind: 'value',
    placeholder: 'TIME',
    commands: SCAN,
    default: undefined,
    doc: 'only events up to this time; a day counts whole',
    parse: (raws, context) => parseInstant(raws.at(-1) ?? '', context.now, 'to'),
  },
  rules: listOption({
    flag: 'rules',
    short: 'r',
    group: 'Rules',
    placeholder: 'PATH',
    defaultText: 'the rules that come with Winnow',
    paths: true,
    commands: HAS_RULES,
    doc: 'folder or file of rules; may be given several times; shipped: is those that come with Winnow',
  }),
  exceptions: listOption({
    flag: 'exceptions',
    group: 'Rules',
    placeholder: 'PATH',
    paths: true,
    commands: HAS_RULES,
    doc: "file or folder of exceptions: Elastic's TOML, Kibana's NDJSON, Winnow's YAML, lists of values",
  }),
  overlays: listOption({
    flag: 'overlay',
    group: 'Rules',
    placeholder: 'PATH',
    paths: true,
    commands: HAS_RULES,
    doc: 'file or folder of overlays, which change rules without touching their files',
  }),
  severity: choiceOption<Severity, undefined>({
    flag: 'severity',
    group: 'Rules',
    placeholder: 'LEVEL',
    choices: severities,
    default: undefined,
    commands: PICKS_RULES,
    doc: 'only rules of this severity or above',
  }),
  rule: listOption({
    flag: 'rule',
    group: 'Rules',
    placeholder: 'ID|NAME|FILE',
    commands: ['scan', 'explain', 'rules list', 'test'],
    doc: 'only rules with this id, name or file name; * is any run of characters; may be given several times',
  }),
  tag: listOption({
    flag: 'tag',
    group: 'Rules',
    placeholder: 'TAG',
    commands: PICKS_RULES,
    doc: 'only rules with this tag; * is any run of characters; may be given several times',
  }),
  deprecated: switchOption({
    flag: 'deprecated',
    group: 'Rules',
    commands: PICKS_RULES,
    doc: 'run deprecated rules too, which are off otherwise',
  }),
  buildingBlocks: switchOption({
    flag: 'building-blocks',
    group: 'Rules',
    commands: PICKS_RULES,
    doc: 'run building-block rules too, which are meant to feed other rules',
  }),
  ignoreIndex: switchOption({
    flag: 'ignore-index',
    group: 'Rules',
    commands: ['scan', 'query'],
    doc: 'run every rule on every event, whatever index patterns it names',
  }),
  engine: choiceOption({
    flag: 'engine',
    group: 'Rules',
    placeholder: 'NAME',
    choices: evaluators,
    default: 'bytes',
    commands: SCAN,
    doc: 'how rules are evaluated, the fastest first: the interpreter is slow and right by definition',
  }),
  threads: numberOption({
    flag: 'threads',
    group: 'Rules',
    placeholder: 'N',
    default: 0,
    least: 0,
    commands: SCAN,
    doc: 'threads that look at what is read; 0: one for each core where there is enough to read',
  }),
  costs: switchOption({
    flag: 'costs',
    group: 'Rules',
    commands: SCAN,
    doc: 'say in the summary which rules cost most, as the index could not rule them out, and why events were decoded',
  }),
  indicators: listOption({
    flag: 'indicators',
    group: 'Input',
    placeholder: '[INDEX=]FILE',
    paths: true,
    pathAfter: '=',
    commands: READS_EVENTS,
    doc: 'indicators of threats for indicator match rules: ECS documents or CSV, of the index INDEX',
  }),
  anomalies: listOption({
    flag: 'anomalies',
    group: 'Input',
    placeholder: 'FILE',
    paths: true,
    commands: READS_EVENTS,
    doc: 'anomalies that jobs of Elasticsearch found, for machine learning rules',
  }),
  tables: listOption({
    flag: 'table',
    group: 'Queries',
    placeholder: 'NAME=FILE',
    paths: true,
    pathAfter: '=',
    commands: [...RUNS_QUERIES, 'explain', 'rules list', 'rules show'],
    doc: 'table that ENRICH and LOOKUP JOIN name: CSV, or a JSON object a row; may be given several times',
  }),
  arrayOrder: choiceOption<ArrayOrder, 'lucene'>({
    flag: 'array-order',
    group: 'Queries',
    placeholder: 'ORDER',
    choices: ['lucene', 'source'],
    default: 'lucene',
    commands: [...RUNS_QUERIES, 'explain'],
    doc: 'several values of a field in ES|QL: sorted and each once as an index holds them, or as they came',
  }),
  completion: choiceOption<CompletionKind, 'off'>({
    flag: 'completion',
    group: 'Queries',
    placeholder: 'HOW',
    choices: completionKinds,
    default: 'off',
    commands: RUNS_QUERIES,
    doc: 'COMPLETION: do not run such rules, tell what they would ask about, answer out of a file, or ask a server',
  }),
  completionAnswers: textOption({
    flag: 'completion-answers',
    group: 'Queries',
    placeholder: 'FILE',
    paths: true,
    commands: RUNS_QUERIES,
    doc: 'with --completion fixture: the answers, as JSON',
  }),
  completionUrl: textOption({
    flag: 'completion-url',
    group: 'Queries',
    placeholder: 'URL',
    commands: RUNS_QUERIES,
    doc: 'with --completion http: address of the server up to /v1; its key stands in WINNOW_COMPLETION_KEY',
  }),
  completionModel: textOption({
    flag: 'completion-model',
    group: 'Queries',
    placeholder: 'NAME',
    commands: RUNS_QUERIES,
    doc: 'with --completion http: the model that answers, whatever a rule names',
  }),
  completionTimeout: {
    flag: 'completion-timeout',
    group: 'Queries',
    kind: 'value',
    placeholder: 'TIME',
    commands: RUNS_QUERIES,
    default: COMPLETION_TIMEOUT,
    defaultText: '30s',
    doc: 'with --completion http: how long one question may take, its repeats included',
    parse: (raws) => parseLength(raws.at(-1) ?? ''),
  },
  completionRequests: numberOption({
    flag: 'completion-requests',
    group: 'Queries',
    placeholder: 'N',
    default: 100,
    least: 0,
    commands: RUNS_QUERIES,
    doc: 'with --completion http: requests of one run, repeats included',
  }),
  completionTokens: numberOption({
    flag: 'completion-tokens',
    group: 'Queries',
    placeholder: 'N',
    default: 200_000,
    least: 0,
    commands: RUNS_QUERIES,
    doc: 'with --completion http: tokens of one run, prompts and answers together',
  }),
  mode: choiceOption<Mode, 'stream'>({
    flag: 'mode',
    group: 'State',
    placeholder: 'MODE',
    choices: ['stream', 'compat'],
    default: 'stream',
    commands: READS_EVENTS,
    doc: "decide as soon as the data allows, or run at each rule's interval over its window as Kibana does",
  }),
  lateness: {
    flag: 'lateness',
    group: 'State',
    kind: 'value',
    placeholder: 'TIME',
    commands: READS_EVENTS,
    default: LATENESS,
    defaultText: '1m',
    doc: 'how much later than later ones an event may come and still be in order: 30s, 5m, 0',
    parse: (raws) => parseLength(raws.at(-1) ?? ''),
  },
  onMaxSignals: choiceOption<MaxSignals, 'summarise'>({
    flag: 'on-max-signals',
    group: 'State',
    placeholder: 'WHAT',
    choices: maxSignals,
    default: 'summarise',
    commands: SCAN,
    doc: 'with --mode compat, alerts over max_signals: one alert about all of them, or count and drop them',
  }),
  history: listOption({
    flag: 'history',
    group: 'State',
    placeholder: 'FILE',
    paths: true,
    commands: READS_EVENTS,
    doc: 'older events, which teach new terms rules what is known and make no alerts',
  }),
  state: textOption({
    flag: 'state',
    group: 'State',
    placeholder: 'FILE',
    paths: true,
    commands: SCAN,
    doc: 'keep what is remembered in this file, and go on from there the next time',
  }),
  finish: switchOption({
    flag: 'finish',
    group: 'State',
    commands: SCAN,
    commandLineOnly: true,
    doc: 'with --state: no more input comes, so decide what still waits for it',
  }),
  compareModes: switchOption({
    flag: 'compare-modes',
    group: 'State',
    commands: SCAN,
    commandLineOnly: true,
    doc: 'run the rules in the other mode too, and say which alerts only one of them has',
  }),
  key: textOption({
    flag: 'key',
    group: 'State',
    placeholder: 'VALUE',
    commands: ['explain'],
    commandLineOnly: true,
    doc: 'what the rule remembers about this value after reading all files, such as a user; * is everything',
  }),
  output: choiceOption<ReportName, undefined>({
    flag: 'output',
    short: 'o',
    group: 'Output',
    placeholder: 'FORMAT',
    choices: reportNames,
    default: undefined,
    defaultText: 'table on a terminal, else ndjson',
    commands: SCAN,
    doc: 'what to write',
  }),
  listOutput: choiceOption<ListFormat, undefined>({
    flag: 'output',
    short: 'o',
    group: 'Output',
    placeholder: 'FORMAT',
    choices: listFormats,
    default: undefined,
    defaultText: 'table on a terminal, else ndjson',
    commandLineOnly: true,
    commands: ['rules list', 'query'],
    doc: 'what to write',
  }),
  pageOutput: choiceOption<PageFormat, 'text'>({
    flag: 'output',
    short: 'o',
    group: 'Output',
    placeholder: 'FORMAT',
    choices: pageFormats,
    default: 'text',
    commandLineOnly: true,
    commands: ['rules show', 'explain'],
    doc: 'what to write',
  }),
  testOutput: choiceOption<TestFormat, 'text'>({
    flag: 'output',
    short: 'o',
    group: 'Output',
    placeholder: 'FORMAT',
    choices: testFormats,
    default: 'text',
    commandLineOnly: true,
    commands: ['test'],
    doc: 'what to write',
  }),
  catalogueOutput: choiceOption<CatalogueFormat, undefined>({
    flag: 'output',
    short: 'o',
    group: 'Output',
    placeholder: 'FORMAT',
    choices: catalogueFormats,
    default: undefined,
    defaultText: 'table on a terminal, else ndjson',
    commandLineOnly: true,
    commands: [...READS_CATALOGUE, 'lofp explain'],
    doc: 'what to write',
  }),
  out: textOption({
    flag: 'out',
    group: 'Output',
    placeholder: 'DIR',
    defaultText: CATALOGUE_FOLDER,
    commandLineOnly: true,
    commands: ['lofp build'],
    doc: 'folder of the catalogue; the one that is there is followed, so that ids and history stay',
  }),
  catalogue: textOption({
    flag: 'catalogue',
    group: 'Input',
    placeholder: 'DIR',
    defaultText: `${CATALOGUE_FOLDER} for winnow lofp, none for others`,
    paths: true,
    commands: [...READS_CATALOGUE, 'lofp site', 'lofp open', ...TELLS_BENIGN],
    doc: 'folder of the catalogue of false positives that winnow lofp build writes',
  }),
  behaviours: listOption({
    flag: 'behaviours',
    group: 'Input',
    placeholder: 'PATH',
    paths: true,
    commands: [...TELLS_BENIGN, 'lofp build', 'lofp site', 'lofp open', 'lofp show', 'lofp explain'],
    doc: 'file or folder of benign behaviours of your own, beside those that come with Winnow',
  }),
  values: textOption({
    flag: 'values',
    group: 'Input',
    placeholder: 'FILE',
    paths: true,
    commands: [...TELLS_BENIGN, 'lofp show', 'lofp explain'],
    doc: 'TOML with your own accounts, groups, namespaces and networks for the profiles of behaviours',
  }),
  limit: numberOption({
    flag: 'limit',
    group: 'Output',
    placeholder: 'N',
    default: 20,
    least: 0,
    commandLineOnly: true,
    commands: ['lofp search', 'lofp new'],
    doc: 'how many to write; 0 writes all',
  }),
  port: numberOption({
    flag: 'port',
    group: 'General',
    placeholder: 'N',
    default: 8321,
    least: 0,
    commands: ['lofp open'],
    doc: 'port to listen on; 0 takes any that is free',
  }),
  alerts: textOption({
    flag: 'alerts',
    group: 'Output',
    placeholder: 'FILE',
    paths: true,
    commands: SCAN,
    doc: 'write every alert to this file too, one JSON document a line; with --state exactly once, going on with it',
  }),
  failOn: choiceOption<Severity | 'never', 'low'>({
    flag: 'fail-on',
    group: 'Output',
    placeholder: 'LEVEL',
    choices: [...severities, 'never'],
    default: 'low',
    commands: SCAN,
    doc: 'exit with 1 when there are findings of this severity or above',
  }),
  maxGroups: numberOption({
    flag: 'max-groups',
    group: 'Output',
    placeholder: 'N',
    default: 25,
    least: 0,
    commands: SCAN,
    doc: 'groups that the table shows, unexplained and severe ones first; 0 shows all',
  }),
  showRefused: switchOption({
    flag: 'show-refused',
    group: 'Output',
    commands: SCAN,
    doc: 'print every record that could not be used, with its place and the reason (on stderr)',
  }),
  warnings: switchOption({
    flag: 'warnings',
    group: 'Output',
    commands: ['rules list'],
    commandLineOnly: true,
    doc: 'print every warning about the rules, with its place (on stderr)',
  }),
  color: choiceOption<ColourChoice, 'auto'>({
    flag: 'color',
    group: 'Output',
    placeholder: 'WHEN',
    choices: ['auto', 'always', 'never'],
    default: 'auto',
    commands: commandNames,
    doc: 'use colour; NO_COLOR and FORCE_COLOR count too, and --no-color is "never"',
  }),
  quiet: switchOption({
    flag: 'quiet',
    short: 'q',
    group: 'Output',
    commands: commandNames,
    doc: 'no progress, summary or warnings on stderr; errors still',
  }),
  nearest: numberOption({
    flag: 'nearest',
    group: 'General',
    placeholder: 'N',
    default: 3,
    least: 1,
    commandLineOnly: true,
    commands: ['explain'],
    doc: 'for inputs without a line: how many of the events that came nearest to a match to explain',
  }),
  all: switchOption({
    flag: 'all',
    group: 'Output',
    commandLineOnly: true,
    commands: ['explain'],
    doc: 'every clause, also alternatives that made no difference',
  }),
  seed: numberOption({
    flag: 'seed',
    group: 'General',
    placeholder: 'N',
    default: 1,
    least: 0,
    commands: ['demo'],
    doc: 'another seed makes another day of the same kind',
  }),
  config: textOption({
    flag: 'config',
    group: 'General',
    placeholder: 'FILE',
    defaultText: 'winnow.toml in the working folder, when there is one',
    commands: commandNames,
    doc: 'configuration file',
  }),
};

export type SettingName = keyof Settings;

export const settingNames = Object.keys(options) as readonly SettingName[];

/** The options that a command has, in the order in which help shows them. */
export const optionsOf = (command: CommandName): readonly (readonly [SettingName, Option<unknown>])[] =>
  settingNames
    .filter((name) => options[name].commands.includes(command))
    .map((name) => [name, options[name] as Option<unknown>]);

/** Options that may stand in the environment and the configuration file, for whatever command. */
export const sharedOptions: readonly (readonly [SettingName, Option<unknown>])[] = settingNames
  .filter((name) => options[name].commandLineOnly !== true)
  .map((name) => [name, options[name] as Option<unknown>]);
