/** Elastic's own rules, when a checkout lies beside the repository: all of them load, and what we can read compiles. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Engine } from '../engine/engine.ts';
import { indexingMatcher } from '../engine/matcher.ts';
import type { EventEnvelope } from '../model/event.ts';
import { replayPorts } from './ports.ts';
import { nodeRuleFiles } from './rule-files.ts';
import { loadRules } from '../rules/load/load.ts';
import type { LoadedRule } from '../rules/rule.ts';

const corpus = fileURLToPath(new URL('../../../shared/corpus/elastic', import.meta.url));
const skip = existsSync(corpus) ? false : 'no checkout of Elastic’s rules at ../shared/corpus/elastic';

const count = (rules: readonly LoadedRule[], key: (rule: LoadedRule) => string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const rule of rules) counts[key(rule)] = (counts[key(rule)] ?? 0) + 1;
  return counts;
};

test('every rule of Elastic loads', { skip }, async (t) => {
  const { rules, refused, diagnostics, milliseconds } = await loadRules([corpus], nodeRuleFiles);
  t.diagnostic(`${rules.length} rules loaded in ${milliseconds} ms`);
  assert.deepEqual([refused, diagnostics], [[], []]);

  const typeOf = ({ document: { rule } }: LoadedRule) =>
    'language' in rule ? `${rule.type} ${rule.language}` : rule.type;
  assert.deepEqual(count(rules, typeOf), {
    'query kuery': 507,
    'query lucene': 1,
    'eql eql': 1081,
    'esql esql': 212,
    'threshold kuery': 31,
    'new_terms kuery': 245,
    'threat_match kuery': 9,
    machine_learning: 106,
  });

  const unknown = rules.flatMap(({ document }) => document.leftovers);
  const errors = rules.flatMap((rule) => rule.diagnostics.filter(({ severity }) => severity === 'error'));
  assert.deepEqual([unknown, errors], [[], []]);

  const compiled = rules.filter(({ plan }) => plan !== undefined);
  assert.deepEqual(
    count(
      compiled,
      ({ document: { rule }, plan }) => `${'language' in rule ? rule.language : ''} ${plan?.kind}`,
    ),
    {
      ' filter': 106,
      'kuery filter': 792,
      'lucene filter': 1,
      'eql filter': 861,
      'eql sequence': 217,
      'eql sample': 3,
      'esql pipeline': 212,
    },
  );
  assert.equal(rules.filter(({ threatPlan }) => threatPlan !== undefined).length, 9);

  assert.deepEqual(
    count(rules, ({ status }) => (status.runnable ? 'runs' : status.reason)),
    {
      runs: 1955,
      deprecated: 124,
      'needs a provider': 7,
      'type:machine_learning': 106,
    },
  );
});

test(
  'of Elastic’s rules, all but machine learning and those that ask a language model run',
  { skip },
  async () => {
    const { rules } = await loadRules([corpus], nodeRuleFiles, { deprecated: true });
    const runnable = rules.filter(({ status }) => status.runnable);
    assert.deepEqual(
      count(runnable, ({ document: { rule } }) => rule.type),
      { query: 508, eql: 1081, threshold: 31, new_terms: 245, threat_match: 9, esql: 205 },
    );
    const engine = new Engine(runnable, { matcher: indexingMatcher, ignoreIndex: false }, replayPorts);
    assert.deepEqual([...engine.take(anEvent), ...engine.end()], []);
  },
);

const anEvent: EventEnvelope = {
  key: 'key',
  time: 0,
  document: { '@timestamp': '1970-01-01T00:00:00.000Z', event: { category: ['process'] } },
  origin: { file: 'log', line: 1 },
};
