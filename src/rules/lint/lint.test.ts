import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from '../../base/diagnostic.ts';
import { ruleMessages } from '../../base/messages/rule.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Profile } from '../format/profile.ts';
import { parseRuleFile } from '../format/rule-file.ts';
import { lint, lints } from './index.ts';
import type { Subject } from './lint.ts';

/** A rule that no lint has anything to say about. */
const good = `[metadata]
creation_date = "2025/01/01"
updated_date = "2025/02/01"
maturity = "production"

[rule]
rule_id = "0a1b2c3d-0000-4000-8000-000000000001"
name = "A rule"
description = "Finds a thing."
author = ["me"]
risk_score = 73
severity = "high"
type = "query"
language = "kuery"
query = "process.name: nc"
false_positives = ["Backup jobs of the storage team start nc at night."]
tags = ["Domain: Kubernetes"]
note = """## Triage and analysis
Look at $osquery_0.
"""

[[transform.osquery]]
label = "a"
query = "SELECT 1"

[[rule.threat]]
framework = "MITRE ATT&CK"

[[rule.threat.technique]]
id = "T1059"
name = "Command and Scripting Interpreter"
reference = "https://attack.mitre.org/techniques/T1059/"

[[rule.threat.technique.subtechnique]]
id = "T1059.004"
name = "Unix Shell"
reference = "https://attack.mitre.org/techniques/T1059/004/"

[rule.threat.tactic]
id = "TA0002"
name = "Execution"
reference = "https://attack.mitre.org/tactics/TA0002/"
`;

function subject(text: string, file = 'rules/a_rule.toml', plan?: Plan): Subject {
  const result = parseRuleFile(file, text);
  assert.ok(result.ok);
  assert.deepEqual(result.diagnostics, []);
  return { rule: result.value, plan };
}

const said = (subjects: readonly Subject[], profile: Profile = 'elastic'): string[] =>
  lint(subjects, profile)
    .flat()
    .map((found) => picture(found));

/** The good rule with each old text replaced by a new one. */
function changed(...changes: readonly (readonly [old: string, now: string])[]): string {
  return changes.reduce((text, [old, now]) => {
    assert.ok(text.includes(old), old);
    return text.replace(old, now);
  }, good);
}

test('nothing to say about a good rule', () => {
  assert.deepEqual(said([subject(good)]), []);
});

interface Case {
  readonly name: string;
  readonly changes: readonly (readonly [string, string])[];
  readonly file?: string;
  /** Code and message of each finding. */
  readonly finds: readonly string[];
}

const cases: readonly Case[] = [
  {
    name: 'risk and severity',
    changes: [['risk_score = 73', 'risk_score = 74']],
    finds: ['RULE030 risk_score 74 does not fit severity "high", which is 48 to 73'],
  },
  {
    name: 'ids of ATT&CK',
    changes: [
      ['id = "T1059"', 'id = "T159"'],
      ['id = "T1059.004"', 'id = "T1060.004"'],
      ['id = "TA0002"', 'id = "T0002"'],
    ],
    finds: [
      'RULE031 "T0002" is no tactic id such as "TA0001"',
      'RULE031 "T159" is no technique id such as "T1059"',
      'RULE031 subtechnique "T1060.004" stands below technique "T159"',
      'RULE042 the reference of "T0002" leads elsewhere',
      'RULE042 the reference of "T159" leads elsewhere',
      'RULE042 the reference of "T1060.004" leads elsewhere',
    ],
  },
  {
    name: 'max_signals',
    changes: [['type = "query"', 'type = "query"\nmax_signals = 1001']],
    finds: ['RULE032 max_signals 1001 is more than 1000'],
  },
  {
    name: 'look-back below the interval',
    changes: [['type = "query"', 'type = "query"\ninterval = "1h"\nfrom = "now-30m"']],
    finds: ['RULE033 the rule runs every 1h and looks back from "now-30m" only'],
  },
  {
    name: 'look-back below the interval by its default',
    changes: [['type = "query"', 'type = "query"\ninterval = "1h"']],
    finds: ['RULE033 the rule runs every 1h and looks back from "now-6m" only'],
  },
  {
    name: 'false positives that say nothing',
    changes: [['"Backup jobs of the storage team start nc at night."', '" Unknown. ", "None"']],
    finds: [
      'RULE034 "Unknown." says nothing about false positives',
      'RULE034 "None" says nothing about false positives',
    ],
  },
  {
    name: 'an empty list of false positives',
    changes: [['"Backup jobs of the storage team start nc at night."', '']],
    finds: ['RULE034 false_positives is empty'],
  },
  {
    name: 'a note without its heading, which also lacks the placeholder',
    changes: [['note = """## Triage and analysis\nLook at $osquery_0.\n"""', 'note = "See $osquery_1."']],
    finds: [
      'RULE035 the note has no heading "## Triage and analysis"',
      'RULE046 $osquery_1 has no entry in [transform]',
      'RULE046 the note has no $osquery_0',
    ],
  },
  {
    name: 'index patterns and a data view',
    changes: [['type = "query"', 'type = "query"\nindex = ["logs-*"]\ndata_view_id = "x"']],
    finds: ['RULE039 the rule has both "index" and "data_view_id"'],
  },
  {
    name: 'dates out of order',
    changes: [['updated_date = "2025/02/01"', 'updated_date = "2024/02/01"']],
    finds: ['RULE036 updated_date 2024/02/01 is before creation_date 2025/01/01'],
  },
  {
    name: 'no dates',
    changes: [['creation_date = "2025/01/01"\nupdated_date = "2025/02/01"\n', '']],
    finds: ['RULE036 the metadata has no "creation_date"', 'RULE036 the metadata has no "updated_date"'],
  },
  {
    name: 'deprecated in the metadata only',
    changes: [['"production"', '"deprecated"']],
    finds: [
      'RULE037 a deprecated rule lies outside a _deprecated folder',
      'RULE037 a deprecated rule has no "deprecation_date"',
    ],
  },
  {
    name: 'deprecated by its folder only',
    changes: [],
    file: 'rules/_deprecated/a_rule.toml',
    finds: ['RULE037 a rule in a _deprecated folder has another maturity'],
  },
  {
    name: 'half of a pair',
    changes: [
      ['maturity = "production"', 'maturity = "production"\nmin_stack_version = "8.13.0"'],
      ['type = "query"', 'type = "query"\ntimeline_title = "x"'],
    ],
    finds: [
      'RULE038 "min_stack_version" needs "min_stack_comments" beside it',
      'RULE038 "timeline_title" needs "timeline_id" beside it',
    ],
  },
  {
    name: 'a tag twice',
    changes: [['tags = ["Domain: Kubernetes"]', 'tags = ["a", "b", "a"]']],
    finds: ['RULE040 the tag "a" is there twice'],
  },
  {
    name: 'names',
    changes: [
      ['"0a1b2c3d-0000-4000-8000-000000000001"', '"k8s-exec"'],
      ['name = "A rule"', 'name = "A rule!"'],
    ],
    file: 'rules/a-rule.toml',
    finds: [
      'RULE041 the file name "a-rule.toml" has more than lower-case letters, digits and underscores',
      'RULE041 "k8s-exec" is no UUID in lower case',
      'RULE041 the name does not begin and end with a letter or digit',
    ],
  },
  {
    name: 'a building block',
    changes: [['type = "query"', 'type = "query"\nbuilding_block_type = "default"']],
    finds: [
      'RULE043 a building block lies outside rules_building_block',
      'RULE043 a building block has no tag "Rule Type: BBR"',
      'RULE043 a building block looks back less than 119 minutes',
      'RULE043 a building block runs more often than hourly',
    ],
  },
  {
    name: 'a rule among building blocks',
    changes: [],
    file: 'rules_building_block/a_rule.toml',
    finds: ['RULE043 a rule in rules_building_block has no "building_block_type"'],
  },
  {
    name: 'setup in two places',
    changes: [
      ['type = "query"', 'type = "query"\nsetup = "Do this."'],
      ['Look at', '## Setup\nLook at'],
    ],
    finds: ['RULE045 "## Setup" stands in the note and there is a "setup" too'],
  },
];

