import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnostic, picture } from '../../base/diagnostic.ts';
import type { MessageDefinition } from '../../base/messages/define.ts';
import { ruleMessages } from '../../base/messages/rule.ts';
import { failure, success } from '../../base/result.ts';
import type { GivenInputs } from './inputs.ts';
import { withInputs } from './inputs.ts';
import type { LoadedRule, RuleSet } from '../rule.ts';
import { describeRule } from './describe.ts';
import type { RuleFiles } from './files.ts';
import { RulePathError } from './files.ts';
import type { LoadOptions } from './load.ts';
import { loadRules } from './load.ts';
import type { RuleFilter } from './select.ts';
import { selectRules } from './select.ts';

/** Files in memory; a path is a folder when others begin with it. */
const memory = (files: Readonly<Record<string, string>>): RuleFiles => ({
  async list(path) {
    const found = Object.keys(files).filter((file) => file === path || file.startsWith(`${path}/`));
    if (found.length === 0) throw new RulePathError(diagnostic('RULE007', `there is no "${path}"`));
    return {
      files: found.map((file) => ({ file, identity: file, named: file === path })),
      diagnostics: [],
    };
  },
  async read(file) {
    const text = files[file] ?? '';
    return text === '<unreadable>'
      ? failure(diagnostic('RULE002', 'cannot be read: permission denied'))
      : success(text);
  },
});

let made = 0;

/** A rule with an id and name of its own. */
function rule(changes: Readonly<Record<string, string>> = {}, tail = ''): string {
  const lines: Readonly<Record<string, string>> = {
    rule_id: `"id-${++made}"`,
    name: `"Rule ${made}"`,
    description: '"Finds a thing."',
    author: '["me"]',
    risk_score: '47',
    severity: '"medium"',
    type: '"query"',
    language: '"kuery"',
    query: "'process.name: nc'",
    ...changes,
  };
  return `[rule]\n${Object.entries(lines)
    .map(([key, value]) => `${key} = ${value}\n`)
    .join('')}${tail}`;
}

const load = (files: Readonly<Record<string, string>>, options: LoadOptions = {}): Promise<RuleSet> =>
  loadRules(['rules'], memory(files), options);

const statusOf = ({ status }: LoadedRule): string => (status.runnable ? 'runs' : status.reason);
const statuses = (set: RuleSet) => Object.fromEntries(set.rules.map((one) => [one.file, statusOf(one)]));
const pictures = (found: RuleSet['diagnostics']): string[] => found.map((d) => picture(d));

async function only(text: string): Promise<LoadedRule> {
  const { rules, refused } = await load({ 'rules/a.toml': text });
  assert.deepEqual(refused, []);
  assert.equal(rules.length, 1);
  return rules[0] as LoadedRule;
}

