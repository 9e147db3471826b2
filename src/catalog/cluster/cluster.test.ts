import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSentences } from '../text/sentences.ts';
import { clusters, gistOf, sayTheSame } from './cluster.ts';
import { different, same } from './golden.test-data.ts';

const gist = (text: string) => gistOf({ text, sentences: readSentences(text) });
const agree = (a: string, b: string): boolean => sayTheSame(gist(a), gist(b));

const samePairs = same.flatMap((group) =>
  group.flatMap((a, index) => group.slice(index + 1).map((b) => [a, b] as const)),
);

test('of the labelled pairs, at least 95 in 100 that are taken for the same are the same', () => {
  assert.ok(samePairs.length + different.length >= 200, `${samePairs.length} + ${different.length} pairs`);
  const right = samePairs.filter(([a, b]) => agree(a, b));
  const wrong = different.filter(([a, b]) => agree(a, b));
  const precision = right.length / (right.length + wrong.length);
  assert.ok(precision >= 0.95, `precision ${precision}: taken for the same: ${JSON.stringify(wrong)}`);
  const recall = right.length / samePairs.length;
  const missed = samePairs.filter(([a, b]) => !agree(a, b));
  assert.ok(recall >= 0.7, `recall ${recall}, missed: ${JSON.stringify(missed)}`);
});

const texts = (all: readonly string[]) =>
  all.map((text, index) => ({ id: `FP-${index}`, text, sentences: readSentences(text) }));

test('the groups of the labelled texts are found as groups, and nothing joins two of them', () => {
  const groupOf = new Map(same.flatMap((group, index) => group.map((text) => [text, index] as const)));
  const found = clusters(texts(same.flat()));
  const mixed = found.filter((group) => new Set(group.map(({ text }) => groupOf.get(text))).size > 1);
  assert.deepEqual(
    mixed.map((group) => group.map(({ text }) => text)),
    [],
  );
  assert.ok(found.length >= same.length * 0.8, `${found.length} of ${same.length}`);
});

test('a chain of small steps is no group: every member is like the leader', () => {
  const nouns = 'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda omicron'.split(' ');
  const chain = nouns
    .slice(0, -5)
    .map((_, index) => `Agents called ${nouns.slice(index, index + 6).join(' ')} poll`);
  const found = clusters(texts(chain));
  for (const [leader, ...members] of found)
    for (const member of members) assert.ok(leader !== undefined && agree(leader.text, member.text));
  assert.ok(Math.max(0, ...found.map((group) => group.length)) < chain.length);
});

test('the first text leads, and texts that stand alone are in no group', () => {
  const found = clusters(
    texts([
      'Backup agents list Secrets at night.',
      'Node agents mount host paths.',
      'Backup agents list secrets at night',
    ]),
  );
  assert.deepEqual(
    found.map((group) => group.map(({ id }) => id)),
    [['FP-0', 'FP-2']],
  );
  assert.deepEqual(clusters(texts(['and', 'or'])), []);
});