for (const { name, changes, file, finds } of cases) {
  test(name, () => {
    const found = lint([subject(changed(...changes), file)], 'elastic').flat();
    assert.deepEqual(
      found.map((d) => `${d.code} ${d.message}`),
      finds,
    );
  });
}

test('a finding points at its words', () => {
  assert.deepEqual(said([subject(changed(['id = "T1059.004"', 'id = "T1059.4"']))], 'lenient'), [
    'rules/a_rule.toml:35:6: warning RULE031: "T1059.4" is no subtechnique id such as "T1059.001"\n' +
      '  35 | id = "T1059.4"\n' +
      '     |      ^^^^^^^^^',
  ]);
});

test('the second rule of a name says where the first is', () => {
  const other = subject(changed(['000000000001', '000000000002']), 'rules/b_rule.toml');
  assert.deepEqual(said([subject(good), other], 'lenient'), [
    'rules/b_rule.toml:8:8: warning RULE021: the name is also that of rules/a_rule.toml:8\n' +
      '  8 | name = "A rule"\n' +
      '    |        ^^^^^^^^',
  ]);
});

test('a deprecated rule may have the name of its successor', () => {
  const old = subject(good, 'rules/_deprecated/a_rule.toml');
  assert.deepEqual(said([old, subject(good)], 'lenient'), []);
});

test('a tactic twice', () => {
  const again = `${good}\n[[rule.threat]]\nframework = "MITRE ATT&CK"\ntactic = { id = "TA0002", name = "Execution" }\n`;
  assert.deepEqual(
    lint([subject(again)], 'custom')
      .flat()
      .map((d) => d.message),
    ['the tactic TA0002 is there twice'],
  );
});

test('the schedule of a sequence', () => {
  const plan: Plan = { kind: 'sequence', steps: [], pipes: [], maxspan: 20 * 60_000 };
  assert.deepEqual(
    lint([subject(good, undefined, plan)], 'elastic')
      .flat()
      .map((d) => d.message),
    [
      'the rule looks back less far than its maxspan of 20 minutes',
      'the rule runs more than twice in its maxspan of 20 minutes',
    ],
  );
});

test('profiles ask for more the stricter they are', () => {
  const bad = subject(
    changed(
      ['risk_score = 73', 'risk_score = 1'],
      ['## Triage and analysis', ''],
      ['2025/02/01', '2024/02/01'],
    ),
  );
  const codes = (profile: Profile) =>
    lint([bad], profile)
      .flat()
      .map(({ code }) => code);
  assert.deepEqual(codes('lenient'), ['RULE030']);
  assert.deepEqual(codes('custom'), ['RULE030', 'RULE035']);
  assert.deepEqual(codes('elastic'), ['RULE030', 'RULE035', 'RULE036']);
});

test('each lint has a code of its own in the catalogue', () => {
  const codes = lints.map(({ code }) => code);
  assert.equal(new Set(codes).size, codes.length);
  for (const code of codes) assert.ok(code in ruleMessages, code);
});
