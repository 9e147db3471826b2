/** Lines of documents about processes, and what is found in them as bytes. */
import { Matcher } from '../../src/exec/index/matcher.ts';
import type { Predicate } from '../../src/plan/predicate.ts';
import type { Test } from '../../src/plan/test.ts';
import { readBytes } from './ingest.ts';
import { interestOf } from './interest.ts';

export const leaf = (path: string, condition: Test): Predicate => ({
  kind: 'some',
  field: { name: path, path },
  test: condition,
});

/** With these members of `process`. */
export const processLine = (fields: string): string =>
  `{"@timestamp":"2026-03-02T09:05:43Z","event":{"kind":"event","id":"7"},"process":{${fields}}}\n`;

/** For each line the conditions that hold; undefined where the line was decoded. */
export function judged(predicates: readonly Predicate[], text: string): (readonly number[] | undefined)[] {
  const paths = predicates.flatMap((predicate) =>
    predicate.kind === 'some' ? [String(predicate.field.path)] : [],
  );
  const interest = interestOf(new Matcher(predicates), predicates.length, paths);
  return readBytes(text, { interest }).events.map((event) => event.judged?.holds);
}
