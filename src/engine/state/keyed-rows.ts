/** The rows of a pane by the groups that they are in: a row says only once where it belongs, however many windows see it. */
import type { Counter, GroupKey, Grouping, LateGroups, Row, RunContext } from '../../exec/pipeline/index.ts';
import { groupKeyText } from '../../exec/pipeline/index.ts';

interface Keyed {
  readonly key: GroupKey;
  readonly rows: Row[];
}

export class KeyedRows {
  readonly #grouping: Grouping;
  readonly #byGroup = new Map<string, Keyed>();
  /** What there was to count in computing the keys: it is counted for every window that needs them. */
  readonly #losses = new Map<Counter, number>();

  readonly #counting: RunContext = {
    now: 0,
    count: (counter) => this.#losses.set(counter, (this.#losses.get(counter) ?? 0) + 1),
  };

  constructor(grouping: Grouping) {
    this.#grouping = grouping;
  }

  get groups(): number {
    return this.#byGroup.size;
  }

  add(row: Row): void {
    for (const key of this.#grouping.keysOf(row, this.#counting)) {
      const text = groupKeyText(key);
      const known = this.#byGroup.get(text);
      if (known === undefined) this.#byGroup.set(text, { key, rows: [row] });
      else known.rows.push(row);
    }
  }

  addTo(window: LateGroups, context: RunContext): void {
    this.recount(context);
    for (const [text, { key, rows }] of this.#byGroup) window.add(key, text, rows, context);
  }

  /** As if all keys were computed again. */
  recount(context: RunContext): void {
    for (const [counter, times] of this.#losses) for (let i = 0; i < times; i++) context.count(counter);
  }
}