test('what runs, and why the others do not', async () => {
  const eql = (query: string) => rule({ type: '"eql"', language: '"eql"', query: `'''${query}'''` });
  const threshold = '[rule.threshold]\nfield = ["user.name"]\nvalue = 5\n';
  const terms =
    '[rule.new_terms]\nfield = "new_terms_fields"\nvalue = ["user.name"]\n' +
    '[[rule.new_terms.history_window_start]]\nfield = "history_window_start"\nvalue = "now-7d"\n';
  const match =
    "threat_index = ['ti-*']\nthreat_query = '@timestamp >= \"now-30d/d\"'\nthreat_language = 'kuery'\n" +
    "[[rule.threat_mapping]]\n[[rule.threat_mapping.entries]]\nfield = 'source.ip'\ntype = 'mapping'\nvalue = 'threat.indicator.ip'\n";
  const set = await load({
    'rules/query.toml': rule(),
    'rules/lucene.toml': rule({ language: '"lucene"' }),
    'rules/saved.toml':
      '[rule]\nrule_id = "s"\nname = "s"\ndescription = "s"\nauthor = []\nrisk_score = 1\nseverity = "low"\ntype = "saved_query"\nsaved_id = "x"\n',
    'rules/eql.toml': eql('process where true'),
    'rules/sequence.toml': eql('sequence by host.id [process where true] [file where true]'),
    'rules/sample.toml': eql('sample by host.id [process where true] [file where true]'),
    'rules/pipes.toml': eql('process where true | head 5'),
    'rules/esql.toml': rule({ type: '"esql"', language: '"esql"', query: '"FROM logs-*"' }),
    'rules/threshold.toml': rule({ type: '"threshold"' }, threshold),
    'rules/terms.toml': rule({ type: '"new_terms"' }, terms),
    'rules/counted.toml': rule(
      {
        type: '"threshold"',
        language: '"eql"',
        query: "'sequence by host.id [any where true] [any where true]'",
      },
      threshold,
    ),
    'rules/match.toml': rule({ type: '"threat_match"' }, match),
    'rules/ml.toml':
      '[rule]\nrule_id = "m"\nname = "m"\ndescription = "m"\nauthor = []\nrisk_score = 1\nseverity = "low"\ntype = "machine_learning"\nmachine_learning_job_id = "j"\nanomaly_threshold = 50\n',
    'rules/broken.toml': rule({ query: '"process.name: ("' }),
    'rules/old.toml': `[metadata]\nmaturity = "deprecated"\n${rule()}`,
    'rules/_deprecated/old.toml': rule({ type: '"threshold"' }, threshold),
  });
  assert.deepEqual(set.refused, []);
  assert.deepEqual(statuses(set), {
    'rules/query.toml': 'runs',
    'rules/lucene.toml': 'runs',
    'rules/saved.toml': 'type:saved_query',
    'rules/eql.toml': 'runs',
    'rules/sequence.toml': 'runs',
    'rules/sample.toml': 'runs',
    'rules/pipes.toml': 'runs',
    'rules/esql.toml': 'runs',
    'rules/threshold.toml': 'runs',
    'rules/terms.toml': 'runs',
    'rules/match.toml': 'runs',
    'rules/counted.toml': 'plan:sequence',
    'rules/ml.toml': 'type:machine_learning',
    'rules/broken.toml': 'error',
    'rules/old.toml': 'deprecated',
    'rules/_deprecated/old.toml': 'deprecated',
  });
  const parts = (name: string) => {
    const found = set.rules.find(({ file }) => file === `rules/${name}.toml`);
    return [found?.query !== undefined, found?.plan?.kind, found?.threatPlan?.kind];
  };
  assert.deepEqual(parts('threshold'), [true, 'filter', undefined]);
  assert.deepEqual(parts('match'), [true, 'filter', 'filter']);
  assert.deepEqual(parts('esql'), [true, 'pipeline', undefined]);
  assert.deepEqual(parts('ml'), [false, 'filter', undefined]);
  assert.deepEqual(parts('broken'), [true, undefined, undefined]);
});

test('rules that read more than events run when it is given', async () => {
  const indicators = await only(
    rule(
      { type: '"threat_match"' },
      "threat_index = ['ti-*']\n[[rule.threat_mapping]]\n[[rule.threat_mapping.entries]]\nfield = 'source.ip'\ntype = 'mapping'\nvalue = 'threat.indicator.ip'\n",
    ),
  );
  const anomalies = await only(
    '[rule]\nrule_id = "m"\nname = "m"\ndescription = "m"\nauthor = []\nrisk_score = 1\nseverity = "low"\ntype = "machine_learning"\nmachine_learning_job_id = "j"\nanomaly_threshold = 50\n',
  );
  const set = { rules: [indicators, anomalies], refused: [], diagnostics: [], milliseconds: 0 };
  const given = (inputs: GivenInputs) =>
    withInputs(set, inputs).rules.map(({ status }) => (status.runnable ? 'runs' : status.reason));
  assert.deepEqual(given({ indicators: true, anomalies: true, completion: false }), ['runs', 'runs']);
  assert.deepEqual(given({ indicators: false, anomalies: false, completion: false }), [
    'no indicators given',
    'type:machine_learning',
  ]);
});

test('deprecated rules run when asked for', async () => {
  const set = await load({ 'rules/_deprecated/a.toml': rule() }, { deprecated: true });
  assert.deepEqual(statuses(set), { 'rules/_deprecated/a.toml': 'runs' });
});

test('an error in a query points into the file, whatever string it is written in', async () => {
  const { diagnostics, status } = await only(
    rule({ rule_id: '"r"', name: '"R"', query: '"""\nprocess.name: \\"nc\\" and\n  \\u0028a:b"""' }),
  );
  const [first] = pictures(diagnostics);
  assert.match(first ?? '', /^rules\/a\.toml:12:3: error KQL\d+: /);
  assert.deepEqual(first?.split('\n').slice(1, 3), ['  12 |   \\u0028a:b"""', '     |   ^^^^^^']);
  assert.ok(!status.runnable);
  assert.match(status.explanation, /^rules\/a\.toml:12:3: /);
});

