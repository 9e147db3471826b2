import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertGolden } from '../../../tests/support/golden.ts';
import {
  alerts,
  emptySummary,
  knownBenign,
  ruleSet,
  statefulSummary,
  summary,
} from '../../../tests/support/cli.ts';
import { limits } from '../../engine/limits.ts';
import type { RunSummary } from '../../model/summary.ts';
import { viewRules } from '../rule-view.ts';
import { displayWidth } from '../text/layout.ts';
import { paint } from '../text/paint.ts';
import type { ReportName } from './index.ts';
import { reportFormats, reportNames } from './index.ts';
import { summaryLines } from './summary-text.ts';
import type { ReportContext } from './types.ts';

function written(name: ReportName, of: RunSummary = summary, own: Partial<ReportContext> = {}): string {
  let text = '';
  const report = reportFormats[name].create({
    write: (more) => (text += more),
    style: { paint: paint(false), width: 80 },
    version: '0.0.0',
    failOn: 'high',
    maxGroups: 25,
    hints: true,
    shippedRules: true,
    ...own,
  });
  report.start(viewRules(ruleSet, knownBenign.about));
  if (of.alerts.total > 0) for (const alert of alerts) report.alert(alert);
  report.finish(of);
  return text;
}

for (const name of reportNames) {
  test(`the ${name} report of a run with alerts`, () =>
    assertGolden(`cli/report/alerts.${name}`, written(name)));

  test(`the ${name} report of a run without input`, () =>
    assertGolden(`cli/report/empty.${name}`, written(name, emptySummary)));

  test(`the ${name} report writes no control character and no invisible one`, () => {
    const hidden = written(name).match(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu) ?? [];
    assert.deepEqual(new Set(hidden), new Set(hidden.filter((character) => character === '\n')));
  });
}

test('the table on a wide terminal has columns for actors and targets', () =>
  assertGolden(
    'cli/report/wide.table',
    written('table', summary, { style: { paint: paint(false), width: 160 } }),
  ));

