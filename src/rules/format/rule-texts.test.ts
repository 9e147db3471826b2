import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRuleFile } from './rule-file.ts';
import { RuleTexts } from './rule-texts.ts';

const guide = 'Look at "it" first.\n'.repeat(40);
const toml = `[rule]
rule_id = "0f9a"
name = "A rule with a long name"
description = "short"
author = ["a"]
risk_score = 21
severity = "low"
type = "query"
language = "kuery"
query = "process.name : made-of-glass"
note = ${JSON.stringify(guide)}
tags = ["Domain: Endpoint", "Domain: Endpoint"]
`;

function parsed(texts?: RuleTexts) {
  const result = parseRuleFile('a.toml', toml, 'lenient', texts);
  assert.ok(result.ok);
  return result.value;
}

test('what is put away is the file and long texts of the rule, and both come back when they are asked for', () => {
  const away: string[] = [];
  const asked: string[] = [];
  const texts = new RuleTexts((text) => {
    away.push(text);
    return () => {
      asked.push(text);
      return text;
    };
  });
  const { document, positions } = parsed(texts);
  assert.deepEqual(away, [toml, guide]);
  asked.length = 0;
  assert.equal(document.rule.name, 'A rule with a long name');
  assert.deepEqual(asked, []);
  assert.deepEqual([document.rule.note, positions.source.text], [guide, toml]);
  assert.deepEqual(asked, [guide, toml]);
});

test('a document is the same with texts put away, copied and written', () => {
  const plain = parsed().document;
  const { document } = parsed(new RuleTexts((text) => () => `${text}`));
  assert.deepEqual(document, plain);
  assert.deepEqual({ ...document.rule }, plain.rule);
  assert.equal(JSON.stringify(document), JSON.stringify(plain));
  assert.deepEqual(Object.keys(document.rule), Object.keys(plain.rule));
});

test('texts in memory of their own are the same texts', () => {
  const texts = new RuleTexts();
  const all = [
    '',
    'short',
    'twelve signs',
    'thirteen sign',
    'é'.repeat(20),
    '𝕏€ "\\\n\0'.repeat(9),
    '\ud800'.repeat(14),
    guide,
  ];
  assert.deepEqual(
    all.map((text) => texts.own(text)),
    all,
  );
  assert.deepEqual(
    all.map((text) => texts.own(text)),
    all,
  );
});
