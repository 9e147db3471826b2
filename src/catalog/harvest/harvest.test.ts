import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryFiles } from '../../../tests/support/catalog.ts';
import { harvestCheckout, harvestFile } from './checkout.ts';
import { bulletsOf, readGuide } from './guide.ts';
import type { Found, HarvestedRule } from './rule.ts';
import { Unreadable } from './rule.ts';

const only = (path: string, text: string): HarvestedRule => {
  const { rules } = harvestFile(path, text);
  const [rule] = rules;
  assert.ok(rule !== undefined && rules.length === 1, `${rules.length} rules in ${path}`);
  return rule;
};

const brief = ({ origin, text, label, fields }: Found) => ({
  origin,
  text,
  ...(label === undefined ? {} : { label }),
  ...(fields === undefined ? {} : { fields }),
});

const toml = (language: string, query: string, more = ''): string => `
[metadata]
creation_date = "2026/01/02"
updated_date = "2026/03/04"
integration = ["kubernetes"]
maturity = "production"

[rule]
author = ["Winnow"]
rule_id = "r-1"
name = "Secrets read"
description = "Reads."
type = "${language === 'eql' ? 'eql' : 'query'}"
language = "${language}"
severity = "low"
license = "Apache-2.0"
query = '''
${query}
'''
${more}
`;

test('a rule in Elastic’s format gives its field, its guide and what its query excludes', () => {
  const rule = only(
    'rules/kubernetes/secrets.toml',
    toml(
      'kuery',
      'event.action:"get" and not user.name:("a" or\n  "b") and not user.id:*',
      `
false_positives = ["A backup lists Secrets.", "Unknown"]
note = """## Triage

### False positive analysis

- The first
  bullet.
- The second.

### Response

- Not this one.
"""
[[rule.threat]]
framework = "MITRE ATT&CK"
tactic = { id = "TA0006", name = "Credential Access", reference = "" }
[[rule.threat.technique]]
id = "T1552"
name = "Unsecured Credentials"
reference = ""
[[rule.threat.technique.subtechnique]]
id = "T1552.007"
name = "Container API"
reference = ""
`,
    ),
  );
  assert.deepEqual(rule.field.map(brief), [
    { origin: 'field', text: 'A backup lists Secrets.' },
    { origin: 'field', text: 'Unknown' },
  ]);
  const label = 'False positive analysis';
  assert.deepEqual(rule.found.map(brief), [
    { origin: 'guide', text: 'The first\nbullet.', label },
    { origin: 'guide', text: 'The second.', label },
    { origin: 'inline-exclusion', text: 'not user.name:("a" or\n  "b")', fields: ['user.name'] },
  ]);
  assert.deepEqual(
    [...rule.field, ...rule.found].map(({ line }) => line),
    [22, 22, 27, 29, 18],
  );
  assert.deepEqual(rule.found[2]?.span, { start: 23, end: 51 });
  assert.deepEqual(rule.techniques, [
    { id: 'T1552', name: 'Unsecured Credentials' },
    { id: 'T1552.007', name: 'Container API' },
  ]);
  const { tactics, data, status, created, updated, license, severity } = rule;
  assert.deepEqual(
    { tactics, data, status, created, updated, license, severity },
    {
      tactics: ['credential-access'],
      data: ['kubernetes'],
      status: 'active',
      created: '2026-01-02',
      updated: '2026-03-04',
      license: 'Apache-2.0',
      severity: 'low',
    },
  );
});

const exclusions = (language: string, query: string): string[] =>
  only('rules/a.toml', toml(language, query)).found.map(({ text }) => text);

