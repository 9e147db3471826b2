import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnostic, picture } from '../../base/diagnostic.ts';
import { overlayMessages } from '../../base/messages/overlay.ts';
import type { MessageDefinition } from '../../base/messages/define.ts';
import { success } from '../../base/result.ts';
import type { JsonObject } from '../../data/document.ts';
import { interpret } from '../../exec/interpret/index.ts';
import type { RuleFiles } from '../load/files.ts';
import { RulePathError } from '../load/files.ts';
import { loadRules } from '../load/load.ts';
import { selectRules } from '../load/select.ts';
import type { LoadedRule, RuleSet } from '../rule.ts';
import { loadOverlays } from './read.ts';

const memory = (files: Readonly<Record<string, string>>): RuleFiles => ({
  async list(path) {
    const found = Object.keys(files).filter((file) => file === path || file.startsWith(`${path}/`));
    if (found.length === 0) throw new RulePathError(diagnostic('RULE007', `there is no "${path}"`));
    return { files: found.map((file) => ({ file, identity: file, named: file === path })), diagnostics: [] };
  },
  read: async (file) => success(files[file] ?? ''),
});

const rule = (changes: Readonly<Record<string, string>> = {}, tail = ''): string => {
  const keys = {
    rule_id: '"a"',
    name: '"Rule A"',
    description: '"x"',
    author: '["them"]',
    risk_score: '47',
    severity: '"medium"',
    type: '"query"',
    language: '"kuery"',
    query: '"user.name: eve"',
    tags: '["One", "Two"]',
    interval: '"5m"',
    ...changes,
  };
  const lines = Object.entries(keys).map(([key, value]) => `${key} = ${value}\n`);
  return `[metadata]\nupdated_date = "2026/03/04"\n\n[rule]\n${lines.join('')}${tail}`;
};

/** An overlay without effect. */
const NOTHING = '[[overlay]]\nrule_id = "a"\n';

const digest = (text: string): string => `sha of ${text}`;

async function load(overlays: string, rules: Readonly<Record<string, string>> = { 'r/a.toml': rule() }) {
  const set = await loadOverlays(['o.toml'], memory({ 'o.toml': overlays }), digest);
  return loadRules(['r'], memory(rules), { overlays: set });
}

async function only(overlays: string, text?: string): Promise<LoadedRule> {
  const set = await load(overlays, text === undefined ? undefined : { 'r/a.toml': text });
  assert.deepEqual(errors(set), []);
  return set.rules[0] ?? assert.fail();
}

const pictures = ({ diagnostics }: RuleSet): string[] => diagnostics.map((d) => picture(d));
const errors = (set: RuleSet): string[] =>
  [...set.diagnostics, ...set.rules.flatMap(({ diagnostics }) => diagnostics)]
    .filter(({ severity }) => severity === 'error')
    .map((d) => picture(d));

const matches = ({ plan }: LoadedRule, ...events: JsonObject[]): boolean[] => {
  assert.equal(plan?.kind, 'filter');
  return events.map((event) => plan?.kind === 'filter' && interpret(plan.where, event, { now: 0 }));
};

test('keys of the rule are replaced, tables merged, tags added and removed', async () => {
  const threshold = rule({ type: '"threshold"' }, '[rule.threshold]\nfield = ["user.name"]\nvalue = 5\n');
  const { document, overlay } = await only(
    '[[overlay]]\nrule_id = "a"\nadd_tags = ["Ours", "One"]\nremove_tags = ["Two"]\n' +
      '[overlay.rule]\nseverity = "high"\nrisk_score = 73\ninterval = "10m"\nmax_signals = 7\nthreshold = { value = 50 }\n',
    threshold,
  );
  const { severity, risk_score, interval, max_signals, tags, name, ...others } = document.rule;
  assert.deepEqual(
    { severity, risk_score, interval, max_signals, tags, name },
    {
      severity: 'high',
      risk_score: 73,
      interval: '10m',
      max_signals: 7,
      tags: ['One', 'Ours'],
      name: 'Rule A',
    },
  );
  assert.deepEqual('threshold' in others && others.threshold, { field: ['user.name'], value: 50 });
  assert.deepEqual(overlay, { file: 'o.toml' });
});

const eve: JsonObject = { user: { name: 'eve' } };
const fromHome: JsonObject = { user: { name: 'eve' }, source: { ip: '10.0.0.1' } };

