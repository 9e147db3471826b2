/**
 * A run of a pipeline that can be followed: how many rows went into and came out of each operator, where the rows of
 * chosen events ended, which groups they went to, and which clause of a WHERE kept rows back.
 */
import { isMulti } from '../../data/atom.ts';
import type { Atom, ColumnType, ColumnValue } from '../../data/column.ts';
import type { Assignment, Operator, Pipeline, Where } from '../../plan/pipeline.ts';
import type { Explanation } from '../explain/index.ts';
import { blame } from '../explain/index.ts';
import { explainRow } from './explain-row.ts';
import { holds, interpreted, rowCall } from './expression.ts';
import { Grouping, keyPartText } from './groups.ts';
import { buildOperator } from './operator.ts';
import type { PipelineOptions } from './pipeline.ts';
import { preparePipeline } from './pipeline.ts';
import type { PipelineEvent, Row, RunContext } from './row.ts';
import { Layout } from './row.ts';
import type { Sink, Stage } from './stage.ts';
import { rowByRow } from './stage.ts';

export interface TracedOperator {
  readonly operator: Operator;
  /** Rows that came in and went out; of FROM, events that were read and that it takes. */
  readonly rowsIn: number;
  readonly rowsOut: number;
  /** Those of chosen events, and of groups of theirs. */
  readonly chosenIn: number;
  readonly chosenOut: number;
  /** Of STATS and INLINE STATS: the groups of chosen events, each with its keys. */
  readonly groups: readonly (readonly GroupPart[])[];
  /** Of WHERE: why it kept rows back. Of those of chosen events, or without any of all, the ones that came nearest. */
  readonly keptBack: readonly Explanation[];
}

export interface GroupPart {
  readonly column: string;
  readonly value: Atom | null;
  readonly type: ColumnType;
}

/** Explanations of one WHERE, and rows among which the nearest are looked for. */
const EXPLAINED = 3;
const LOOKED_AT = 1_000;

type Chosen = (event: PipelineEvent) => boolean;

/** Chosen events are followed; undefined follows none, and explains whatever a WHERE keeps back. */
export const tracePipeline = (plan: Pipeline, options: PipelineOptions, chosen: Chosen | undefined): Trace =>
  new Trace(plan, options, chosen);

interface Step {
  readonly operator: Operator;
  readonly before: Layout;
  readonly after: Layout;
  readonly stage: Stage;
}

class Steps {
  readonly list: readonly Step[];

  constructor({ operators }: Pipeline, options: PipelineOptions) {
    const build = {
      tables: options.tables ?? new Map(),
      arrayOrder: options.arrayOrder ?? 'lucene',
    } as const;
    let layout = new Layout(interpreted);
    this.list = operators.map((operator) => {
      const before = layout;
      const { layout: after, stage } = buildOperator(operator, before, build);
      layout = after;
      return { operator, before, after, stage };
    });
  }
}

class Trace {
  readonly #admits: (event: PipelineEvent, context: RunContext) => boolean;
  readonly #isChosen: Chosen;
  readonly #points: readonly Point[];
  #run: { readonly first: Sink; readonly context: RunContext } | undefined;

  constructor(plan: Pipeline, options: PipelineOptions, chosen: Chosen | undefined) {
    const prepared = preparePipeline(plan, options);
    this.#admits = (event, context) => prepared.admits(event, context);
    this.#isChosen = chosen ?? (() => false);
    this.#points = new Steps(plan, options).list.map((step) => new Point(step, chosen));
  }

  /** To be called before the first event. */
  begin(context: RunContext): void {
    const [source, ...others] = this.#points;
    const last: Sink = { push: () => {}, end: () => {} };
    const first = others.reduceRight((next, point) => point.sink(next, context), last);
    this.#run = { first: source?.after(first) ?? first, context };
  }

