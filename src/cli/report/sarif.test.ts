/** The structure that SARIF 2.1.0 asks for, and what code scanning adds to it, checked without the schema's text. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alerts, knownBenign, ruleSet, summary } from '../../../tests/support/cli.ts';
import { viewRules } from '../rule-view.ts';
import { paint } from '../text/paint.ts';
import { sarif } from './sarif.ts';

interface Log {
  readonly version: string;
  readonly $schema: string;
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly Descriptor[] } };
      readonly results: readonly Result[];
      readonly invocations: readonly [Invocation];
    },
  ];
}
interface Descriptor {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly helpUri?: string;
  readonly defaultConfiguration: { readonly level: string; readonly rank: number };
  readonly properties: { readonly 'security-severity': string };
}
interface Location {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region?: { readonly startLine?: number; readonly byteOffset?: number };
  };
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly Location[];
  readonly relatedLocations?: readonly Location[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}
interface Invocation {
  readonly executionSuccessful: boolean;
  readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[];
  readonly toolConfigurationNotifications: readonly { readonly message: { readonly text: string } }[];
}

function log(): Log {
  let text = '';
  const report = sarif.create({
    write: (more) => (text += more),
    style: { paint: paint(false), width: 80 },
    version: '0.0.0',
    failOn: 'low',
    maxGroups: 25,
    hints: true,
    shippedRules: true,
  });
  report.start(viewRules(ruleSet, knownBenign.about));
  for (const alert of alerts) report.alert(alert);
  report.finish(summary);
  return JSON.parse(text) as Log;
}

const levels = ['none', 'note', 'warning', 'error'];

test('a log of version 2.1.0 with one run', () => {
  const { version, runs } = log();
  assert.equal(version, '2.1.0');
  assert.equal(runs.length, 1);
  assert.equal(runs[0].tool.driver.name, 'winnow');
});

test('rules that run have an id, descriptions, help and a severity that code scanning sorts by', () => {
  const { rules } = log().runs[0].tool.driver;
  assert.deepEqual(
    rules.map(({ id }) => id.slice(-1)),
    ['1', '2', '3'],
  );
  for (const rule of rules) {
    assert.ok(
      rule.shortDescription.text && rule.fullDescription.text && rule.help.text && rule.help.markdown,
    );
    assert.ok(levels.includes(rule.defaultConfiguration.level));
    assert.match(rule.properties['security-severity'], /^(10|\d)\.\d$/);
    assert.ok(rule.helpUri === undefined || URL.canParse(rule.helpUri), rule.helpUri);
  }
  assert.match(rules[0]?.help.markdown ?? '', /## Known to be benign\n\n- GitOps controllers/);
});

test('results name their rule, where they were found, and a fingerprint that stays the same', () => {
  const { results, tool } = log().runs[0];
  for (const result of results) {
    assert.equal(tool.driver.rules[result.ruleIndex]?.id, result.ruleId);
    assert.ok(levels.includes(result.level) && result.message.text !== '');
  }
  assert.deepEqual(
    results.map(({ level }) => level),
    ['error', 'error', 'error', 'note'],
  );
  assert.deepEqual(
    results.map(({ partialFingerprints }) => partialFingerprints['winnowAlertId/v1']),
    ['a1', 'a2', 'a3', 'a4'],
  );
  const { locations = [], relatedLocations = [] } = results[2] ?? {};
  assert.deepEqual(
    [...locations, ...relatedLocations].map(({ physicalLocation }) => physicalLocation),
    [
      { artifactLocation: { uri: 'logs/audit%201.log' }, region: { startLine: 99 } },
      { artifactLocation: { uri: 'logs/batch.json' }, region: { byteOffset: 4096 } },
    ],
  );
});

test('what could not be used is told as notifications', () => {
  const { invocations } = log().runs[0];
  const [invocation] = invocations;
  const texts = [...invocation.toolExecutionNotifications, ...invocation.toolConfigurationNotifications];
  assert.equal(invocation.executionSuccessful, false);
  assert.deepEqual(
    texts.map(({ message }) => message.text),
    [
      '7 records could not be used: a record is cut off: logs/audit 1.log:17, logs/audit 1.log:99',
      '1 rule not run (Many Forbidden Requests): Threshold rules are read but not run yet.',
      '1 rule not run (An Old Rule): Deprecated rules are off unless asked for.',
      'RULE001 not valid TOML: unterminated string',
    ],
  );
});