test('clauses in KQL', async () => {
  const and = await only(`[[overlay]]\nrule_id = "a"\nand = 'source.ip: "10.0.0.0/8" or host.name: x'\n`);
  assert.deepEqual(matches(and, eve, fromHome), [false, true]);
  const not = await only(`[[overlay]]\nrule_id = "a"\nand_not = 'source.ip: "10.0.0.0/8" or host.name: x'\n`);
  assert.deepEqual(matches(not, eve, fromHome), [true, false]);
});

const eql = (query: string): string => rule({ type: '"eql"', language: '"eql"', query: `'${query}'` });

test('clauses in EQL keep its logic, where null is neither true nor false', async () => {
  const text = eql('any where user.name == "eve"');
  const and = await only(`[[overlay]]\nrule_id = "a"\nand = 'source.ip == "10.0.0.1" // home'\n`, text);
  assert.deepEqual(matches(and, eve, fromHome), [false, true]);
  const not = await only(`[[overlay]]\nrule_id = "a"\nand_not = 'length(host.name) > 3'\n`, text);
  const written = await only(NOTHING, eql('any where user.name == "eve" and not (length(host.name) > 3)'));
  const events = [eve, { ...eve, host: { name: 'abcd' } }, { ...eve, host: { name: 'a' } }];
  assert.deepEqual(matches(not, ...events), matches(written, ...events));
});

test('a clause narrows every step of a sequence', async () => {
  const text = eql(
    'sequence by host.id with maxspan=1m [process where true] ![file where true] until [network where true]',
  );
  const { plan } = await only(`[[overlay]]\nrule_id = "a"\nand_not = 'user.name == "ci"'\n`, text);
  assert.equal(plan?.kind, 'sequence');
  if (plan?.kind !== 'sequence') return;
  const ci = { user: { name: 'ci' }, event: { category: ['process', 'file', 'network'] } };
  const steps = [...plan.steps, ...(plan.until === undefined ? [] : [plan.until])];
  assert.deepEqual(
    steps.map(({ where }) => interpret(where, ci, { now: 0 })),
    [false, false, false],
  );
});

test('switching rules off and on', async () => {
  const off = await only('[[overlay]]\nrule_id = "a"\nenabled = false\nreason = "No Windows here."\n');
  assert.deepEqual(off.status, {
    runnable: false,
    reason: 'overlay',
    explanation: 'Switched off by o.toml:1: No Windows here.',
  });
  const overlay = '[[overlay]]\nrule_id = "a"\nenabled = true\n';
  const deprecated = rule().replace('[metadata]\n', '[metadata]\nmaturity = "deprecated"\n');
  assert.deepEqual((await only(NOTHING, deprecated)).status.runnable, false);
  assert.deepEqual((await only(overlay, deprecated)).status.runnable, true);
  const block = await load(overlay, { 'r/a.toml': rule({ building_block_type: '"default"' }) });
  const filter = { rules: [], tags: [], deprecated: false, buildingBlocks: false };
  assert.deepEqual(selectRules(block, filter).rules[0]?.status, { runnable: true });
});

test('what the author changed since is said with both values', async () => {
  const set = await load(`[[overlay]]
rule_id = "a"
and_not = 'user.name: ci'
base = { updated_date = "2026/01/01", query_sha256 = "sha of user.name: *", severity = "low", interval = "5m" }
[overlay.rule]
severity = "high"
interval = "10m"
risk_score = 73
max_signals = 7
`);
  assert.deepEqual(pictures(set), [
    'o.toml:6:12: warning OVL102: the author changed "severity" from "low": it is "medium" in the rule now, and the overlay sets "high"\n' +
      '  6 | severity = "high"\n' +
      '    |            ^^^^^^',
    'o.toml:8:14: warning OVL102: the rule was updated, perhaps in "risk_score": it is 47 in the rule now, and the overlay sets 73\n' +
      '  8 | risk_score = 73\n' +
      '    |              ^^',
    'o.toml:9:15: warning OVL102: the rule was updated, perhaps in "max_signals": it is not set in the rule now, and the overlay sets 7\n' +
      '  9 | max_signals = 7\n' +
      '    |               ^',
    'o.toml:4:54: warning OVL102: the author changed the query that the overlay adds a clause to\n' +
      `  4 | base = { updated_date = "2026/01/01", query_sha256 = "sha of user.name: *", severity = "low", interval = "5m" }\n` +
      `    | ${' '.repeat(53)}${'^'.repeat(21)}\n` +
      '  hint: its query_sha256 is "sha of user.name: eve" now',
  ]);
  assert.equal(set.rules[0]?.document.rule.severity, 'high');
});

