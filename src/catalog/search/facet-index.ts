/** Filters and counts over statements, by numbers instead of texts. */
import type { Statement } from '../model.ts';
import type { FacetContext, FacetName } from './facets.ts';
import { facetNames, facetTable, fitter } from './facets.ts';
import type { Filter } from './query.ts';
import type { Searchable } from './search.ts';

/** The values of one facet: their names, and the numbers of those that each statement has, one after the other. */
interface Column {
  readonly names: readonly string[];
  readonly numbers: Uint32Array;
  /** Those of statement `n` begin at `starts[n]` and end where those of the next begin. */
  readonly starts: Uint32Array;
}

export interface Applied {
  /** Places of the statements that pass every filter. */
  readonly matches: readonly number[];
  readonly counts: Readonly<Partial<Record<FacetName, Readonly<Record<string, number>>>>>;
}

export class FacetIndex {
  readonly #statements: readonly Statement[];
  readonly #context: FacetContext;
  readonly #columns = new Map<FacetName, Column>();

  constructor(catalogue: Searchable) {
    this.#statements = catalogue.statements;
    this.#context = contextOf(catalogue);
  }

  /** Filters of one facet are alternatives unless negated; different facets must all hold. */
  apply(places: readonly number[], filters: readonly Filter[]): Applied {
    const tests = new Map<FacetName, (place: number) => boolean>();
    for (const [facet, own] of Map.groupBy(filters, (filter) => filter.facet))
      tests.set(facet, this.#test(facet, own));
    const misses = places.map((place) => this.#missed(place, tests));
    const matches = places.filter((_, index) => misses[index] === NONE);
    const counted = facetNames.filter((facet) => facetTable[facet].counted);
    const counts = counted.map((facet) => {
      const shown = tests.has(facet)
        ? places.filter((_, index) => misses[index] === NONE || misses[index] === facet)
        : matches;
      return [facet, this.#count(facet, shown)] as const;
    });
    return { matches, counts: Object.fromEntries(counts) };
  }

  /** The one facet whose filter the statement fails, nothing, or several. */
  #missed(
    place: number,
    tests: ReadonlyMap<FacetName, (place: number) => boolean>,
  ): FacetName | typeof NONE | typeof SEVERAL {
    let missed: FacetName | typeof NONE = NONE;
    for (const [facet, passes] of tests) {
      if (passes(place)) continue;
      if (missed !== NONE) return SEVERAL;
      missed = facet;
    }
    return missed;
  }

  #test(facet: FacetName, filters: readonly Filter[]): (place: number) => boolean {
    const { names, numbers, starts } = this.#column(facet);
    const fitting = (some: readonly Filter[]): Uint8Array => {
      const fits = some.flatMap(({ values }) => values.map((value) => fitter(facet, value)));
      return Uint8Array.from(names, (name) => (fits.some((one) => one(name)) ? 1 : 0));
    };
    const wanted = filters.filter(({ negated }) => !negated);
    const [any, none] = [fitting(wanted), fitting(filters.filter(({ negated }) => negated))];
    return (place) => {
      let isWanted = wanted.length === 0;
      const end = starts[place + 1] ?? 0;
      for (let at = starts[place] ?? 0; at < end; at++) {
        const value = numbers[at] ?? 0;
        if (none[value] === 1) return false;
        isWanted ||= any[value] === 1;
      }
      return isWanted;
    };
  }

  #count(facet: FacetName, places: readonly number[]): Record<string, number> {
    const { names, numbers, starts } = this.#column(facet);
    const counts = new Uint32Array(names.length);
    for (const place of places) {
      const end = starts[place + 1] ?? 0;
      for (let at = starts[place] ?? 0; at < end; at++) {
        const value = numbers[at] ?? 0;
        counts[value] = (counts[value] ?? 0) + 1;
      }
    }
    const named = names
      .map((name, index) => [name, counts[index] ?? 0] as const)
      .filter(([, count]) => count > 0);
    return Object.fromEntries(named.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)));
  }

  /** Made when first asked for. */
  #column(facet: FacetName): Column {
    const known = this.#columns.get(facet);
    if (known !== undefined) return known;
    const names = new Map<string, number>();
    const numbers: number[] = [];
    const starts = new Uint32Array(this.#statements.length + 1);
    const { values } = facetTable[facet];
    for (const [place, statement] of this.#statements.entries()) {
      for (const value of new Set(values(statement, this.#context))) {
        const number = names.get(value) ?? names.size;
        names.set(value, number);
        numbers.push(number);
      }
      starts[place + 1] = numbers.length;
    }
    const column = { names: [...names.keys()], numbers: Uint32Array.from(numbers), starts };
    this.#columns.set(facet, column);
    return column;
  }
}

const NONE = '';
const SEVERAL = '*';

function contextOf({ behaviours, rules, changes }: Searchable): FacetContext {
  const last = changes.at(-1)?.at;
  const recent = changes.filter(({ at }) => at === last);
  return {
    behaviours: new Map(behaviours.map((one) => [one.id, one])),
    rules: new Map(rules.map((one) => [one.key, one])),
    changes: new Map(recent.map(({ id, kind }) => [id, kind === 'changed' ? 'changed' : 'new'])),
  };
}
