/**
 * Plain values to a typed rule document. Whatever is wrong is said once, at its place. A value that does not decide
 * the matches is set aside so that the rule still runs; one that does refuses the rule.
 */
import type { z } from 'zod';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { failure, success } from '../../base/result.ts';
import { didYouMean, nearest } from '../../base/typo.ts';
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { severities } from '../../model/alert.ts';
import { scoreOf, severityOf } from './band.ts';
import { hintFor, keysAt } from './known-keys.ts';
import { getAt, label, show, withAt, without } from './path.ts';
import type { Path, Positions } from './positions.ts';
import type { Profile } from './profile.ts';
import { asks } from './profile.ts';
import type { Leftover, RuleDocument, RuleType } from './schema.ts';
import { documentSchemas, ruleTypes } from './schema.ts';

export interface Context {
  readonly positions: Positions;
  readonly profile: Profile;
  /** What a rule without id or name is called: its file's name without folder and ending. */
  readonly stem: string;
}

type Issue = z.core.$ZodIssue;

/** Keys of `[rule]` that decide what matches: never dropped, never guessed when they are there but wrong. */
const essential = new Set(
  (
    'type query language index data_view_id filters saved_id event_category_override timestamp_field ' +
    'tiebreaker_field threshold new_terms threat_index threat_mapping threat_query threat_language ' +
    'threat_filters machine_learning_job_id anomaly_threshold'
  ).split(' '),
);

/**
 * A document with warnings, or the errors that leave none. Under `custom` and `elastic` a document may come with errors
 * as well: then it can be shown, and should not be run.
 */
export function validate(value: JsonObject, context: Context): Result<RuleDocument> {
  const type = typeOf(value, context);
  if (!type.ok) return type;
  const issues = issuesOf(type.value, value);
  const found = reportAll(issues, type.value, value, context);
  if (found.some(({ fatal }) => fatal)) return failure(...found.map((report) => report.diagnostic));
  const document = repair(type.value, value, context);
  const diagnostics = found.map((report) => report.diagnostic);
  return document === undefined ? failure(...diagnostics) : success(document, diagnostics);
}

function typeOf(value: JsonObject, context: Context): Result<RuleType> {
  const path = ['rule', 'type'];
  const found = getAt(value, path);
  const type = ruleTypes.find((known) => known === found);
  if (type !== undefined) return success(type);
  const shown = `one of ${ruleTypes.map((known) => `"${known}"`).join(', ')}`;
  if (found === undefined) {
    return failure(
      at(context, 'RULE010', path, 'the rule has no "type"', missingHint(value, 'type') ?? `add ${shown}`),
    );
  }
  const hint = typeof found === 'string' ? didYouMean(found, ruleTypes) : undefined;
  return failure(at(context, 'RULE012', path, `"type" must be ${shown}, found ${show(found)}`, hint));
}

function missingHint(value: JsonObject, key: string): string | undefined {
  const rule = value['rule'];
  const near = nearest(key, Object.keys(rule ?? {}));
  return near === undefined ? undefined : `is "${near}" meant to be "${key}"?`;
}

function issuesOf(type: RuleType, value: JsonObject): readonly Issue[] {
  return documentSchemas[type].safeParse(value).error?.issues ?? [];
}

interface Report {
  readonly diagnostic: Diagnostic;
  readonly fatal: boolean;
}

function reportAll(issues: readonly Issue[], type: RuleType, value: JsonObject, context: Context): Report[] {
  const misspelt = new Set<string>();
  const unknown = issues.flatMap((issue) => unknownKeys(issue, issues, type, value, context, misspelt));
  const others = issues
    .filter((issue) => issue.code !== 'unrecognized_keys' && !misspelt.has(pathOf(issue).join('.')))
    .map((issue) => report(issue, value, context));
  return [...unknown, ...others].sort((a, b) => startOf(a) - startOf(b));
}

const startOf = (report: Report): number => report.diagnostic.span?.start ?? 0;

/**
 * One report for each unknown key. When the key that it is close to is missing, these are one mistake: the missing key
 * is noted in `misspelt` and not reported again.
 */
function unknownKeys(
  issue: Issue,
  issues: readonly Issue[],
  type: RuleType,
  value: JsonObject,
  context: Context,
  misspelt: Set<string>,
): Report[] {
  if (issue.code !== 'unrecognized_keys') return [];
  const table = pathOf(issue);
  const missing = keysAt(type, table).filter(
    (key) =>
      getAt(value, [...table, key]) === undefined &&
      issues.some((other) => pathOf(other).join('.') === [...table, key].join('.')),
  );
  return issue.keys.map((key) => {
    const meant = nearest(key, missing);
    if (meant !== undefined) misspelt.add([...table, meant].join('.'));
    const fatal = meant !== undefined && isEssential([...table, meant]);
    const hint = meant === undefined ? hintFor(type, table, key) : `did you mean "${meant}"?`;
    const found = at(context, 'RULE013', [...table, key], `unknown key "${key}"`, hint, 'key');
    return { diagnostic: { ...found, severity: severityFor(context, fatal, 'elastic') }, fatal };
  });
}

