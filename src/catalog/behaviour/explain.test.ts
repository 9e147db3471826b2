import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExplanationTally } from './explain.ts';

test('each event counts once for the best grade, and for every behaviour that explains it', () => {
  const tally = new ExplanationTally();
  tally.take([]);
  tally.take([{ id: 'BP-0002', grade: 'A' }]);
  tally.take([
    { id: 'BP-0002', grade: 'A' },
    { id: 'BP-0001', grade: 'C' },
  ]);
  tally.take([{ id: 'BP-0001', grade: 'C' }]);
  assert.deepEqual(tally.share(), {
    total: 4,
    explained: 3,
    byGrade: { A: 2, B: 0, C: 1, D: 0 },
    behaviours: [
      { id: 'BP-0001', grade: 'C', explains: 2, first: 1 },
      { id: 'BP-0002', grade: 'A', explains: 2, first: 2 },
    ],
  });
});

test('nothing explains nothing', () => {
  assert.deepEqual(new ExplanationTally().share(), {
    total: 0,
    explained: 0,
    byGrade: { A: 0, B: 0, C: 0, D: 0 },
    behaviours: [],
  });
});
