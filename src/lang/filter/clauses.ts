/** The clauses of Elasticsearch's Query DSL that filters are made of (kql §6.1), each by the name of its key. */
import { didYouMean } from '../../base/typo.ts';
import type { Predicate } from '../../plan/predicate.ts';
import { FALSE, TRUE } from '../../plan/rewrite.ts';
import { fieldExists } from '../kit/field.ts';
import { boolClause } from './bool.ts';
import type { Part } from './context.ts';
import {
  matchClause,
  matchPhraseClause,
  prefixClause,
  rangeClause,
  regexpClause,
  termClause,
  termsClause,
  wildcardClause,
} from './leaves.ts';
import { queryStringClause } from './query-string.ts';

type Clause = (part: Part) => Predicate;

const clauses: Readonly<Record<string, Clause>> = {
  bool: (part) => boolClause(part, queryOf),
  constant_score: (part) => (part.object(['filter', 'boost']), queryOf(part.child('filter'))),
  exists: (part) => (
    part.object(['field', 'boost']),
    fieldExists(part.context.types, part.child('field').text())
  ),
  match: matchClause,
  match_all: () => TRUE,
  match_none: () => FALSE,
  match_phrase: matchPhraseClause,
  nested: (part) => {
    part.object(['path', 'query', 'score_mode', 'ignore_unmapped', 'boost']);
    return { kind: 'nested', path: part.child('path').text(), arg: queryOf(part.child('query')) };
  },
  prefix: prefixClause,
  query_string: queryStringClause,
  range: rangeClause,
  regexp: regexpClause,
  term: termClause,
  terms: termsClause,
  wildcard: wildcardClause,
};

const REFUSED: Readonly<Record<string, string>> = {
  ids: 'events have no document id before they are stored',
  script: 'Winnow runs no scripts',
  fuzzy: 'list the spellings instead',
};

/** An object with one key, the clause's name. */
export function queryOf(part: Part): Predicate {
  const names = Object.keys(part.object());
  const [name] = names;
  if (name === undefined || names.length > 1)
    return part.refuse('FIL102', `a query must have one clause, and this has ${names.length}`);
  const clause = Object.hasOwn(clauses, name) ? clauses[name] : undefined;
  return clause === undefined ? unknownClause(part, name) : clause(part.child(name));
}

function unknownClause(part: Part, name: string): never {
  const known = Object.keys(clauses);
  const hint = REFUSED[name] ?? didYouMean(name, known) ?? `understood are ${known.join(', ')}`;
  return part.child(name).refuse('FIL101', `the clause "${name}" is not supported`, hint);
}