test('filters narrow the query; an error in one is an error of the rule', async () => {
  const filter = (clause: string) =>
    `[[rule.filters]]\n[rule.filters.meta]\nnegate = true\n[rule.filters.query]\n${clause}\n`;
  const narrowed = await only(rule({}, filter('exists = { field = "user.name" }')));
  assert.equal(statusOf(narrowed), 'runs');
  assert.deepEqual(
    narrowed.plan?.kind === 'filter' && narrowed.plan.where.kind === 'and' && narrowed.plan.where.args.length,
    2,
  );
  const broken = await only(rule({}, filter('wildcrad = { "a" = "b" }')));
  assert.equal(statusOf(broken), 'error');
  assert.deepEqual(pictures(broken.diagnostics), [
    'rules/a.toml:15:1: error FIL101: the clause "wildcrad" is not supported\n' +
      '  15 | wildcrad = { "a" = "b" }\n' +
      '     | ^^^^^^^^^^^^^^^^^^^^^^^^\n' +
      '  hint: did you mean "wildcard"?',
  ]);
});

test('filters apply to every step of a sequence', async () => {
  const { plan } = await only(
    rule(
      {
        type: '"eql"',
        language: '"eql"',
        query: "'sequence by host.id [a where true] [b where true] until [c where true]'",
      },
      '[[rule.filters]]\n[rule.filters.query]\nexists = { field = "user.name" }\n',
    ),
  );
  assert.ok(plan?.kind === 'sequence');
  const wheres = [...plan.steps, plan.until].map((step) => step?.where);
  for (const where of wheres) {
    assert.deepEqual(where?.kind === 'and' && where.args.at(-1)?.kind, 'exists');
  }
});

test('an empty query matches every event, which is a warning unless there are filters', async () => {
  const empty = await only(rule({ rule_id: '"r"', name: '"R"', query: '""' }));
  assert.deepEqual(pictures(empty.diagnostics), [
    'rules/a.toml:10:1: warning RULE014: "query" is empty and matches every event\n  10 | query = ""\n     | ^^^^^',
  ]);
  assert.equal(statusOf(empty), 'runs');
  const filtered = await only(
    rule({ query: '""' }, '[[rule.filters]]\n[rule.filters.query]\nexists = { field = "user.name" }\n'),
  );
  assert.deepEqual(filtered.diagnostics, []);
});

test('one broken file stops nothing; files that are no rules are counted', async () => {
  const set = await load({
    'rules/a.toml': '[rule\n',
    'rules/b.toml': rule(),
    'rules/c.toml': '<unreadable>',
    'rules/version.lock.toml': '[versions]\na = 1\n',
    'rules/hunt.toml': '[hunt]\na = 1\n',
  });
  assert.deepEqual(statuses(set), { 'rules/b.toml': 'runs' });
  assert.deepEqual(
    set.refused.map(({ file, diagnostics }) => [file, diagnostics.map(({ code }) => code)]),
    [
      ['rules/a.toml', ['RULE001']],
      ['rules/c.toml', ['RULE002']],
    ],
  );
  assert.deepEqual(pictures(set.diagnostics), [
    'note RULE004: 2 files without a [rule] table left out: rules/version.lock.toml, rules/hunt.toml',
  ]);
});

test('a file that was named is meant to be a rule', async () => {
  const files = memory({ 'rules/lock.toml': 'a = 1\n' });
  const named = await loadRules(['rules', 'rules/lock.toml'], files);
  assert.deepEqual(
    named.refused.map(({ diagnostics }) => pictures(diagnostics)),
    [['rules/lock.toml: error RULE003: the file has no [rule] table']],
  );
  assert.deepEqual(named.diagnostics, []);
});

test('a path that does not exist is thrown', async () => {
  await assert.rejects(loadRules(['nowhere'], memory({})), (error: unknown) => {
    assert.ok(error instanceof RulePathError);
    return error.diagnostic.code === 'RULE007';
  });
});

test('of rules with one id the first that can run does', async () => {
  const same = { rule_id: '"same"' };
  const set = await load({
    'rules/_deprecated/a.toml': rule(same),
    'rules/b.toml': rule({ ...same, name: '"First"' }),
    'rules/c.toml': rule({ ...same, name: '"Second"' }),
  });
  assert.deepEqual(statuses(set), {
    'rules/_deprecated/a.toml': 'deprecated',
    'rules/b.toml': 'runs',
    'rules/c.toml': 'duplicate',
  });
  assert.deepEqual(pictures(set.rules[2]?.diagnostics ?? []), [
    'rules/c.toml:2:11: error RULE020: the rule_id is also that of rules/b.toml:2, "First"\n' +
      '  2 | rule_id = "same"\n' +
      '    |           ^^^^^^',
  ]);
});

