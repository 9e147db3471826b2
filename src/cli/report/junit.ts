/**
 * JUnit XML for CI systems: a test case a rule. Findings at or above `--fail-on` are failures, as in the exit code;
 * lower ones are said in the case's output; rules that cannot run are skipped with the reason.
 */
import type { AlertGroup, RunSummary } from '../../model/summary.ts';
import type { RuleView } from '../rule-view.ts';
import { plural } from '../text/format.ts';
import { safe } from '../text/safe.ts';
import { escapeAttribute, escapeXml } from '../text/xml.ts';
import { explanationLines, shownStatements } from './benign-text.ts';
import { FirstPlaces, actorNames, fails, span, targetNames } from './groups.ts';
import type { Report, ReportContext, ReportFormat } from './types.ts';

export const junit: ReportFormat = {
  doc: 'JUnit XML for CI: a test case a rule, findings are failures',
  atTheEnd: true,
  create: (context) => new JunitReport(context),
};

class JunitReport implements Report {
  readonly #context: ReportContext;
  readonly #places = new FirstPlaces();
  #rules: readonly RuleView[] = [];

  constructor(context: ReportContext) {
    this.#context = context;
  }

  start(rules: readonly RuleView[]): void {
    this.#rules = rules;
  }

  alert(alert: Parameters<FirstPlaces['add']>[0]): void {
    this.#places.add(alert);
  }

  finish(summary: RunSummary): void {
    const { failOn, write } = this.#context;
    const groups = new Map(summary.groups.map((group) => [group.ruleId, group]));
    const failures = summary.groups.filter(({ severity }) => fails(severity, failOn)).length;
    const errors = summary.rules.refusedFiles;
    const faulty = this.#rules.filter(isFaulty).length;
    const skipped = this.#rules.filter((rule) => !rule.runnable && !isFaulty(rule)).length;
    const seconds = (summary.elapsed.milliseconds / 1000).toFixed(3);
    const counts = `tests="${this.#rules.length + errors.length}" failures="${failures}" errors="${errors.length + faulty}" skipped="${skipped}" time="${seconds}"`;
    write(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<testsuites name="winnow" ${counts}>`,
        `  <testsuite name="winnow scan" ${counts}>`,
        ...this.#rules.map((rule) => this.#testCase(rule, groups.get(rule.ruleId))),
        ...errors.map(({ file, message }) => errorCase(file, message)),
        '  </testsuite>',
        '</testsuites>',
        '',
      ].join('\n'),
    );
  }

  #testCase(rule: RuleView, group: AlertGroup | undefined): string {
    const head = `    <testcase classname="${escapeAttribute(rule.file)}" name="${escapeAttribute(rule.name)}"`;
    const body = this.#outcome(rule, group);
    return body === '' ? `${head}/>` : `${head}>\n      ${body}\n    </testcase>`;
  }

  #outcome(rule: RuleView, group: AlertGroup | undefined): string {
    if (isFaulty(rule)) return `<error message="${escapeAttribute(rule.explanation)}"/>`;
    if (!rule.runnable) return `<skipped message="${escapeAttribute(rule.explanation)}"/>`;
    if (group === undefined) return '';
    const text = escapeXml(describe(group, this.#places.text(group)));
    if (!fails(group.severity, this.#context.failOn)) return `<system-out>${text}</system-out>`;
    const message = escapeAttribute(`${plural(group.count, 'alert')} of severity ${group.severity}`);
    return `<failure type="${group.severity}" message="${message}">${text}</failure>`;
  }
}

/** Not a rule that Winnow does not run, but one that is broken. */
const isFaulty = ({ reason }: RuleView): boolean => reason === 'error';

const errorCase = (file: string, message: string): string =>
  `    <testcase classname="${escapeAttribute(file)}" name="loads"><error message="${escapeAttribute(message)}"/></testcase>`;

function describe(group: AlertGroup, place: string): string {
  return [
    `${plural(group.count, 'alert')}, ${span(group)} UTC`,
    `actors: ${actorNames(group).map(safe).join(', ')}`,
    `targets: ${targetNames(group).map(safe).join(', ')}`,
    `first: ${safe(group.example)}${place === '' ? '' : ` [${place}]`}`,
    ...explanationLines(group, 'profiles'),
    ...shownStatements(group.benign).texts.map((text) => `benign: ${safe(text)}`),
  ].join('\n');
}
