import * as fc from 'fast-check';

/** A query with a few pieces taken out, doubled, moved or replaced by words. */
export const mutated = (queries: readonly string[], words: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...queries),
      fc.array(fc.tuple(fc.nat(200), fc.nat(12), fc.constantFrom('', ...words)), {
        minLength: 1,
        maxLength: 4,
      }),
    )
    .map(([query, edits]) =>
      edits.reduce((text, [at, length, put]) => text.slice(0, at) + put + text.slice(at + length), query),
    );
