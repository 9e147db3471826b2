import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { harvestFile } from './checkout.ts';
import { Unreadable } from './rule.ts';

const keys = [
  'title id status description author date modified tags logsource detection falsepositives level action references',
  'name search known_false_positives how_to_implement data_source mitre_attack_id rba type correlation filter rules',
]
  .join(' ')
  .split(' ');

const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom('Unknown', 'not 1 of filter_*', 'attack.t1059', '2026/01/02'),
  fc.dictionary(
    fc.constantFrom('selection', 'condition', 'filter_main', 'product', 'rules'),
    fc.jsonValue({ maxDepth: 2 }),
  ),
);

/** Anything may be thrown away, but only as what could not be read. */
function harvests(path: string, text: string): void {
  try {
    const { rules } = harvestFile(path, text);
    for (const { logic, found } of rules)
      for (const { span } of found)
        assert.ok(
          span === undefined || (span.start >= 0 && span.start < span.end && span.end <= logic.length),
        );
  } catch (error) {
    assert.ok(error instanceof Unreadable, error instanceof Error ? (error.stack ?? '') : String(error));
  }
}

test('whatever types the keys of a YAML rule have, it is read or refused', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...keys), value, { minKeys: 4 }), (rule) => {
      harvests('rules/a.yml', stringify({ detection: { condition: 'not x' }, ...rule }));
      harvests('detections/a.yml', stringify({ search: 'x', known_false_positives: 'y', ...rule }));
    }),
    { numRuns: 300 },
  );
});

test('whatever is cut out of a file or put into it, it is read or refused', () => {
  const sample =
    'title: A\nid: 1\ndetection:\n  selection: {a: 1}\n  filter: {b: "x"}\n  condition: selection and not filter\nfalsepositives: [a]\n';
  const rule =
    '[rule]\nname = "A"\nlanguage = "eql"\nquery = """process where not a == 1"""\nfalse_positives = ["x"]\nnote = """### False positives\n- x"""\n';
  const edit = fc.tuple(
    fc.nat(150),
    fc.nat(20),
    fc.constantFrom('', '"', "'", '\n', '&a *a', '[', '{', '\\', '\t', '---\n', '"""', '= 1'),
  );
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      const edited = (text: string): string =>
        edits.reduce((now, [at, gone, put]) => now.slice(0, at) + put + now.slice(at + gone), text);
      harvests('rules/a.yml', edited(sample));
      harvests('rules/a.toml', edited(rule));
    }),
    { numRuns: 500 },
  );
});

const types = ['5', '"x"', 'true', '[]', '[1, "a"]', '{ a = 1 }', '2026-01-02', '[[1]]'];

test('whatever types the keys of a TOML rule have, it is read or refused', () => {
  const names =
    'rule_id name author description note query language severity false_positives tags index threat references license'.split(
      ' ',
    );
  for (const name of names)
    for (const type of types) {
      harvests(
        'rules/a.toml',
        `[metadata]\nintegration = ${type}\nmaturity = ${type}\n[rule]\n${name} = ${type}\n`,
      );
      if (name === 'threat')
        harvests('rules/a.toml', `[rule]\n[[rule.threat]]\ntactic = ${type}\ntechnique = ${type}\n`);
    }
});
