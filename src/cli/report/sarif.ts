/**
 * SARIF 2.1.0 for code scanning: a result an alert, located in the log that it came from, and the rules with their
 * guides. Records and rules that could not be used are notifications, so that a viewer shows them too.
 */
import type { Alert, Excepted, Severity } from '../../model/alert.ts';
import type { Explanation, KnownBenign } from '../../model/benign.ts';
import type { Origin } from '../../model/event.ts';
import type { RunSummary } from '../../model/summary.ts';
import type { RuleView } from '../rule-view.ts';
import { isoInstant, plural } from '../text/format.ts';
import { safeJson } from '../../base/safe-json.ts';
import { safe, safeLines } from '../text/safe.ts';
import { originMark } from './benign-text.ts';
import type { Report, ReportContext, ReportFormat } from './types.ts';

export const sarif: ReportFormat = {
  doc: 'SARIF 2.1.0, for code scanning and its viewers',
  atTheEnd: false,
  create: (context) => new SarifReport(context),
};

const levels: Readonly<Record<Severity, 'note' | 'warning' | 'error'>> = {
  low: 'note',
  medium: 'warning',
  high: 'error',
  critical: 'error',
};

class SarifReport implements Report {
  readonly #context: ReportContext;
  readonly #indexes = new Map<string, number>();
  #rules: readonly RuleView[] = [];
  #separator = '\n';

  constructor(context: ReportContext) {
    this.#context = context;
  }

  start(rules: readonly RuleView[]): void {
    this.#rules = rules.filter(({ runnable }) => runnable);
    for (const [index, { ruleId }] of this.#rules.entries()) this.#indexes.set(ruleId, index);
    const head = '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{';
    const driver = {
      name: 'winnow',
      semanticVersion: this.#context.version,
      rules: this.#rules.map(reportingDescriptor),
    };
    this.#context.write(`${head}"tool":${safeJson({ driver })},"columnKind":"utf16CodeUnits","results":[`);
  }

  alert(alert: Alert): void {
    this.#context.write(this.#separator + safeJson(result(alert, this.#indexes.get(alert.ruleId))));
    this.#separator = ',\n';
  }

  finish(summary: RunSummary): void {
    const properties = { summary };
    this.#context.write(
      `\n],"invocations":${safeJson([invocation(summary)])},"properties":${safeJson(properties)}}]}\n`,
    );
  }
}

function reportingDescriptor(rule: RuleView) {
  const [reference] = rule.references;
  return {
    id: rule.ruleId,
    name: safe(rule.name),
    shortDescription: { text: safe(rule.name) },
    fullDescription: { text: safeLines(rule.description) },
    help: { text: helpText(rule), markdown: helpMarkdown(rule) },
    ...(reference !== undefined && URL.canParse(reference) ? { helpUri: new URL(reference).href } : {}),
    defaultConfiguration: { level: levels[rule.severity], rank: rule.riskScore },
    properties: {
      tags: ['security', ...new Set([...rule.tags, ...rule.techniques.map(({ id }) => id)])],
      // The scale on which code scanning sorts findings: 0.0 to 10.0, as text.
      'security-severity': (rule.riskScore / 10).toFixed(1),
      'problem.severity': levels[rule.severity] === 'note' ? 'recommendation' : levels[rule.severity],
      file: rule.file,
    },
  };
}

function helpText({ description, benign, note }: RuleView): string {
  const list = benignList(benign);
  return [
    safeLines(description.trim()),
    ...(list.length === 0 ? [] : ['Known to be benign:', ...list]),
    ...(note === '' ? [] : [safeLines(note.trim())]),
  ].join('\n\n');
}

/** The guide is Markdown already; what is known to be benign is written as a list above it. */
function helpMarkdown({ description, benign, note }: RuleView): string {
  const list = benignList(benign).join('\n');
  return [
    safeLines(description.trim()),
    ...(list === '' ? [] : [`## Known to be benign\n\n${list}`]),
    ...(note === '' ? [] : [safeLines(note.trim())]),
  ].join('\n\n');
}

/** Bullets of the guide stand in the guide. */
function benignList({ statements, behaviours }: KnownBenign): string[] {
  const said = statements.filter(({ origin }) => !origin.startsWith('guide'));
  const named = behaviours.filter(({ via }) => via !== 'technique');
  return [
    ...said.map(({ text, origin }) => `- ${safeLines(text.trim() + originMark(origin))}`),
    ...named.map(({ id, title }) => `- ${id} ${safe(title)}`),
  ];
}

function result(alert: Alert, ruleIndex: number | undefined) {
  const [first, ...others] = alert.sources;
  return {
    ruleId: alert.ruleId,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levels[alert.severity],
    rank: alert.riskScore,
    message: { text: safe(alert.reason) },
    locations: first === undefined ? [] : [location(first)],
    ...(others.length === 0
      ? {}
      : { relatedLocations: others.map((origin, id) => ({ id, ...location(origin) })) }),
    ...(alert.excepted === undefined ? {} : { suppressions: [suppression(alert.excepted)] }),
    partialFingerprints: { 'winnowAlertId/v1': alert.id },
    properties: {
      severity: alert.severity,
      actor: alert.entity.actor,
      target: alert.entity.target,
      ...(alert.time === undefined ? {} : { time: isoInstant(alert.time) }),
      explainedBy: (alert.explanations ?? []).filter(({ whole }) => whole).map(explanation),
    },
  };
}

/** A property and no suppression: whether it is benign is for a person to say. */
const explanation = ({ behaviour, title, grade }: Explanation) => ({ behaviour, title: safe(title), grade });

/** Code scanning keeps a suppressed result and does not show it as open. */
const suppression = ({ name, owner, reason }: Excepted) => ({
  kind: 'external',
  status: 'accepted',
  justification: safe([name, reason, owner].filter((part) => part !== undefined).join('; ')),
});

function location({ file, line, offset, item }: Origin) {
  const region =
    line !== undefined ? { startLine: line } : offset !== undefined ? { byteOffset: offset } : undefined;
  return {
    physicalLocation: {
      artifactLocation: { uri: fileUri(file) },
      ...(region === undefined ? {} : { region }),
    },
    ...(item === undefined ? {} : { logicalLocations: [{ name: `item ${item + 1}`, kind: 'element' }] }),
  };
}

/** Relative to where the scan ran, as code scanning wants it; an absolute path is a `file:` URI. */
export function fileUri(file: string): string {
  const encoded = file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  return encoded.startsWith('/') ? `file://${encoded}` : encoded;
}

function invocation({ interrupted, input, rules }: RunSummary) {
  return {
    executionSuccessful: !interrupted && rules.refusedFiles.length === 0,
    toolExecutionNotifications: [
      ...input.refused.map(({ code, what, count, examples }) => ({
        descriptor: { id: code },
        level: 'warning',
        message: {
          text: safe(`${plural(count, 'record')} could not be used: ${what}: ${examples.join(', ')}`),
        },
      })),
      ...(interrupted
        ? [{ level: 'warning', message: { text: 'The run was interrupted: not all input was read.' } }]
        : []),
    ],
    toolConfigurationNotifications: [
      ...rules.notRunnable.map(({ what, count, explanation, rules: names }) => ({
        descriptor: { id: what },
        level: 'warning',
        message: { text: safe(`${plural(count, 'rule')} not run (${names.join(', ')}): ${explanation}`) },
      })),
      ...rules.refusedFiles.map(({ file, message }) => ({
        level: 'error',
        message: { text: safe(message) },
        locations: [{ physicalLocation: { artifactLocation: { uri: fileUri(file) } } }],
      })),
    ],
  };
}
