import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Change } from '../model.ts';
import { fingerprint } from './fingerprint.ts';
import type { Candidate, Identified, Past } from './identify.ts';
import { identify } from './identify.ts';

const DAYS = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01'] as const;

/** Rules with their texts; a text that several rules have is one candidate. */
type Texts = Readonly<Record<string, readonly string[]>>;

function candidates(texts: Texts): Candidate[] {
  const byText = new Map<string, { rules: string[]; place: string }>();
  for (const [rule, own] of Object.entries(texts))
    for (const [ordinal, text] of own.entries()) {
      const known = byText.get(text) ?? { rules: [], place: `${rule}\nfield\n${ordinal}` };
      known.rules.push(rule);
      byText.set(text, known);
    }
  return [...byText].map(([text, { rules, place }]) => ({ kind: 'text', text, title: text, rules, place }));
}

/** Builds one after the other, each following the last. */
function builds(...all: readonly Texts[]): { ids: Record<string, string>; identified: Identified }[] {
  let past: Past | undefined;
  return all.map((texts, index) => {
    const given = candidates(texts);
    const identified = identify(given, past, DAYS[index] ?? '2027-01-01');
    const known = given.map((one, at) => {
      const identity = identified.identities[at];
      assert.ok(identity !== undefined);
      return { ...one, ...identity };
    });
    past = { statements: known, tombstones: identified.tombstones };
    return { ids: Object.fromEntries(known.map(({ text, id }) => [text, id])), identified };
  });
}

const brief = ({ kind, title, other }: Change) =>
  other === undefined ? [kind, title] : [kind, title, other];

const BACKUP = 'A backup controller lists the Secrets of every namespace at night';
const BACKUP_EDITED = 'A backup controller lists the Secrets of every single namespace in the night';
const EXEC = 'Developers exec into pods of their own namespace to debug them';

test('the first build has ids and no changes, the same input gives the same, and so does a second run', () => {
  const [first, second] = builds({ a: [BACKUP], b: [BACKUP, EXEC] }, { a: [BACKUP], b: [BACKUP, EXEC] });
  assert.match(first?.ids[BACKUP] ?? '', /^FP-[0-9a-hjkmnp-tv-z]{10}$/);
  assert.deepEqual(first?.identified.changes, []);
  assert.deepEqual(second?.ids, first?.ids);
  assert.deepEqual(second?.identified.changes, []);
  assert.deepEqual(
    second?.identified.identities.map(({ first_seen, last_changed }) => [first_seen, last_changed]),
    [
      ['2026-01-01', '2026-01-01'],
      ['2026-01-01', '2026-01-01'],
    ],
  );
});

test('an edit keeps the id and stores the old text, whatever else of the rule moves', () => {
  const [first, second] = builds(
    { a: [BACKUP, EXEC] },
    { a: ['Something new about node agents', EXEC, BACKUP_EDITED] },
  );
  assert.equal(second?.ids[BACKUP_EDITED], first?.ids[BACKUP]);
  assert.equal(second?.ids[EXEC], first?.ids[EXEC]);
  assert.deepEqual(second?.identified.changes.map(brief).toSorted(), [
    ['changed', BACKUP_EDITED],
    ['new', 'Something new about node agents'],
  ]);
  const edited = second?.identified.identities.find(({ history }) => history.length > 0);
  assert.deepEqual(edited?.history, [{ text: BACKUP, until: '2026-02-01' }]);
  assert.deepEqual([edited?.first_seen, edited?.last_changed], ['2026-01-01', '2026-02-01']);
});

test('case and line breaks are no edit, another text of the rule is no heir, another rule neither', () => {
  const [first, second] = builds({ a: [BACKUP] }, { a: [BACKUP.toUpperCase().replace(' ', '\n')] });
  assert.deepEqual(Object.values(second?.ids ?? {}), Object.values(first?.ids ?? {}));
  assert.deepEqual(second?.identified.changes, []);
  const [, other] = builds({ a: [BACKUP] }, { a: [EXEC] });
  assert.deepEqual(other?.identified.changes.map(({ kind }) => kind).toSorted(), ['gone', 'new']);
  const [, moved] = builds({ a: [BACKUP], b: [EXEC] }, { b: [EXEC, BACKUP_EDITED] });
  assert.deepEqual(moved?.identified.changes.map(({ kind }) => kind).toSorted(), ['gone', 'new']);
});

test('a split: who keeps the text keeps the id, the others say where they came from', () => {
  const [first, second] = builds({ a: [BACKUP], b: [BACKUP] }, { a: [BACKUP], b: [BACKUP_EDITED] });
  const id = first?.ids[BACKUP];
  assert.equal(second?.ids[BACKUP], id);
  assert.notEqual(second?.ids[BACKUP_EDITED], id);
  assert.deepEqual(second?.identified.changes.map(brief), [['split', BACKUP_EDITED, id]]);
  assert.equal(second?.identified.identities[1]?.split_from, id);
});

test('a merge: the id of the text that was given up is an alias of the other', () => {
  const [first, second, third] = builds(
    { a: [BACKUP], b: [BACKUP_EDITED] },
    { a: [BACKUP], b: [BACKUP] },
    { a: [BACKUP], b: [BACKUP] },
  );
  const old = first?.ids[BACKUP_EDITED] ?? '';
  assert.deepEqual(second?.identified.changes.map(brief), [['merged', BACKUP_EDITED, first?.ids[BACKUP]]]);
  assert.deepEqual(second?.identified.identities[0]?.aliases, [old]);
  assert.deepEqual(third?.identified.identities[0]?.aliases, [old]);
  assert.deepEqual([second?.identified.tombstones, third?.identified.changes], [[], []]);
});

test('what is removed leaves a tombstone, and comes back under its id', () => {
  const [first, second, third, fourth] = builds(
    { a: [BACKUP, EXEC] },
    { a: [EXEC] },
    { a: [EXEC] },
    { a: [EXEC, BACKUP] },
  );
  const id = first?.ids[BACKUP];
  const grave = {
    id,
    kind: 'text',
    title: BACKUP,
    text: BACKUP,
    rules: ['a'],
    aliases: [],
    first_seen: '2026-01-01',
    last_changed: '2026-01-01',
    history: [],
    gone: '2026-02-01',
  };
  assert.deepEqual(second?.identified.tombstones, [grave]);
  assert.deepEqual(second?.identified.changes.map(brief), [['gone', BACKUP]]);
  assert.deepEqual(third?.identified.tombstones, [grave]);
  assert.deepEqual(third?.identified.changes, []);
  assert.equal(fourth?.ids[BACKUP], id);
  assert.deepEqual(fourth?.identified.changes.map(brief), [['back', BACKUP]]);
  assert.deepEqual(fourth?.identified.tombstones, []);
});

test('an id is never given twice, not even to what stands in the place of something that is gone', () => {
  const [first, second, third] = builds({ a: [BACKUP] }, { a: [EXEC] }, { a: ['Quite another thing'] });
  const ids = [first?.ids[BACKUP], second?.ids[EXEC], third?.ids['Quite another thing']];
  assert.equal(new Set(ids).size, 3);
});

test('fingerprints differ for small differences', () => {
  const texts = Array.from({ length: 20_000 }, (_, index) => `rule ${index}\nfield\n0`);
  assert.equal(new Set(texts.map(fingerprint)).size, texts.length);
  assert.equal(fingerprint('a').length, 10);
  assert.equal(fingerprint('a'), fingerprint('a'));
});
