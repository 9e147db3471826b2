/** `bool`: what must hold, what must not, and how many of the rest. */
import type { Predicate } from '../../plan/predicate.ts';
import { FALSE, TRUE } from '../../plan/rewrite.ts';
import type { Part } from './context.ts';

/** More choices than this are not written out. */
const MOST_CHOICES = 256;

export function boolClause(part: Part, query: (part: Part) => Predicate): Predicate {
  part.object([
    'must',
    'filter',
    'should',
    'must_not',
    'minimum_should_match',
    'boost',
    'adjust_pure_negative',
  ]);
  const listed = (key: string): Predicate[] => (part.has(key) ? part.child(key).members().map(query) : []);
  const required = [...listed('must'), ...listed('filter')];
  const should = listed('should');
  const least = leastShould(part, should.length, required.length > 0);
  const forbidden = listed('must_not').map((arg): Predicate => ({ kind: 'not', arg }));
  return { kind: 'and', args: [...required, ...someOf(part, should, least), ...forbidden] };
}

/** One of the optional clauses when nothing is required, else none; negative counts are those that may fail. */
function leastShould(part: Part, count: number, somethingRequired: boolean): number {
  if (!part.has('minimum_should_match')) return somethingRequired || count === 0 ? 0 : 1;
  const written = part.child('minimum_should_match');
  const text = written.text();
  if (!/^-?\d+$/.test(text))
    written.refuse('FIL103', `"${text}" as minimum_should_match is not supported`, 'write a whole number');
  const least = Number(text);
  return least < 0 ? Math.max(0, count + least) : least;
}

function someOf(part: Part, should: readonly Predicate[], least: number): Predicate[] {
  if (least === 0) return [];
  if (choices(should.length, least) > MOST_CHOICES)
    part
      .child('minimum_should_match')
      .refuse('FIL103', `${least} of ${should.length} clauses are too many choices`);
  return [atLeast(should, least)];
}

function atLeast(clauses: readonly Predicate[], least: number): Predicate {
  if (least === 0) return TRUE;
  if (least > clauses.length) return FALSE;
  if (least === 1) return { kind: 'or', args: clauses };
  if (least === clauses.length) return { kind: 'and', args: clauses };
  const [first = FALSE, ...others] = clauses;
  return {
    kind: 'or',
    args: [{ kind: 'and', args: [first, atLeast(others, least - 1)] }, atLeast(others, least)],
  };
}

/** How many ways there are to choose `least` of `count`. */
function choices(count: number, least: number): number {
  let ways = 1;
  for (let i = 1; i <= least; i++) ways = (ways * (count - least + i)) / i;
  return ways;
}
