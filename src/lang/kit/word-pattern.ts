/** A wildcard against analysed text: it has to cover one whole word, in lower case (kql §4.4). */
import type { Analyzer } from '../../data/field-type.ts';
import type { Pattern, PatternPart } from '../../data/pattern.ts';
import { literalOf } from '../../data/pattern.ts';
import { tokenize } from '../../data/tokens.ts';
import type { Test } from '../../plan/test.ts';

/** One test for each alternative; with `split`, white space separates alternatives. None for an empty pattern. */
export function wordPatterns(pattern: Pattern, analyzer: Analyzer, split: boolean): Test[] {
  return (split ? alternatives(pattern) : [pattern]).flatMap((one) => wordTest(one, analyzer));
}

function wordTest(pattern: Pattern, analyzer: Analyzer): Test[] {
  const literal = literalOf(pattern);
  if (literal === undefined) return [patternTest(pattern, analyzer)];
  const tokens = tokenize(literal, analyzer);
  return tokens.length === 0 ? [] : [{ kind: 'tokens', analyzer, mode: 'any', tokens }];
}

function patternTest(pattern: Pattern, analyzer: Analyzer): Test {
  if (pattern.length === 1 && typeof pattern[0] === 'object' && pattern[0].any === 'many')
    return { kind: 'present' };
  const lower = pattern.map((part) => (typeof part === 'string' ? part.toLowerCase() : part));
  return { kind: 'tokenPattern', analyzer, oneOf: [lower] };
}

function alternatives(pattern: Pattern): PatternPart[][] {
  const found: PatternPart[][] = [[]];
  for (const part of pattern) {
    const [first = '', ...others] = typeof part === 'string' ? part.split(/\s+/) : [part];
    if (first !== '') found.at(-1)?.push(first);
    for (const other of others) found.push(other === '' ? [] : [other]);
  }
  return found.filter((parts) => parts.length > 0);
}