test('exclusions come from the plan: negations that narrow, in every language', () => {
  assert.deepEqual(exclusions('kuery', 'a:1 and not (b:2 and not c:3)'), ['not (b:2 and not c:3)']);
  assert.deepEqual(exclusions('kuery', '(a:1 and not b:2) or (c:3 and not d:4)'), ['not b:2', 'not d:4']);
  assert.deepEqual(exclusions('kuery', 'a:1 or not b:2'), []);
  assert.deepEqual(exclusions('kuery', 'a:1 and user.name:(x* and not\n "xy")'), ['user.name: (not\n "xy")']);
  assert.deepEqual(exclusions('eql', 'process where a == "not x" and b != "c" and not d in ("e")'), [
    'b != "c"',
    'not d in ("e")',
  ]);
  assert.deepEqual(
    exclusions(
      'eql',
      'sequence by host.id with maxspan=1h [file where not a == 1] ![file where not b == 2] [any where true]',
    ),
    ['not a == 1'],
  );
  assert.deepEqual(exclusions('lucene', 'a:1 AND NOT b:2'), ['b:2']);
  assert.deepEqual(exclusions('eql', 'process where a == 1 and not b == null'), []);
  assert.deepEqual(exclusions('kuery', 'a:('), []);
  const [inRows] = only('rules/a.toml', toml('esql', 'from logs-* | where not KQL("a: 1 and b: 2")')).found;
  assert.deepEqual(inRows?.fields, ['a', 'b']);
});

test('deprecated rules are known by their folder and by what they say', () => {
  assert.equal(only('rules/_deprecated/a.toml', toml('kuery', 'a:1')).status, 'deprecated');
  assert.equal(only('rules/deprecated_thing.toml', toml('kuery', 'a:1')).status, 'active');
});

test('guides: inner headings, notices about AI, sections without bullets', () => {
  const note = [
    '> This guide was made with generative AI.',
    '### False Positive Analysis:',
    'Prose before.',
    '* One',
    '  - Inner',
    '#### Cloud',
    '1. Two',
    '## Next',
    '- no',
    '### False positives',
    'Only prose',
    'on two lines.',
  ].join('\n');
  assert.deepEqual(
    bulletsOf(note).map(({ text, heading, paragraph }) => [text, heading, paragraph]),
    [
      ['One', 'False Positive Analysis:', false],
      ['Inner', 'False Positive Analysis:', false],
      ['Two', 'False Positive Analysis: > Cloud', false],
      ['Only prose\non two lines.', 'False positives', true],
    ],
  );
  assert.deepEqual(readGuide(note), { ai: true, mentionsAi: true });
  assert.deepEqual(readGuide('A service for generative AI.'), { ai: false, mentionsAi: true });
});

const sigma = `title: Service stopped
id: s-1
status: test
author: Ann (@ann), Bo (Some Company), Cy (small.example), Di (originally from elsewhere, fixes)
date: 2026-01-02
modified: 2026-02-03
tags:
    - attack.stealth
    - attack.t1685.001
logsource:
    product: linux
    category: process_creation
detection:
    selection:
        Image|endswith: '/systemctl'
    filter_main_update:
        CommandLine|contains: 'upgrade'
        ParentImage: '/usr/bin/dpkg'
    reduction:
        User: root
    other:
        a: 1
    condition: selection and other and not 1 of filter_main_* and not reduction
falsepositives:
    - Package updates
    - Unknown
level: high
`;

test('a Sigma rule gives its list and the selections that its condition negates', () => {
  const rule = only('rules/linux/a.yml', sigma);
  assert.deepEqual(
    rule.field.map(({ text, line }) => [text, line]),
    [
      ['Package updates', 25],
      ['Unknown', 26],
    ],
  );
  assert.deepEqual(rule.found.map(brief), [
    {
      origin: 'named-filter',
      text: "filter_main_update:\n    CommandLine|contains: 'upgrade'\n    ParentImage: '/usr/bin/dpkg'",
      label: 'filter_main_update',
      fields: ['CommandLine', 'ParentImage'],
    },
    { origin: 'named-filter', text: 'reduction:\n    User: root', label: 'reduction', fields: ['User'] },
  ]);
  const [first] = rule.found;
  assert.ok(rule.logic.slice(first?.span?.start, first?.span?.end).startsWith('filter_main_update:'));
  const { techniques, tactics, authors, teams, data, severity, updated } = rule;
  assert.deepEqual(
    { techniques, tactics, authors, teams, data, severity, updated },
    {
      techniques: [{ id: 'T1685.001' }],
      tactics: ['stealth'],
      authors: [
        'Ann (@ann)',
        'Bo (Some Company)',
        'Cy (small.example)',
        'Di (originally from elsewhere, fixes)',
      ],
      teams: ['Some Company', 'small.example'],
      data: ['linux'],
      severity: 'high',
      updated: '2026-02-03',
    },
  );
});

