import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from '../../base/diagnostic.ts';
import type { MessageDefinition } from '../../base/messages/define.ts';
import { ruleMessages } from '../../base/messages/rule.ts';
import type { Profile } from './profile.ts';
import { parseRuleFile } from './rule-file.ts';

/** A good rule, line by line; `undefined` leaves a line out, and a new key is added. */
function rule(changes: Readonly<Record<string, string | undefined>> = {}, tail = ''): string {
  const lines: Record<string, string | undefined> = {
    rule_id: '"a-1"',
    name: '"A rule"',
    description: '"Finds a thing."',
    author: '["me"]',
    risk_score: '47',
    severity: '"medium"',
    type: '"query"',
    language: '"kuery"',
    query: "'process.name: nc'",
    ...changes,
  };
  const body = Object.entries(lines).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key} = ${value}`],
  );
  return `[rule]\n${body.join('\n')}\n${tail}`;
}

function pictures(text: string, profile: Profile = 'lenient'): string {
  const result = parseRuleFile('rules/a.toml', text, profile);
  return [result.ok ? 'read' : 'refused', ...result.diagnostics.map((d) => picture(d))].join('\n');
}

function document(text: string) {
  const result = parseRuleFile('rules/a.toml', text);
  assert.ok(result.ok);
  return result.value.document;
}

const show = (...lines: string[]): string => lines.join('\n');

test('a good rule', () => {
  assert.equal(pictures(rule()), 'read');
  assert.deepEqual(document(rule()), {
    metadata: {},
    rule: {
      rule_id: 'a-1',
      name: 'A rule',
      description: 'Finds a thing.',
      author: ['me'],
      risk_score: 47,
      severity: 'medium',
      type: 'query',
      language: 'kuery',
      query: 'process.name: nc',
    },
    leftovers: [],
  });
});

test('one text stands for a list of one, and lists below ATT&CK entries may be left out', () => {
  const { metadata, rule: read } = document(
    `[metadata]\nintegration = "kubernetes"\n${rule(
      { type: '"threshold"' },
      '[rule.threshold]\nfield = "user.name"\nvalue = 5\n' +
        '[[rule.threat]]\nframework = "MITRE ATT&CK"\ntactic = { id = "TA0001", name = "Initial Access" }\n',
    )}`,
  );
  assert.deepEqual(metadata, { integration: ['kubernetes'] });
  assert.equal(read.type, 'threshold');
  assert.deepEqual(read.type === 'threshold' && read.threshold, { field: ['user.name'], value: 5 });
  assert.deepEqual(read.threat, [
    { framework: 'MITRE ATT&CK', tactic: { id: 'TA0001', name: 'Initial Access' }, technique: [] },
  ]);
});

test('bad TOML', () => {
  assert.equal(
    pictures('[rule]\nname = "a\n'),
    show(
      'refused',
      'rules/a.toml:2:10: error RULE001: not valid TOML: unterminated string constant',
      '  2 | name = "a',
      '    |          ^',
    ),
  );
  assert.equal(
    pictures('[rule]\nname = "a"\nname = "b"\n'),
    show(
      'refused',
      'rules/a.toml:3:1: error RULE001: not valid TOML: defining a key multiple times is invalid',
      '  3 | name = "b"',
      '    | ^',
    ),
  );
});

test('what the TOML parser cannot hold is an error and no crash', () => {
  const deep = `k = ${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  const [head] = pictures(deep).split('\n').slice(1);
  assert.match(head ?? '', /^rules\/a\.toml:1:1: error RULE001: the TOML parser gave up: /);
});

test('a file without a rule, and one whose table is misspelt', () => {
  assert.equal(
    pictures('[metadata]\nmaturity = "production"\n'),
    show('refused', 'rules/a.toml: error RULE003: the file has no [rule] table'),
  );
  assert.equal(
    pictures(rule().replace('[rule]', '[Rules]')),
    show(
      'refused',
      'rules/a.toml:1:2: error RULE010: the file has no [rule] table',
      '  1 | [Rules]',
      '    |  ^^^^^',
      '  hint: is "Rules" meant to be "rule"?',
    ),
  );
  assert.equal(
    pictures('rule = 5\n'),
    show(
      'refused',
      'rules/a.toml:1:1: error RULE010: the file has no [rule] table',
      '  1 | rule = 5',
      '    | ^^^^',
      '  hint: "rule" must be a table',
    ),
  );
});

test('one error for an unknown type, and none about the keys of other types', () => {
  assert.equal(
    pictures(rule({ type: '"qurey"' })),
    show(
      'refused',
      'rules/a.toml:8:8: error RULE012: "type" must be one of "query", "saved_query", "eql", "esql", "threshold", "new_terms", "threat_match", "machine_learning", found "qurey"',
      '  8 | type = "qurey"',
      '    |        ^^^^^^^',
      '  hint: did you mean "query"?',
    ),
  );
  assert.equal(
    pictures(rule({ type: undefined, tpye: '"query"' })),
    show(
      'refused',
      'rules/a.toml:1:2: error RULE010: the rule has no "type"',
      '  1 | [rule]',
      '    |  ^^^^',
      '  hint: is "tpye" meant to be "type"?',
    ),
  );
});

