/**
 * Reads a file whenever its parent asks, and tells how long that took; its arguments are `matches` or `scan`, the file and how
 * many threads. What comes before the first piece is left out: loading rules, and threads that begin.
 */
import { readingFor, threadsFor } from '../src/app/ahead/pool.ts';
import { scan } from '../src/app/scan.ts';
import { Matcher } from '../src/exec/index/matcher.ts';
import { readInputs } from '../src/ingest/index.ts';
import { alertText } from '../src/model/alert-parts.ts';
import { isIdle } from '../src/model/event.ts';
import { fieldsOf } from '../src/plan/fold.ts';
import { AUTO } from '../tests/support/ingest.ts';
import { interestOf } from '../tests/support/interest.ts';
import { madeUp, realSets } from './rule-sets.ts';

const [what, file = '', count] = process.argv.slice(2);
const threads = Number(count);

const NOW = Date.UTC(2026, 1, 4);

/** What a round did, and in how many milliseconds. */
interface Round {
  readonly events: number;
  readonly found: number;
  readonly milliseconds: number;
}

/** Events per round are counted from the second piece on. */
class Stopwatch {
  #began = 0;
  #before: number | undefined;

  see(events: number): void {
    if (this.#before !== undefined) return;
    this.#began = performance.now();
    this.#before = events;
  }

  round(events: number, found: number): Round {
    return { events: events - (this.#before ?? NaN), found, milliseconds: performance.now() - this.#began };
  }
}

/** From bytes to matches, with the same threads in all rounds. */
async function matching(): Promise<() => Promise<Round>> {
  const { rules } = realSets().find(({ name }) => name.startsWith('alert')) ?? madeUp(1000);
  const conditions = rules.map(({ where }) => where);
  const fields = conditions
    .flatMap((condition) => fieldsOf(condition))
    .flatMap(({ path }) => (typeof path === 'string' ? [path] : []));
  const asked = {
    conditions,
    owners: [...conditions.keys()],
    wants: conditions.map(() => []),
    patterns: conditions.map(() => undefined),
    fields,
  };
  const matcher = new Matcher(conditions);
  const interest = interestOf(matcher, conditions.length, fields);
  const all = new Uint8Array(conditions.length).fill(1);
  const reading = readingFor({ interest, asked }, { ingest: AUTO }, threadsFor({ threads }));
  return async () => {
    const watch = new Stopwatch();
    let [events, found] = [0, 0];
    for await (const batch of readInputs([file], reading)) {
      for (const event of batch.events) {
        events += isIdle(event) ? event.count : 1;
        if (isIdle(event)) continue;
        // Which events are decoded depends on when threads hear of fields that none had before.
        found += (event.judged?.holds ?? matcher.match(event.document, NOW, all).rules).length;
      }
      watch.see(events);
    }
    return watch.round(events, found);
  };
}

/** Whole scans with the shipped rules of high severity. */
async function scanning(): Promise<Round> {
  const watch = new Stopwatch();
  let found = 0;
  const { input } = await scan(
    {
      inputs: [file],
      ingest: AUTO,
      rules: [],
      filter: { rules: [], tags: [], severity: 'high', deprecated: false, buildingBlocks: false },
      ignoreIndex: false,
      threads,
    },
    {
      alert: (alert) => (found += Math.sign(alertText(alert).length)),
      progress: ({ events }) => watch.see(events),
    },
    new AbortController().signal,
  );
  return watch.round(input.events, found);
}

const round = what === 'matches' ? await matching() : scanning;
process.on('message', () => void round().then((done) => process.send?.(done)));
// Its threads would keep it alive.
process.on('disconnect', () => process.exit());