test('older Sigma files: several documents, one text instead of a list, no id, slashes in dates', () => {
  const old = `action: global
title: Old rule
author: Ann
date: 2017/03/05
falsepositives: Old backup tools
level: low
tags: [attack.defense_evasion, attack.t1086]
---
logsource: {product: windows, service: sysmon}
detection:
    selection: {EventID: 1}
    condition: selection
---
logsource: {product: windows, service: security}
detection:
    selection: {EventID: 4688}
    condition: selection
`;
  const { rules } = harvestFile('rules/windows/old.yml', old);
  assert.deepEqual(
    rules.map(({ id, name, created, field, tactics, type }) => ({
      id,
      name,
      created,
      field: field.map(({ text }) => text),
      tactics,
      type,
    })),
    ['rules/windows/old.yml', 'rules/windows/old.yml#2'].map((id, index) => ({
      id,
      name: 'Old rule',
      created: '2017-03-05',
      field: ['Old backup tools'],
      tactics: ['defense-evasion'],
      type: ['sysmon', 'security'][index],
    })),
  );
});

test('a Sigma filter in a file of its own belongs to the rules that it names', () => {
  const { rules, attachments } = harvestFile(
    'filters/a.yml',
    'title: Our scanner\nlogsource: {product: linux}\nfilter:\n  rules: [s-1]\n  selection:\n    User: scan\n  condition: not selection\n',
  );
  assert.deepEqual(
    [rules.length, attachments?.map(({ rules: of, found }) => [of, brief(found)])],
    [
      0,
      [
        [
          ['s-1'],
          {
            origin: 'named-filter',
            text: 'selection:\n    User: scan',
            label: 'Our scanner',
            fields: ['User'],
          },
        ],
      ],
    ],
  );
});

const splunk = (more: string): string => `name: Kubernetes secrets
id: p-1
author: Ann, Splunk
date: '2024-05-06'
type: Hunting
search: '\`kube\` | stats count'
how_to_implement: Read the logs.
known_false_positives: Backups. Filter as needed.
${more}`;

test('Splunk’s older and newer layouts', () => {
  const older = only(
    'detections/cloud/a.yml',
    splunk('tags:\n  mitre_attack_id: [T1552.007]\n  risk_score: 64\n  asset_type: Kubernetes\n'),
  );
  const newer = only(
    'detections/cloud/a.yml',
    splunk(
      'status: production\nmitre_attack_id:\n- T1552.007\nrba:\n  risk_objects:\n  - {field: user, score: 25}\ndata_source: [Kubernetes Audit]\n',
    ),
  );
  const facts = ({ techniques, severity, data, field, teams, updated }: HarvestedRule) => ({
    techniques,
    severity,
    data,
    field: field.map(({ text }) => text),
    teams,
    updated,
  });
  const same = {
    techniques: [{ id: 'T1552.007' }],
    data: ['kubernetes'],
    field: ['Backups. Filter as needed.'],
    teams: ['Splunk'],
    updated: '2024-05-06',
  };
  assert.deepEqual(facts(older), { ...same, severity: 'high' });
  assert.deepEqual(facts(newer), { ...same, severity: 'low' });
  assert.equal(only('detections/deprecated/a.yml', splunk('')).status, 'deprecated');
});

test('lines of a quoted text at the left edge are read as if they were indented', () => {
  const text = splunk('').replace("'`kube` | stats count'", "'`kube`\n| stats count'");
  const harvested = harvestFile('detections/a.yml', text);
  assert.equal(harvested.rules[0]?.logic, '`kube` | stats count');
  assert.match(harvested.mended ?? '', /indented/);
});

test('what is no rule is left out, what is broken throws', () => {
  assert.deepEqual(harvestFile('rules/x.yml', 'a: 1\n').rules, []);
  assert.deepEqual(harvestFile('rules/x.toml', '[other]\n').rules, []);
  assert.throws(() => harvestFile('rules/x.yml', 'a: [1\n'), Unreadable);
  assert.throws(() => harvestFile('rules/x.toml', 'a = '), Unreadable);
  const bomb = `${['a: &a [x, x, x, x, x, x, x, x, x, x]', ...'bcdefgh'.split('').map((name, i) => `${name}: &${name} [${Array(10).fill(`*${'abcdefg'[i]}`).join(', ')}]`)].join('\n')}\nsearch: x\nhow_to_implement: y\n`;
  assert.throws(() => harvestFile('rules/x.yml', bomb), Unreadable);
});

