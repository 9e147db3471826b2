/** What holds for any text: reading it says something or gives a rule, and never throws or hangs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { picture } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { source } from '../../base/source.ts';
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { getAt, withAt } from './path.ts';
import { Positions, entry } from './positions.ts';
import { profiles } from './profile.ts';
import { readRule } from './rule-file.ts';
import type { RuleFile } from './rule-file.ts';
import { parseRules } from './rules.ts';

const good: JsonObject = {
  metadata: { creation_date: '2025/01/01', integration: ['kubernetes'] },
  rule: {
    rule_id: 'a',
    name: 'b',
    description: 'c',
    author: ['d'],
    risk_score: 50,
    severity: 'high',
    type: 'threshold',
    language: 'kuery',
    query: 'a:b',
    threshold: { field: ['a'], value: 1, cardinality: [{ field: 'b', value: 2 }] },
    threat: [
      {
        framework: 'MITRE ATT&CK',
        tactic: { id: 'TA0001', name: 'x' },
        technique: [{ id: 'T1', name: 'y', subtechnique: [{ id: 'T1.1', name: 'z' }] }],
      },
    ],
    severity_mapping: [{ field: 'a', operator: 'equals', value: '1', severity: 'low' }],
  },
  transform: { osquery: [{ label: 'a', query: 'b' }] },
};

/** The path of every value in the tree. */
function paths(
  value: JsonValue | undefined,
  at: readonly (string | number)[] = [],
): (readonly (string | number)[])[] {
  const below = Array.isArray(value)
    ? (value as readonly JsonValue[]).flatMap((item, index) => paths(item, [...at, index]))
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, item]) => paths(item as JsonValue, [...at, key]))
      : [];
  return at.length === 0 ? below : [at, ...below];
}

function isWellFormed(result: Result<RuleFile>): void {
  for (const found of result.diagnostics) assert.ok(picture(found).includes(found.code));
  const errors = result.diagnostics.filter(({ severity }) => severity === 'error');
  if (!result.ok) assert.ok(errors.length > 0);
}

test('any values in place of others', () => {
  const change = fc.record({
    path: fc.constantFrom(...paths(good)),
    value: fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>,
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 4 }), fc.constantFrom(...profiles), (changes, profile) => {
      const value = changes.reduce(
        (now, { path, value: put }) => (getAt(now, path) === undefined ? now : withAt(now, path, put)),
        good,
      );
      const text = source('a.toml', '');
      const parsed = { value, positions: new Positions(text, () => entry({ start: 0, end: 0 })) };
      const result = readRule('a.toml', parsed, profile);
      isWellFormed(result);
      if (!result.ok) return;
      const { leftovers, ...document } = result.value.document;
      const again = readRule('a.toml', { ...parsed, value: document as unknown as JsonObject }, 'elastic');
      assert.ok(again.ok);
      assert.deepEqual([again.diagnostics, again.value.document], [[], { ...document, leftovers: [] }]);
      assert.equal(
        leftovers.length === 0 && result.diagnostics.some(({ code }) => code !== 'RULE010'),
        false,
      );
    }),
  );
});

const written = `[metadata]
creation_date = "2025/01/01"
[rule]
name = 'b'
type = "query"
query = """
a: \\"b\\" \\
   or c
"""
[[rule.threat]]
framework = "x"
tactic = { id = "TA0001", name = "y" }
`;

for (const file of ['a.toml', 'a.json', 'a.ndjson']) {
  test(`any damage to the text of ${file}`, () => {
    const text = file === 'a.toml' ? written : JSON.stringify(good.rule);
    const damage = fc.record({
      at: fc.nat(text.length),
      cut: fc.nat(8),
      put: fc.constantFrom(
        '',
        '"',
        "'''",
        '[',
        ']',
        '{',
        '\\',
        '\n',
        '\r',
        '=',
        '5',
        'é',
        '🦊',
        '\u0000',
        'x = 1\n',
      ),
    });
    fc.assert(
      fc.property(fc.array(damage, { maxLength: 3 }), (damages) => {
        const broken = damages.reduce(
          (now, { at, cut, put }) => now.slice(0, at) + put + now.slice(at + cut),
          text,
        );
        for (const result of parseRules(file, broken, 'lenient')) isWellFormed(result);
      }),
    );
  });
}