  see(event: PipelineEvent): void {
    const { first, context } = this.#started();
    const [source] = this.#points;
    const row: Row = { values: [], event };
    source?.arrive(this.#isChosen(event));
    if (this.#admits(event, context)) first.push(row);
  }

  end(): readonly TracedOperator[] {
    const { first, context } = this.#started();
    first.end();
    return this.#points.map((point) => point.told(context));
  }

  #started() {
    if (this.#run === undefined) throw new Error('The trace was not begun.');
    return this.#run;
  }
}

/** One operator, with what came by before and behind it. */
class Point {
  readonly #step: Step;
  readonly #isChosen: Chosen;
  readonly #followsAny: boolean;
  readonly #in = { rows: 0, chosen: 0 };
  readonly #out = { rows: 0, chosen: 0 };
  readonly #keptBack: { readonly chosen: Row[]; readonly others: Row[] } = { chosen: [], others: [] };
  readonly #grouping: Grouping | undefined;
  readonly #groups = new Map<string, readonly (Atom | null)[]>();
  /** An event whose group they are stands for the rows of that group behind it. */
  readonly #events = new Map<string, PipelineEvent>();

  constructor(step: Step, isChosen: Chosen | undefined) {
    this.#step = step;
    this.#isChosen = isChosen ?? (() => false);
    this.#followsAny = isChosen !== undefined;
    this.#grouping = keysOf(step.operator) && new Grouping([], keysOf(step.operator) ?? [], step.before);
  }

  arrive(isChosen: boolean): void {
    count(this.#in, isChosen);
  }

  sink(next: Sink, context: RunContext): Sink {
    const behind = this.#stage()(this.after(next, context), context);
    return {
      push: (row) => {
        const isChosen = row.event !== undefined && this.#isChosen(row.event);
        this.arrive(isChosen);
        if (isChosen) this.#noteGroups(row, context);
        behind.push(row);
      },
      end: () => behind.end(),
    };
  }

  /** What comes out, with rows of the groups of chosen events marked as theirs. */
  after(next: Sink, context?: RunContext): Sink {
    return {
      push: (row) => {
        const marked = context === undefined ? row : this.#marked(row, context);
        count(this.#out, marked.event !== undefined && this.#isChosen(marked.event));
        next.push(marked);
      },
      end: () => next.end(),
    };
  }

  told(context: RunContext): TracedOperator {
    const { operator } = this.#step;
    const keys = keysOf(operator) ?? [];
    return {
      operator,
      rowsIn: this.#in.rows,
      rowsOut: this.#out.rows,
      chosenIn: this.#in.chosen,
      chosenOut: this.#out.chosen,
      groups: [...this.#groups.values()].map((group) =>
        keys.map(({ name, value: { type } }, i) => ({ column: name, value: group[i] ?? null, type })),
      ),
      keptBack: operator.kind === 'where' ? this.#explained(operator, context) : [],
    };
  }

  #explained({ condition }: Where, context: RunContext): readonly Explanation[] {
    const { chosen, others } = this.#keptBack;
    const explain = explainRow(condition, this.#step.before);
    const all = (this.#followsAny ? chosen : others).map((row) => explain(row, context));
    const different = [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
    return different.sort((a, b) => blame(a).length - blame(b).length).slice(0, EXPLAINED);
  }

  #stage(): Stage {
    const { operator, before, stage } = this.#step;
    if (operator.kind !== 'where') return stage;
    const call = rowCall(operator.condition, before);
    return rowByRow((row, context, next) => {
      if (holds(call(row, context))) next.push(row);
      else this.#keep(row);
    });
  }

  #keep(row: Row): void {
    const list = row.event !== undefined && this.#isChosen(row.event) ? 'chosen' : 'others';
    if (this.#keptBack[list].length < LOOKED_AT) this.#keptBack[list].push(row);
  }

  #noteGroups(row: Row, context: RunContext): void {
    for (const key of this.#grouping?.keysOf(row, context) ?? []) {
      const text = keyText(key);
      this.#groups.set(text, key);
      if (row.event !== undefined) this.#events.set(text, row.event);
    }
  }

  #marked(row: Row, context: RunContext): Row {
    const { operator, after } = this.#step;
    if (operator.kind !== 'stats') return row;
    const key = operator.keys.map(({ name }) => one(after.reader(name)(row, context)));
    const event = this.#events.get(keyText(key));
    return event === undefined ? row : { ...row, event };
  }
}

const count = (counts: { rows: number; chosen: number }, isChosen: boolean): void => {
  counts.rows++;
  if (isChosen) counts.chosen++;
};

const keysOf = (operator: Operator): readonly Assignment[] | undefined =>
  operator.kind === 'stats' || operator.kind === 'inlineStats' ? operator.keys : undefined;

const keyText = (key: readonly (Atom | null)[]): string => JSON.stringify(key.map(keyPartText));

/** Keys of groups have one value. */
const one = (value: ColumnValue): Atom | null => (isMulti(value) ? (value[0] ?? null) : value);