test('a checkout: rules by their folders, licence, commit, lists, and everything that could not be read', async () => {
  const files = memoryFiles(
    {
      LICENSE: 'Detection Rule License (DRL) 1.1\n',
      'README.yml': 'a: 1',
      'rules/linux/a.yml': sigma,
      'rules/linux/broken.yml': 'a: [1\n',
      'rules/linux/note.yml': 'a: 1',
      'tests/b.yml': sigma.replace('s-1', 's-2'),
      '.github/workflows/known-FPs.csv': 'RuleId;RuleName;MatchString\ns-1;Service stopped;.*apt.*\n',
    },
    'a'.repeat(40),
  );
  const found = await harvestCheckout('/home/me/sigma', files);
  assert.deepEqual(
    {
      name: found.name,
      license: found.license,
      commit: found.commit,
      leftOut: found.leftOut,
      refused: found.refused.map(({ path }) => path),
      codes: found.diagnostics.map(({ code }) => code),
      rules: found.rules.map(({ id, path, set, license, source }) => ({ id, path, set, license, source })),
      attachments: found.attachments.map(({ rules, found: { text, line } }) => ({ rules, text, line })),
    },
    {
      name: 'sigma',
      license: 'DRL-1.1',
      commit: 'a'.repeat(40),
      leftOut: 1,
      refused: ['rules/linux/broken.yml'],
      codes: ['CAT002'],
      rules: [{ id: 's-1', path: 'rules/linux/a.yml', set: 'rules', license: 'DRL-1.1', source: 'sigma' }],
      attachments: [{ rules: ['s-1', 'Service stopped'], text: '.*apt.*', line: 2 }],
    },
  );
});

test('a folder of rules without the folders of a rule set is read whole', async () => {
  const files = memoryFiles({
    'kubernetes/a.toml': toml('kuery', 'a:1'),
    'kubernetes/a.tests.toml': 'x = 1',
  });
  const { rules, license } = await harvestCheckout('content/rules', files);
  assert.deepEqual(
    rules.map(({ source, set, path, license: of }) => ({ source, set, path, of })),
    [{ source: 'winnow', set: 'rules', path: 'kubernetes/a.toml', of: 'Apache-2.0' }],
  );
  assert.equal(license, 'unknown');
});

test('a part of a checkout knows which part it is, and what is no checkout does not pretend', async () => {
  const placed = async (folder: string) => {
    const { rules } = await harvestCheckout(folder, memoryFiles({ 'x/a.yml': sigma }));
    return rules.map(({ set, within }) => [set, within.join('/')]);
  };
  assert.deepEqual(await placed('/home/me/sigma/rules/linux'), [['rules', 'rules/linux']]);
  assert.deepEqual(await placed('/home/me/content/detections/deprecated'), [
    ['detections', 'detections/deprecated'],
  ]);
  assert.deepEqual(await placed('/home/me/copies'), [['copies', '']]);
});

test('of a part of a checkout every rule is read, and those in its folders of old rules are deprecated', async () => {
  const read = async (folder: string, ...paths: readonly string[]) => {
    const contents = Object.fromEntries(paths.map((path) => [path, splunk('')]));
    const { rules } = await harvestCheckout(folder, memoryFiles(contents));
    return rules.map(({ path, set, status }) => [path, set, status]);
  };
  assert.deepEqual(await read('/me/content/detections', 'cloud/a.yml', 'deprecated/b.yml'), [
    ['cloud/a.yml', 'detections', 'active'],
    ['deprecated/b.yml', 'detections', 'deprecated'],
  ]);
  assert.deepEqual(await read('/me/content/detections/deprecated', 'b.yml'), [
    ['b.yml', 'detections', 'deprecated'],
  ]);
  assert.deepEqual(await read('/me/mine', 'a.yml', 'deprecated/b.yml'), [
    ['a.yml', 'mine', 'active'],
    ['deprecated/b.yml', 'deprecated', 'deprecated'],
  ]);
  assert.deepEqual(await read('/me/deprecated/content', 'detections/a.yml', 'docs/x.yml'), [
    ['detections/a.yml', 'detections', 'active'],
  ]);
});