test('the same file by two ways is one rule', async () => {
  const files = memory({ 'rules/x/a.toml': rule() });
  const set = await loadRules(['rules', 'rules/x'], files);
  assert.deepEqual(statuses(set), { 'rules/x/a.toml': 'runs' });
});

test('under a strict profile a wrong value keeps the rule from running', async () => {
  const text = rule({ from: '"yesterday"' });
  assert.equal(statusOf((await load({ 'rules/a.toml': text })).rules[0] as LoadedRule), 'runs');
  const strict = await load({ 'rules/a.toml': text }, { profile: 'custom' });
  assert.deepEqual(statuses(strict), { 'rules/a.toml': 'error' });
});

test('rows', async () => {
  const set = await load({
    'rules/a.toml': rule({ rule_id: '"r"', name: '"R"' }),
    'rules/b.toml': rule({
      rule_id: '"s"',
      name: '"S"',
      type: '"esql"',
      language: '"esql"',
      query: '"FROM logs-*"',
      severity: '"high"',
      risk_score: '50',
    }),
  });
  assert.deepEqual(set.rules.map(describeRule), [
    {
      rule_id: 'r',
      name: 'R',
      type: 'query',
      language: 'kuery',
      severity: 'medium',
      file: 'rules/a.toml',
      runnable: true,
      reason: '',
    },
    {
      rule_id: 's',
      name: 'S',
      type: 'esql',
      language: 'esql',
      severity: 'high',
      file: 'rules/b.toml',
      runnable: true,
      reason: '',
    },
  ]);
});

const all: RuleFilter = { rules: [], tags: [], deprecated: false, buildingBlocks: false };

test('selecting', async () => {
  const set = await load(
    {
      'rules/exec.toml': rule({
        rule_id: '"r-1"',
        name: '"Exec into pod"',
        tags: '["Domain: Kubernetes", "x"]',
      }),
      'rules/secret.toml': rule({ severity: '"high"', risk_score: '50', tags: '["Domain: Cloud"]' }),
      'rules/_deprecated/old.toml': rule(),
      'rules/block.toml': rule({ building_block_type: '"default"' }),
    },
    { deprecated: true },
  );
  const select = (filter: Partial<RuleFilter>) => statuses(selectRules(set, { ...all, ...filter }));
  const exec = { 'rules/exec.toml': 'runs' };
  const secret = { 'rules/secret.toml': 'runs' };
  const off = { 'rules/_deprecated/old.toml': 'deprecated', 'rules/block.toml': 'building_block' };
  assert.deepEqual(select({}), { ...exec, ...secret, ...off });
  assert.deepEqual(select({ deprecated: true, buildingBlocks: true }), {
    ...exec,
    ...secret,
    'rules/_deprecated/old.toml': 'runs',
    'rules/block.toml': 'runs',
  });
  assert.deepEqual(select({ severity: 'high' }), secret);
  for (const word of [
    'r-1',
    'exec into pod',
    'exec*',
    'exec',
    'exec.toml',
    'rules/exec.toml',
    '*/exec.toml',
  ]) {
    assert.deepEqual(select({ rules: [word] }), exec, word);
  }
  assert.deepEqual(select({ rules: ['r-1', 'secret'] }), { ...exec, ...secret });
  assert.deepEqual(select({ tags: ['domain: *'] }), { ...exec, ...secret });
  assert.deepEqual(select({ tags: ['x'] }), exec);
  assert.deepEqual(select({ rules: ['(.'] }), {});
});

test('a word that selects nothing is said', async () => {
  const set = await load({ 'rules/secret.toml': rule({ tags: '["Kubernetes"]' }) });
  const { diagnostics } = selectRules(set, { ...all, rules: ['secrte'], tags: ['Kubernets', 'Kuber*'] });
  assert.deepEqual(pictures(diagnostics), [
    'warning RULE008: no rule fits "secrte"\n  hint: did you mean "secret"?',
    'warning RULE008: no tag fits "Kubernets"\n  hint: did you mean "Kubernetes"?',
  ]);
});

test('the examples of the catalogue give their code', async () => {
  for (const [code, { example, severity }] of Object.entries<MessageDefinition>({ ...ruleMessages })) {
    if (example === undefined) continue;
    const file = code === 'RULE006' ? 'rules/a.json' : 'rules/a.toml';
    const set = await loadRules([file], memory({ [file]: example }));
    const found = [...set.rules, ...set.refused].flatMap(({ diagnostics }) => diagnostics);
    assert.deepEqual(
      found.map((d) => [d.code, d.severity]),
      [[code, severity]],
    );
  }
});
