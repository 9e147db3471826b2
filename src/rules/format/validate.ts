/**
 * Plain values to a typed rule document. Whatever is wrong is said once, at its place. A value that does not decide
 * the matches is set aside so that the rule still runs; one that does refuses the rule.
 */
import type { z } from 'zod';
import type { Result } from '../../base/result.ts';
import { failure, success } from '../../base/result.ts';
import { didYouMean, nearest } from '../../base/typo.ts';
import type { JsonObject } from '../../data/document.ts';
import { assume } from './assume.ts';
import type { Context, Issue } from './mistakes.ts';
import { at, mistakesOf, pathOf } from './mistakes.ts';
import { getAt, show, withAt, without } from './path.ts';
import type { Path } from './positions.ts';
import type { Leftover, RuleDocument, RuleType } from './schema.ts';
import { documentSchemas, ruleTypes } from './schema.ts';

/**
 * A document with warnings, or the errors that leave none. Under `custom` and `elastic` a document may come with errors
 * as well: then it can be shown, and should not be run.
 */
export function validate(value: JsonObject, context: Context): Result<RuleDocument> {
  const type = typeOf(value, context);
  if (!type.ok) return type;
  const issues: Issue[] = [];
  const document = repair(type.value, value, context.stem, issues);
  if (issues.length === 0 && document !== undefined) return success(document);
  const mistakes = mistakesOf(issues, type.value, value, context);
  const diagnostics = mistakes.map((mistake) => mistake.diagnostic);
  const fatal = document === undefined || mistakes.some((mistake) => mistake.fatal);
  return fatal ? failure(...diagnostics) : success(document, diagnostics);
}

function typeOf(value: JsonObject, context: Context): Result<RuleType> {
  const path = ['rule', 'type'];
  const found = getAt(value, path);
  const type = ruleTypes.find((known) => known === found);
  if (type !== undefined) return success(type);
  const allowed = `one of ${ruleTypes.map((known) => `"${known}"`).join(', ')}`;
  if (found === undefined) {
    return failure(
      at(context, 'RULE010', path, 'the rule has no "type"', misspelt(value) ?? `add ${allowed}`),
    );
  }
  const hint = typeof found === 'string' ? didYouMean(found, ruleTypes) : undefined;
  return failure(at(context, 'RULE012', path, `"type" must be ${allowed}, found ${show(found)}`, hint));
}

function misspelt(value: JsonObject): string | undefined {
  const near = nearest('type', Object.keys(value['rule'] ?? {}));
  return near === undefined ? undefined : `is "${near}" meant to be "type"?`;
}

/**
 * Sets aside one wrong value after the other, the last first so that paths stay true, until the schema is content.
 * `issues` receives those of the value as it was given.
 */
function repair(type: RuleType, value: JsonObject, stem: string, issues: Issue[]): RuleDocument | undefined {
  const leftovers: Leftover[] = [];
  let now: JsonObject | undefined = value;
  while (now !== undefined) {
    const parsed: z.ZodSafeParseResult<unknown> = documentSchemas[type].safeParse(now);
    // Its type is that of `RuleDocument` without the leftovers; the index by a union of types hides this.
    if (parsed.success) return { ...(parsed.data as Omit<RuleDocument, 'leftovers'>), leftovers };
    if (issues.length === 0) issues.push(...parsed.error.issues);
    const last: Issue | undefined = parsed.error.issues.at(-1);
    now = last && step(now, last, leftovers, stem);
  }
  return undefined;
}

/** The value with one issue less; undefined when nothing can be done about it. */
function step(now: JsonObject, issue: Issue, leftovers: Leftover[], stem: string): JsonObject | undefined {
  const path = pathOf(issue);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.reduceRight((rest, key) => setAside(rest, [...path, key], leftovers), now);
  }
  if (getAt(now, path) !== undefined) return setAside(now, path, leftovers);
  const assumed = assume(path, now, stem);
  if (assumed !== undefined) return withAt(now, path, assumed);
  return path.length > 2 ? setAside(now, path.slice(0, -1), leftovers) : undefined;
}

function setAside(now: JsonObject, path: Path, leftovers: Leftover[]): JsonObject {
  const value = getAt(now, path);
  if (value !== undefined) leftovers.unshift({ path, value });
  return without(now, path);
}
