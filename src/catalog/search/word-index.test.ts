import assert from 'node:assert/strict';
import { test } from 'node:test';
import { array, assert as holds, constantFrom, integer, property, record } from 'fast-check';
import { stem } from '../text/words.ts';
import { Scores, best } from './scores.ts';
import type { TextDocument } from './word-index.ts';
import { WordIndex, indexWords } from './word-index.ts';

const document = (text: string, title = '', more = ''): TextDocument => ({ title, text, more });
const indexOf = (...documents: readonly TextDocument[]): WordIndex =>
  new WordIndex(JSON.parse(JSON.stringify(indexWords(documents))) as ReturnType<typeof indexWords>);

/** Places, the best first. */
const found = (index: WordIndex, text: string, maySlip?: (word: string) => boolean): number[] => {
  const words = text.split(' ').filter((word) => word !== '');
  const { places, scores } = index.find(words, maySlip);
  return [...places.keys()]
    .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || (places[a] ?? 0) - (places[b] ?? 0))
    .map((at) => places[at] ?? -1);
};

const always = (): boolean => true;

const words = ['backup', 'back', 'pod', 'pods', 'secret', 'rotation', 'node'];
const texts = array(array(constantFrom(...words), { maxLength: 6 }), { maxLength: 12 });

test('documents that have all of the words are found, and no others, whatever the other documents are', () => {
  holds(
    property(texts, array(constantFrom(...words), { minLength: 1, maxLength: 5 }), (all, typed) => {
      const index = indexOf(...all.map((one) => document(one.join(' '))));
      const isThere = (word: string): boolean => all.flat().some((other) => stem(other) === stem(word));
      // The rule in words: a beginning counts in a short query, and in a long one when nothing has the word itself.
      const has = (one: readonly string[], word: string): boolean =>
        one.some((other) =>
          typed.length <= 3 || !isThere(word)
            ? stem(other).startsWith(stem(word))
            : stem(other) === stem(word),
        );
      const expected = all.flatMap((one, place) => (typed.every((word) => has(one, word)) ? [place] : []));
      const misspelt = typed.filter(
        (word) => !all.flat().some((other) => stem(other).startsWith(stem(word))),
      );
      // Nothing among these words is one slip away from another.
      assert.deepEqual(new Set(found(index, typed.join(' '))), new Set(misspelt.length > 0 ? [] : expected));
    }),
  );
});

test('no words find nothing, and an index of nothing can be asked', () => {
  assert.deepEqual(found(indexOf(document('pods')), ''), []);
  assert.deepEqual(found(indexOf(), 'pods'), []);
  assert.deepEqual(found(indexOf(document('')), 'pods'), []);
});

test('a word in the title counts more than in the text, and in the text more than in the rest', () => {
  const index = indexOf(document('', '', 'tunnel'), document('tunnel'), document('', 'tunnel'));
  assert.deepEqual(found(index, 'tunnel'), [2, 1, 0]);
});

test('a word counts less in a long document, and a rare word more than a frequent one', () => {
  const long = Array.from({ length: 200 }, (_, number) => `word${number}`).join(' ');
  assert.deepEqual(found(indexOf(document(`tunnel ${long}`), document('tunnel')), 'tunnel'), [1, 0]);
  const index = indexOf(document('kubectl kubectx'), document('kubectl'), document('kubectl'));
  const score = (word: string): number => {
    const { places, scores } = index.find([word]);
    return scores[places.indexOf(0)] ?? 0;
  };
  assert.ok(score('kubectx') > score('kubectl'));
});

test('the word itself comes before longer ones that begin with it', () => {
  assert.deepEqual(found(indexOf(document('schedulers'), document('schedule')), 'schedule'), [1, 0]);
});

test('a beginning is found while one types the last word of a sentence', () => {
  const index = indexOf(document('operators restore large volumes snapshots'));
  assert.deepEqual(found(index, 'operator restores large volumes snapsh'), [0]);
});

test('what nothing has may be one slip away, longer words two; what something has is meant', () => {
  const index = indexOf(
    document('kubernetes'),
    document('administrator'),
    document('cat'),
    document('scripts'),
  );
  assert.deepEqual(found(index, 'kubernetez', always), [0]);
  assert.deepEqual(found(index, 'kubernetez'), []);
  assert.deepEqual(found(index, 'adminsitrator', always), [1]);
  assert.deepEqual(found(index, 'cut', always), []);
  assert.deepEqual(found(indexOf(document('rotates'), document('rotated notate')), 'notate', always), [1]);
  assert.deepEqual(
    ['kube', 'kubernetez', 'ku'].map((word) => index.knows(word)),
    [true, false, false],
  );
});

test('letters of other alphabets and words with digits are words', () => {
  const index = indexOf(document('Überwachung läuft'), document('监控 агент'), document('T1552.007 x86_64'));
  assert.deepEqual(
    ['überwachung', '监控', 'агент', 't1552', 'x86'].map((word) => found(index, word)),
    [[0], [1], [1], [2], [2]],
  );
});

test('the best ones are the same however many are asked for', () => {
  const scored = array(record({ place: integer({ min: 0, max: 60 }), score: integer({ min: 1, max: 5 }) }));
  holds(
    property(scored, integer({ min: 0, max: 70 }), (added, count) => {
      const scores = new Scores(61);
      for (const { place, score } of added) scores.add(place, score);
      const inOrder = scores.places.toSorted((a, b) => scores.of(b) - scores.of(a) || a - b);
      assert.deepEqual(best(scores.places, scores, count), inOrder.slice(0, count));
    }),
  );
});
