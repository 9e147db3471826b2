/** Test files and timelines on disk, with exceptions and overlays over the rules. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { picture } from '../base/diagnostic.ts';
import { ruleText } from '../verify/timeline/section-text.ts';
import { testRules } from './rule-tests.ts';

const folder = mkdtempSync(join(tmpdir(), 'winnow-timelines-'));
after(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const rule = (name: string): string =>
  ruleText({ name, body: `query = 'event.action: ${name}'`, line: 1 }).text;

write('one.toml', rule('one'));
write('two.toml', rule('two'));
write('three.toml', rule('three'));
write(
  'one.tests.toml',
  `[base]
"@timestamp" = "2026-01-01T00:00:00Z"
event.action = "one"
user.name = "eve"

[[fires]]
name = "anybody"

[[quiet]]
name = "something else"
with.event.action = "two"
`,
);
const timeline = write(
  'two.timeline',
  `rules two.toml

given two  event.action=two  user.name=eve

case it alerts
  1m   two
  end  !two
`,
);
const exceptions = write(
  'exceptions.yaml',
  `exceptions:
  - name: It is eve
    owner: us
    reason: She may.
    rules: all
    when: { user.name: eve }
`,
);
const overlay = write('local.overlay', `[[overlay]]\nrule_id = "two"\nand_not = 'user.name: eve'\n`);

const ran = async (paths: readonly string[], ...rest: readonly [string[]?, object?]) => {
  const [words = [], local = {}] = rest;
  const { results, untested, problems } = await testRules({ paths, rules: [] }, words, local);
  return {
    results: results.map(({ rule: of, name, mode, outcome, message }) =>
      [of, name, mode, outcome, message].filter((part) => part !== undefined).join(' | '),
    ),
    untested: untested.map(({ document }) => document.rule.name),
    problems: problems.map((d) => picture(d).replaceAll(`${folder}/`, '')),
  };
};

const passed = [
  'one | anybody | passed',
  'one | something else | passed',
  'two.timeline | it alerts | stream | passed',
  'two.timeline | it alerts | compat | passed',
];

test('a folder with both kinds of tests; a rule that only a timeline tests is tested', async () => {
  assert.deepEqual(await ran([folder]), { results: passed, untested: ['three'], problems: [] });
});

test('a timeline by itself, once however it is reached', async () => {
  assert.deepEqual(await ran([timeline, timeline]), { results: passed.slice(2), untested: [], problems: [] });
});

test('words choose timelines by the rules that they have', async () => {
  assert.deepEqual((await ran([folder], ['two'])).results, passed.slice(2));
  assert.deepEqual((await ran([folder], ['one'])).results, passed.slice(0, 2));
});

test('exceptions are in scope: what they take away is said', async () => {
  const missing = 'failed | line 7: no alert two\nnot expected: two excepted=It is eve events=1m at=';
  assert.deepEqual(await ran([folder], [], { exceptions: [exceptions] }), {
    results: [
      'one | anybody | failed | expected an alert, got none, and 1 excepted by "It is eve"',
      'one | something else | passed',
      `two.timeline | it alerts | stream | ${missing}1m`,
      `two.timeline | it alerts | compat | ${missing}5m`,
    ],
    untested: ['three'],
    problems: [],
  });
});

test('overlays are in scope', async () => {
  const { results } = await ran([timeline], [], { overlays: [overlay] });
  const missing = 'failed | line 7: no alert two';
  assert.deepEqual(results, [
    `two.timeline | it alerts | stream | ${missing}`,
    `two.timeline | it alerts | compat | ${missing}`,
  ]);
});

test('what is wrong in a section is shown at its place in the timeline', async () => {
  const broken = write(
    'broken.timeline',
    `rule one
  query = 'event.action: one'
  severity = "hihg"

exception the backup
  when:
    user.name: { is nt: backup }

overlay oen
  enabled = false

case x
  1m !one
  1m !oen
`,
  );
  assert.deepEqual((await ran([broken])).problems, [
    'broken.timeline:9:1: warning OVL101: no rule has the id "oen"\n  9 | overlay oen\n    | ^\n  hint: did you mean "one"?',
    'broken.timeline:7:18: error EXC013: there is no condition "is nt"\n  7 |     user.name: { is nt: backup }\n    |                  ^^^^^\n  hint: did you mean "is not"?',
    'broken.timeline:3:14: warning RULE012: "severity" must be one of "low", "medium", "high", "critical", found "hihg"\n  3 |   severity = "hihg"\n    |              ^^^^^^\n  hint: did you mean "high"?',
    'broken.timeline:14:3: error TEST005: no rule is called "oen"\n  14 |   1m !oen\n     |   ^^^^^^^\n  hint: did you mean "one"?',
  ]);
});

test('files that are not there or no text are told, and the other timelines run', async () => {
  const other = mkdtempSync(join(folder, 'other-'));
  writeFileSync(join(other, 'gone.timeline'), 'rules gone.toml\nexceptions gone.yaml\ncase x\n  end !\n');
  writeFileSync(join(other, 'text.timeline'), Buffer.from([0xff, 0xfe]));
  writeFileSync(join(other, 'whole.timeline'), 'case nothing\n  end !\n');
  const { results, problems } = await ran([other]);
  assert.deepEqual(results, [
    'whole.timeline | nothing | stream | passed',
    'whole.timeline | nothing | compat | passed',
  ]);
  assert.deepEqual(
    problems.map((text) => text.replaceAll(/other-\w+/g, 'other')),
    [
      'other/gone.timeline:1:1: error RULE007: there is no file or folder "other/gone.toml"\n  1 | rules gone.toml\n    | ^^^^^^^^^^^^^^^',
      'other/gone.timeline:2:1: error RULE007: there is no file or folder "other/gone.yaml"\n  2 | exceptions gone.yaml\n    | ^^^^^^^^^^^^^^^^^^^^',
      'other/text.timeline: error RULE002: cannot be read: it is not UTF-8 text',
    ],
  );
});