test('nothing is said while the rule is what the overlay was written against', async () => {
  const set = await load(
    `[[overlay]]
rule_id = "a"
and_not = 'user.name: ci'
base = { updated_date = "2026/03/04", query_sha256 = "sha of user.name: eve", severity = "medium" }
[overlay.rule]
severity = "high"
`,
  );
  assert.deepEqual(pictures(set), []);
});

test('an overlay without a base says what to write; one that changes nothing any more says so', async () => {
  const without = await load('[[overlay]]\nrule_id = "a"\nand = "f: x"\n[overlay.rule]\nseverity = "high"\n');
  assert.deepEqual(pictures(without), [
    'o.toml:1:3: note OVL103: the overlay of "Rule A" has no "base"\n' +
      '  1 | [[overlay]]\n' +
      '    |   ^^^^^^^\n' +
      '  hint: base = { updated_date = "2026/03/04", query_sha256 = "sha of user.name: eve", severity = "medium" }',
  ]);
  const idle = await load(
    '[[overlay]]\nrule_id = "a"\nbase = { severity = "low" }\n[overlay.rule]\nseverity = "medium"\n',
  );
  assert.deepEqual(pictures(idle), [
    'o.toml:5:12: note OVL104: "severity" is "medium" in the rule by now, as in the overlay\n' +
      '  5 | severity = "medium"\n' +
      '    |            ^^^^^^^^',
  ]);
});

test('an overlay with an error changes nothing, and points into its own file', async () => {
  const cases: Readonly<Record<string, string>> = {
    '[overlay.rule]\nseverity = "hgh"\n':
      'o.toml:4:12: error OVL011: "severity" must be one of "low", "medium", "high", "critical"',
    '[overlay.rule]\nintervl = "5m"\n':
      'o.toml:4:1: error OVL011: "intervl" is no key of a rule of type "query"',
    '[overlay.rule]\nquery = "*"\n': 'o.toml:4:1: error OVL013: "query" cannot be changed',
    'and = "user.name:"\n': 'o.toml:3:18: error KQL109',
    'enabled = "no"\n': 'o.toml:3:11: error OVL011: "enabled" must be true or false, found "no"',
  };
  for (const [body, expected] of Object.entries(cases)) {
    const set = await load(`[[overlay]]\nrule_id = "a"\n${body}`);
    const found = errors(set).map((text) => text.split('\n')[0] ?? '');
    assert.equal(found.length, 1, body);
    assert.ok(found[0]?.startsWith(expected), found[0]);
    assert.deepEqual(set.rules[0]?.document.rule.severity, 'medium');
    assert.equal(set.rules[0]?.overlay, undefined);
    assert.deepEqual(set.rules[0]?.status, { runnable: true });
  }
});

test('an error in an EQL clause points at its words', async () => {
  const set = await load(`[[overlay]]\nrule_id = "a"\nand_not = 'user.nme == "ci" or'\n`, {
    'r/a.toml': eql('any where true'),
  });
  assert.equal(errors(set)[0]?.split(' ')[0], 'o.toml:3:31:');
});

test('rules without a language that can be narrowed', async () => {
  const set = await load('[[overlay]]\nrule_id = "a"\nand = "x: y"\n', {
    'r/a.toml': rule({ type: '"esql"', language: '"esql"', query: '"FROM x"' }),
  });
  assert.equal(
    errors(set)[0]?.split('\n')[0],
    'o.toml:1:3: error OVL015: a rule of type "esql" takes no further clause',
  );
});

test('a rule that is gone, a second overlay of one rule, an unknown key', async () => {
  const set = await load(
    '[[overlay]]\nrule_id = "b"\n[[overlay]]\nrule_id = "a"\nenable = false\n[[overlay]]\nrule_id = "a"\n',
  );
  assert.deepEqual(
    pictures(set).map((text) => text.split('\n').filter((line) => !/^ +(\d|\|)/.test(line))),
    [
      ['o.toml:5:1: warning OVL012: unknown key "enable"', '  hint: did you mean "enabled"?'],
      ['o.toml:6:3: error OVL014: "a" is changed by the overlay at o.toml:3 already'],
      ['o.toml:2:11: warning OVL101: no rule has the id "b"'],
    ],
  );
});

test('the examples of the catalogue give their code', async () => {
  for (const [code, { example, severity }] of Object.entries<MessageDefinition>(overlayMessages)) {
    if (example === undefined) continue;
    const set = await load(example, { 'r/a.toml': rule({ rule_id: '"x"' }) });
    assert.deepEqual(
      set.diagnostics.map((d) => [d.code, d.severity]),
      [[code, severity]],
      example,
    );
  }
});
