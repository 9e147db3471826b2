import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fit, Grade } from '../../model/benign.ts';
import { ExplainedTally } from './explained.ts';

const fit = (behaviour: string, grade: Grade): Fit => ({
  behaviour,
  title: `Title of ${behaviour}`,
  grade,
  profile: 'user.name: "a"',
});

test('each alert counts once for the best grade, and for every behaviour that explains it', () => {
  const tally = new ExplainedTally();
  tally.take([]);
  tally.take([fit('BP-0002', 'A')]);
  tally.take([fit('BP-0002', 'A'), fit('BP-0001', 'C')]);
  tally.take([fit('BP-0001', 'C')]);
  assert.deepEqual(tally.share(), {
    total: 4,
    explained: 2,
    byGrade: { A: 2, B: 0, C: 1, D: 0 },
    behaviours: [
      { behaviour: 'BP-0001', title: 'Title of BP-0001', grade: 'C', explains: 2, first: 1 },
      { behaviour: 'BP-0002', title: 'Title of BP-0002', grade: 'A', explains: 2, first: 2 },
    ],
  });
});

test('what only profiles of C and D fit does not count as explained', () => {
  const tally = new ExplainedTally();
  for (const grade of ['A', 'B', 'C', 'D'] as const) tally.take([fit(`BP-${grade}`, grade)]);
  const { total, explained, byGrade } = tally.share();
  assert.deepEqual(
    { total, explained, byGrade },
    { total: 4, explained: 2, byGrade: { A: 1, B: 1, C: 1, D: 1 } },
  );
});

test('nothing explains nothing', () => {
  assert.deepEqual(new ExplainedTally().share(), {
    total: 0,
    explained: 0,
    byGrade: { A: 0, B: 0, C: 0, D: 0 },
    behaviours: [],
  });
});
