/**
 * With a state file, the files of alerts that runs write hold each alert once, in order, and lack only what runs without
 * such a file told: whenever checkpoints are written, wherever runs are killed, and whichever file each of them writes to.
 * `WINNOW_LAW_RUNS` sets how many stories are tried, a hundred times fewer than of other laws.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as fc from 'fast-check';
import { scan } from '../../src/app/scan.ts';
import type { ScanListener, ScanOptions } from '../../src/app/types.ts';
import { safeJson } from '../../src/base/safe-json.ts';
import { seededRandom } from '../../src/sample/random.ts';
import { writeStateful } from '../support/stateful.ts';
import { cases, seed } from './law.ts';

const folder = mkdtempSync(join(tmpdir(), 'winnow-alerts-files-'));
after(() => rmSync(folder, { recursive: true }));
const EVENTS = 500;
const base = writeStateful(folder, EVENTS);

/** What a run does until it is killed. */
interface Life {
  readonly file: 'one' | 'two' | undefined;
  readonly tellsAtTheEnd: boolean;
  /** How likely a checkpoint is after a batch. */
  readonly due: number;
  /** It is killed when so many events were read or so many alerts were told, at the latest when it says what it found. */
  readonly events: number;
  readonly alerts: number;
}

const life: fc.Arbitrary<Life> = fc.record({
  file: fc.constantFrom('one', 'two', undefined),
  tellsAtTheEnd: fc.boolean(),
  due: fc.constantFrom(0, 0.1, 0.5, 1),
  events: fc.oneof(fc.constant(Infinity), fc.integer({ min: 0, max: EVENTS })),
  alerts: fc.oneof(fc.constant(Infinity), fc.integer({ min: 1, max: 60 })),
});

const pathOf = (file: string): string => join(folder, `${file}.ndjson`);

/** Ids that it told, one whose telling failed not among them. */
async function live(one: Life, random: () => number): Promise<string[]> {
  const told: string[] = [];
  const kill = (isTime: boolean): void => {
    if (isTime) throw new Error('killed');
  };
  const listener: ScanListener = {
    tellsAtTheEnd: one.tellsAtTheEnd,
    progress: ({ events }) => kill(events >= one.events),
    alert: ({ id }) => {
      kill(told.length === one.alerts);
      told.push(id);
    },
    ended: () => kill(true),
  };
  const alerts = one.file === undefined ? {} : { alerts: pathOf(one.file) };
  await assert.rejects(
    scan({ ...withState(() => random() < one.due), ...alerts }, listener, new AbortController().signal),
    /killed/,
  );
  return told;
}

const withState = (isDue: () => boolean): ScanOptions => ({
  ...base,
  state: { file: join(folder, 'state.db'), finish: true, isDue },
});

const linesOf = (file: string): string[] =>
  existsSync(pathOf(file))
    ? readFileSync(pathOf(file), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : [];

test('files of alerts get each alert once, whenever runs are killed and whichever file they write', async (t) => {
  const numRuns = Math.ceil(cases / 100);
  t.diagnostic(`seed ${seed}, ${numRuns} cases`);
  const lines: string[] = [];
  const ids: string[] = [];
  const keep: ScanListener['alert'] = ({ id, document }) => {
    ids.push(id);
    lines.push(safeJson(document));
  };
  await scan(base, { alert: keep }, new AbortController().signal);
  assert.ok(ids.length > 60);
  const story = fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 4 }), async (lives) => {
    for (const file of ['one.ndjson', 'two.ndjson', 'state.db', 'state.db-wal'])
      rmSync(join(folder, file), { force: true });
    const elsewhere = new Set<string>();
    const random = seededRandom(seed);
    for (const one of lives) {
      const told = await live(one, () => random.next());
      if (one.file === undefined && !one.tellsAtTheEnd) for (const id of told) elsewhere.add(id);
    }
    const last = { ...withState(() => random.next() < 0.5), alerts: pathOf('one') };
    await scan(last, {}, new AbortController().signal);
    const [first, second] = [linesOf('one'), linesOf('two')];
    const written = new Set([...first, ...second]);
    assert.equal(written.size, first.length + second.length);
    const inOrder = (file: readonly string[]): readonly string[] =>
      lines.filter((line) => file.includes(line));
    assert.deepEqual([first, second], [inOrder(first), inOrder(second)]);
    assert.deepEqual(
      ids.filter((id, i) => !elsewhere.has(id) && !written.has(lines[i] ?? '')),
      [],
    );
  });
  await fc.assert(story, { numRuns, seed });
});
