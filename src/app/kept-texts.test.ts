import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { success } from '../base/result.ts';
import type { RuleFiles } from '../rules/load/files.ts';
import { loadRules } from '../rules/load/load.ts';
import { keeper } from './kept-texts.ts';

const long = (letter: string): string => letter.repeat(100_000);

test('texts come back as they were, whatever came behind them', () => {
  const texts = [
    long('a'),
    '',
    'short',
    '\u{FEFF}é € 𝕏\0',
    long('€'),
    long('b'),
    '\ud800 half a pair',
    'last',
  ];
  const keep = keeper();
  const kept = texts.map((text) => keep(text));
  const back = [...kept, ...kept.toReversed()].map((read) => read());
  assert.deepEqual(back, [...texts, ...texts.toReversed()]);
});

test('texts longer than what is packed together come back, too', () => {
  const keep = keeper();
  const kept = ['𝕏', 'a', long('€').repeat(4), 'b', long('a').repeat(9)].map(
    (text) => [text, keep(text)] as const,
  );
  for (const [text, read] of kept) assert.equal(read(), text);
});

test('any texts come back, asked for in any order', () => {
  const unit = fc.oneof(fc.string({ unit: 'binary' }), fc.constant(long('é')), fc.constant('\udc00'));
  fc.assert(
    fc.property(fc.array(fc.tuple(unit, fc.nat()), { maxLength: 12 }), (texts) => {
      const keep = keeper();
      const kept = texts.map(([text, order]) => ({ text, order, read: keep(text) }));
      const asked = kept.toSorted((a, b) => a.order - b.order);
      assert.deepEqual(
        asked.map(({ read }) => read()),
        asked.map(({ text }) => text),
      );
    }),
    { numRuns: 60 },
  );
});

/** A rule in a file of which most is a comment. */
const rule = (number: number): string => `# ${String(number).repeat(200_000)}
[rule]
rule_id = "rule-number-${number}"
name = "A rule with the number ${number}"
description = "It has a description, too."
author = ["Somebody"]
risk_score = 21
severity = "low"
type = "query"
language = "kuery"
index = ["logs-endpoint.events.*"]
query = "process.name : made-of-glass-${number}"
`;

/** As many rules as the path says. */
const files: RuleFiles = {
  list(path) {
    const names = Array.from({ length: Number(path) }, (_, number) => `${number}.toml`);
    const listed = names.map((file) => ({ file, identity: file, named: true }));
    return Promise.resolve({ files: listed, diagnostics: [] });
  },
  read: (file) => Promise.resolve(success(rule(Number.parseInt(file, 10)))),
  keeper,
};

test('loaded rules do not hold the texts of their files', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // What loading needs once is there before.
  await loadRules(['1'], files);
  collect();
  const before = process.memoryUsage().heapUsed;
  const { rules } = await loadRules(['50'], files);
  collect();
  const held = process.memoryUsage().heapUsed - before;
  assert.equal(rules.length, 50);
  assert.ok(held < 4_000_000, `${held} bytes are held for files of 15 MB`);
});