test('colour changes nothing but colour', () => {
  const colourful = written('table', summary, { style: { paint: paint(true), width: 80 } });
  assert.notEqual(colourful, written('table'));
  // oxlint-disable-next-line no-control-regex -- the sequences that colour is made of
  assert.equal(colourful.replace(/\u001b\[[\d;]*m/g, ''), written('table'));
});

test('the table never is wider than the terminal, but for commands that are there to be copied', () => {
  for (let width = 40; width <= 200; width++) {
    const lines = written('table', summary, { style: { paint: paint(false), width } }).split('\n');
    const wide = lines.filter((line) => displayWidth(line) > width && !line.startsWith('  winnow '));
    assert.deepEqual(wide, [], `at ${width} columns`);
  }
});

test('the table says what it does not show', () => {
  const text = written('table', summary, { maxGroups: 1 });
  assert.match(text, /^… and 2 more groups with 1,235 alerts \(--max-groups 0 shows all\)$/m);
});

test('the summary of an interrupted run says so in its last line', () => {
  const lines = summaryLines({ ...summary, interrupted: true }, { paint: paint(false), width: 100 });
  assert.equal(lines.at(-1), '          interrupted: this covers only what was read until then');
});

test('the summary of a run with a state file, history, indicators and both modes', () => {
  const lines = summaryLines(statefulSummary, { paint: paint(false), width: 100 });
  assertGolden('cli/report/stateful-summary.txt', `${lines.join('\n')}\n`);
});

test('what had to be decoded is said with its reasons', () => {
  const decoded = [
    { what: 'a field that no event had before', count: 1200 },
    { what: 'no time, or one in an unusual form', count: 1 },
  ];
  const input = { ...summary.input, events: 5000, reading: { fromBytes: 3799, decoded } };
  const said = summaryLines({ ...summary, input }, { paint: paint(false), width: 100 });
  const from = said.findIndex((text) => text.includes('judged from their bytes'));
  assert.deepEqual(
    said.slice(from, from + 3).map((text) => text.trim()),
    [
      'judged from their bytes: 3,799 of 5,000 events',
      '1,200 lines decoded: a field that no event had before',
      '1 line decoded: no time, or one in an unusual form',
    ],
  );
});

/** Over these nothing is forgotten that a rule needs. */
const COUNTED_ELSEWHERE = new Set(['heldAlerts', 'distinctValues', 'indexNames', 'sampleEvents', 'examples']);

test('what each limit of memory costs is said as it is', () => {
  const names = Object.keys(limits).filter((name) => !COUNTED_ELSEWHERE.has(name));
  const evictions = names.map((what) => ({ what, count: 2, rules: ['A Rule'] }));
  assert.ok(statefulSummary.state);
  const said = summaryLines(
    { ...statefulSummary, state: { ...statefulSummary.state, evictions } },
    { paint: paint(false), width: 200 },
  ).filter((line) => line.includes('over the limit') && line.includes('forgotten'));
  assertGolden('cli/report/evictions.txt', `${said.map((line) => line.trim()).join('\n')}\n`);
});

test('json stays one document, and holds what came in', () => {
  const document = JSON.parse(written('json')) as { alerts: unknown[]; summary: unknown };
  assert.deepEqual(
    document.alerts,
    alerts.map((alert) => alert.document),
  );
  assert.deepEqual(document.summary, JSON.parse(JSON.stringify(summary)));
});

test('ndjson lines are the alert documents', () => {
  const lines = written('ndjson').trimEnd().split('\n');
  assert.deepEqual(
    lines.map((line) => JSON.parse(line) as unknown),
    alerts.map((alert) => alert.document),
  );
});

test('csv: no field begins like a formula', () => {
  for (const line of written('csv').trimEnd().split('\n')) assert.doesNotMatch(line, /(^|,)"?[=+\-@]/, line);
});

test('github: each line is one command, and nothing in it begins another one', () => {
  for (const line of written('github').trimEnd().split('\n')) {
    assert.match(line, /^::(notice|warning|error) file=[^:,]*,line=\d+,title=[^:,]*::[^\r\n]*$/);
    assert.doesNotMatch(line.slice(2).replace('::', ''), /::[a-z-]+::/);
  }
});

test('html: markup of events is text', () => {
  const page = written('html');
  assert.doesNotMatch(page, /<script/i);
  assert.match(page, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/);
});

test('junit counts what it lists', () => {
  const text = written('junit');
  const attributes = Object.fromEntries(
    Array.from(/<testsuite [^>]*/.exec(text)?.[0].matchAll(/(\w+)="([^"]*)"/g) ?? [], ([, k, v]) => [k, v]),
  );
  const count = (pattern: RegExp) => String(text.match(pattern)?.length ?? 0);
  assert.deepEqual(
    { ...attributes, name: undefined, time: undefined },
    {
      name: undefined,
      time: undefined,
      tests: count(/<testcase /g),
      failures: count(/<failure /g),
      errors: count(/<error /g),
      skipped: count(/<skipped /g),
    },
  );
  assert.equal(attributes['failures'], '2', 'the low finding is below --fail-on high');
});

test('what to try next names where the rules are, when they are not the shipped ones', () => {
  const steps = (shippedRules: boolean) =>
    written('table', summary, { shippedRules })
      .split('\n')
      .filter((line) => /^ {2}winnow (explain|rules show) /.test(line));
  const id = '8b5c1f5e-0000-4000-8000-000000000001';
  const place = "'logs/audit 1.log:41'";
  assert.deepEqual(steps(true), [`  winnow explain --rule ${id} ${place}`, `  winnow rules show ${id}`]);
  assert.deepEqual(steps(false), [
    `  winnow explain --rule ${id} --rules … ${place}`,
    `  winnow rules show ${id} --rules …`,
  ]);
});

test('an input of which nothing was looked at says why', () => {
  const { span: _, ...input } = summary.input;
  const lineOf = (of: RunSummary, line: number): string =>
    summaryLines(of, { paint: paint(false), width: 200 })[line]?.trim() ?? '';
  const timed: RunSummary = { ...summary, input: { ...input, withoutTime: 0 } };
  assert.equal(lineOf(timed, 1), 'no event was taken: all of them are among those left out');
  assert.equal(lineOf({ ...timed, input: { ...input, withoutTime: 3 } }, 1), 'no event has a time');
  const noRules: RunSummary = { ...summary, rules: { ...summary.rules, runnable: 0 } };
  assert.equal(lineOf(noRules, 0), 'Input     not read, because no rule runs');
});
