/** The ways to evaluate the predicates of a table: each gives, for every predicate, the ids of the events that satisfy it. */
import { compileSet } from '../../src/exec/compile/index.ts';
import { Matcher } from '../../src/exec/index/matcher.ts';
import { interpret } from '../../src/exec/interpret/index.ts';
import type { Predicate } from '../../src/plan/predicate.ts';
import type { Table } from './table.ts';

type Evaluator = (predicates: readonly Predicate[], table: Table) => readonly (readonly number[])[];

export const evaluators: Readonly<Record<string, Evaluator>> = {
  interpreter: (predicates, { events, now }) =>
    predicates.map((predicate) =>
      events.filter(({ document }) => interpret(predicate, document, { now })).map(({ id }) => id),
    ),

  compiled: (predicates, { events, now }) => {
    const set = compileSet(predicates);
    const ids = predicates.map((): number[] => []);
    for (const { id, document } of events) {
      set.load(document, now);
      ids.forEach((selected, position) => {
        if (set.test(position)) selected.push(id);
      });
    }
    return ids;
  },

  indexed: (predicates, { events, now }) => {
    const matcher = new Matcher(predicates);
    const ids = predicates.map((): number[] => []);
    for (const { id, document } of events)
      for (const position of matcher.match(document, now).rules) ids[position]?.push(id);
    return ids;
  },
};