test('a key that decides the matches is never guessed', () => {
  assert.equal(
    pictures(rule({ query: undefined })),
    show(
      'refused',
      'rules/a.toml:1:2: error RULE010: the rule has no "query"',
      '  1 | [rule]',
      '    |  ^^^^',
    ),
  );
  assert.equal(
    pictures(rule({ query: undefined, querry: '"a:b"' })),
    show(
      'refused',
      'rules/a.toml:10:1: error RULE013: unknown key "querry"',
      '  10 | querry = "a:b"',
      '     | ^^^^^^',
      '  hint: did you mean "query"?',
    ),
  );
  assert.equal(
    pictures(rule({ index: '"logs-*"' })),
    show(
      'refused',
      'rules/a.toml:11:9: error RULE011: "index" must be a list of texts, found "logs-*"',
      '  11 | index = "logs-*"',
      '     |         ^^^^^^^^',
    ),
  );
  assert.equal(
    pictures(rule({ language: '"eql"' })),
    show(
      'refused',
      'rules/a.toml:9:12: error RULE012: "language" must be one of "kuery", "lucene", found "eql"',
      '  9 | language = "eql"',
      '    |            ^^^^^',
      '  hint: rules in this language have type = "eql"',
    ),
  );
  assert.equal(
    pictures(rule({ language: '"KQL"' })),
    show(
      'refused',
      'rules/a.toml:9:12: error RULE012: "language" must be one of "kuery", "lucene", found "KQL"',
      '  9 | language = "KQL"',
      '    |            ^^^^^',
      '  hint: KQL is written "kuery" in rules',
    ),
  );
  assert.equal(
    pictures(rule({ type: '"threshold"' }, '[rule.threshold]\nfield = ["a"]\nvalue = 0\n')),
    show(
      'refused',
      'rules/a.toml:13:9: error RULE011: "threshold.value" must be a whole number from 1, found 0',
      '  13 | value = 0',
      '     |         ^',
    ),
  );
});

test('everything else is set aside with a warning, and kept', () => {
  const text = rule(
    {
      severity: '"hgih"',
      risk_score: '"99"',
      references: '["a", 5]',
      from: '"9 minutes"',
      seveirty_mapping: '[]',
      maturity: '"production"',
      threshold: '{}',
    },
    '[metadata]\ncreation_date = 2025-01-31\n',
  );
  assert.equal(
    pictures(text),
    show(
      'read',
      'rules/a.toml:6:14: warning RULE011: "risk_score" must be a whole number from 0 to 100, found "99"',
      '  6 | risk_score = "99"',
      '    |              ^^^^',
      'rules/a.toml:7:12: warning RULE012: "severity" must be one of "low", "medium", "high", "critical", found "hgih"',
      '  7 | severity = "hgih"',
      '    |            ^^^^^^',
      '  hint: did you mean "high"?',
      'rules/a.toml:11:20: warning RULE011: "references[1]" must be a text, found 5',
      '  11 | references = ["a", 5]',
      '     |                    ^',
      'rules/a.toml:12:8: warning RULE011: "from" must be date maths such as "now-9m", or a date, found "9 minutes"',
      '  12 | from = "9 minutes"',
      '     |        ^^^^^^^^^^^',
      'rules/a.toml:13:1: warning RULE013: unknown key "seveirty_mapping"',
      '  13 | seveirty_mapping = []',
      '     | ^^^^^^^^^^^^^^^^',
      '  hint: did you mean "severity_mapping"?',
      'rules/a.toml:14:1: warning RULE013: unknown key "maturity"',
      '  14 | maturity = "production"',
      '     | ^^^^^^^^',
      '  hint: "maturity" belongs in [metadata]',
      'rules/a.toml:15:1: warning RULE013: unknown key "threshold"',
      '  15 | threshold = {}',
      '     | ^^^^^^^^^',
      '  hint: "threshold" is a key of rules of type "threshold"',
      'rules/a.toml:17:17: warning RULE011: "creation_date" must be a date such as "2025/01/31", found "2025-01-31"',
      '  17 | creation_date = 2025-01-31',
      '     |                 ^^^^^^^^^^',
    ),
  );
  const { rule: read, metadata, leftovers } = document(text);
  assert.deepEqual(
    [read.severity, read.risk_score, read.references, read.from],
    ['low', 21, ['a'], undefined],
  );
  assert.deepEqual(metadata, {});
  assert.deepEqual(
    leftovers.map(({ path, value }) => [path.join('.'), value]),
    [
      ['metadata.creation_date', '2025-01-31'],
      ['rule.risk_score', '99'],
      ['rule.severity', 'hgih'],
      ['rule.from', '9 minutes'],
      ['rule.references.1', 5],
      ['rule.seveirty_mapping', []],
      ['rule.maturity', 'production'],
      ['rule.threshold', {}],
    ],
  );
});

test('profiles', () => {
  const text = rule({ from: '"x"', colour: '"red"' });
  const severities = (profile: Profile) => {
    const result = parseRuleFile('a.toml', text, profile);
    return [result.ok, ...result.diagnostics.map(({ code, severity }) => `${code} ${severity}`)];
  };
  assert.deepEqual(severities('lenient'), [true, 'RULE011 warning', 'RULE013 warning']);
  assert.deepEqual(severities('custom'), [true, 'RULE011 error', 'RULE013 warning']);
  assert.deepEqual(severities('elastic'), [true, 'RULE011 error', 'RULE013 error']);
});

test('the examples of the catalogue give their code', () => {
  for (const [code, { example, severity }] of Object.entries<MessageDefinition>({ ...ruleMessages })) {
    if (example === undefined || code > 'RULE013' || code === 'RULE006') continue;
    const { diagnostics } = parseRuleFile('a.toml', example);
    assert.deepEqual(
      diagnostics.map((d) => [d.code, d.severity]),
      [[code, severity]],
    );
  }
});