/** The diagnostic for a missing or wrong value. */
function report(issue: Issue, value: JsonObject, context: Context): Report {
  const path = pathOf(issue);
  const found = getAt(value, path);
  const missing = found === undefined;
  const fatal = isEssential(path) && !(missing && path.at(-1) === 'language');
  const [code, message, hint] = missing
    ? ([
        'RULE010',
        `${owner(path)} has no "${String(path.at(-1))}"`,
        assumption(path, value, context),
      ] as const)
    : ([
        issue.code === 'invalid_value' ? 'RULE012' : 'RULE011',
        `"${label(path)}" must be ${issue.message}, found ${show(found)}`,
        wordHint(issue, found),
      ] as const);
  const severity = severityFor(context, fatal, 'custom');
  return { diagnostic: { ...at(context, code, path, message, hint), severity }, fatal };
}

function owner(path: Path): string {
  return path.length === 2 ? `the ${String(path[0])}` : `"${label(path.slice(0, -1))}"`;
}

function wordHint(issue: Issue, found: JsonValue): string | undefined {
  if (issue.path.join('.') === 'rule.language' && (found === 'eql' || found === 'esql')) {
    return `rules in this language have type = "${found}"`;
  }
  if (issue.code !== 'invalid_value' || typeof found !== 'string') return undefined;
  return didYouMean(
    found,
    issue.values.filter((word) => typeof word === 'string'),
  );
}

function assumption(path: Path, value: JsonObject, context: Context): string | undefined {
  const assumed = assume(path, value, context);
  return assumed === undefined ? undefined : `${JSON.stringify(assumed)} is assumed`;
}

const isEssential = ([table, key]: Path): boolean =>
  table === 'rule' && (key === undefined || essential.has(String(key)));

function severityFor({ profile }: Context, fatal: boolean, strictFrom: Profile): 'error' | 'warning' {
  return fatal || asks(profile, strictFrom) ? 'error' : 'warning';
}

const pathOf = (issue: Issue): Path => issue.path as Path;

function at(
  { positions }: Context,
  code: 'RULE010' | 'RULE011' | 'RULE012' | 'RULE013',
  path: Path,
  message: string,
  hint: string | undefined,
  on: 'key' | 'value' = 'value',
): Diagnostic {
  const span = positions[on](path) ?? positions.nearest(path);
  return diagnostic(code, message, { source: positions.source, span, hint });
}

/** Sets aside one wrong value after the other, the last first so that paths stay true, until the schema is content. */
function repair(type: RuleType, value: JsonObject, context: Context): RuleDocument | undefined {
  const leftovers: Leftover[] = [];
  let now = value;
  for (;;) {
    const parsed = documentSchemas[type].safeParse(now);
    // Its type is that of `RuleDocument` without the leftovers; the index by a union of types hides this.
    if (parsed.success) return { ...(parsed.data as Omit<RuleDocument, 'leftovers'>), leftovers };
    const issue = parsed.error.issues.at(-1);
    const next = issue && step(now, issue, leftovers, context);
    if (next === undefined) return undefined;
    now = next;
  }
}

function step(
  now: JsonObject,
  issue: Issue,
  leftovers: Leftover[],
  context: Context,
): JsonObject | undefined {
  const path = pathOf(issue);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.reduceRight((rest, key) => setAside(rest, [...path, key], leftovers), now);
  }
  if (getAt(now, path) !== undefined) return setAside(now, path, leftovers);
  const assumed = assume(path, now, context);
  if (assumed !== undefined) return withAt(now, path, assumed);
  return path.length > 2 ? setAside(now, path.slice(0, -1), leftovers) : undefined;
}

function setAside(now: JsonObject, path: Path, leftovers: Leftover[]): JsonObject {
  const value = getAt(now, path);
  if (value !== undefined) leftovers.unshift({ path, value });
  return without(now, path);
}

/** What stands in for a key of `[rule]` that Elastic requires and that does not decide the matches. */
function assume(path: Path, value: JsonObject, { stem }: Context): JsonValue | undefined {
  if (path.length !== 2 || path[0] !== 'rule') return undefined;
  const get = (key: string) => getAt(value, ['rule', key]);
  const assumed: Readonly<Record<string, () => JsonValue>> = {
    rule_id: () => stem,
    name: () => stem,
    description: () => '',
    author: () => [],
    severity: () => severityOf(numberOr(get('risk_score'), 0)),
    risk_score: () => scoreOf(severities.find((known) => known === get('severity')) ?? 'low'),
    language: () => (['eql', 'esql'].includes(String(get('type'))) ? String(get('type')) : 'kuery'),
  };
  return assumed[String(path[1])]?.();
}

const numberOr = (value: JsonValue | undefined, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise;
