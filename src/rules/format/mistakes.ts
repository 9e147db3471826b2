/** What a schema's issues mean to the author of the rule: one diagnostic for each mistake, at its place. */
import type { z } from 'zod';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import { didYouMean, nearest } from '../../base/typo.ts';
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { assume } from './assume.ts';
import { hintFor, keysAt } from './known-keys.ts';
import { getAt, label, show } from './path.ts';
import type { Path, Positions } from './positions.ts';
import type { Profile } from './profile.ts';
import { asks } from './profile.ts';
import type { RuleType } from './schema.ts';

export type Issue = z.core.$ZodIssue;

export interface Context {
  readonly positions: Positions;
  readonly profile: Profile;
  /** What a rule without id or name is called: its file's name without folder and ending. */
  readonly stem: string;
}

export interface Mistake {
  readonly diagnostic: Diagnostic;
  /** The rule cannot be run without what is wrong here. */
  readonly fatal: boolean;
}

/** Keys of `[rule]` that decide what matches: never dropped, never guessed when they are there but wrong. */
const essential = new Set(
  (
    'type query language index data_view_id filters saved_id event_category_override timestamp_field ' +
    'tiebreaker_field threshold new_terms threat_index threat_mapping threat_query threat_language ' +
    'threat_filters machine_learning_job_id anomaly_threshold'
  ).split(' '),
);

const isEssential = ([table, key]: Path): boolean =>
  table === 'rule' && (key === undefined || essential.has(String(key)));

export const pathOf = (issue: Issue): Path => issue.path as Path;

/** A diagnostic about the value at the path, or about its key, or about where it should be. */
export function at(
  { positions }: Context,
  code: 'RULE010' | 'RULE011' | 'RULE012' | 'RULE013',
  path: Path,
  message: string,
  hint: string | undefined,
): Diagnostic {
  const place = code === 'RULE013' ? positions.key(path) : positions.value(path);
  return diagnostic(code, message, {
    source: positions.source,
    span: place ?? positions.nearest(path),
    hint,
  });
}

/** The mistakes in the order of the file. */
export function mistakesOf(
  issues: readonly Issue[],
  type: RuleType,
  value: JsonObject,
  context: Context,
): readonly Mistake[] {
  return new Mistakes(issues, type, value, context).all();
}

class Mistakes {
  readonly #issues: readonly Issue[];
  readonly #type: RuleType;
  readonly #value: JsonObject;
  readonly #context: Context;

  constructor(issues: readonly Issue[], type: RuleType, value: JsonObject, context: Context) {
    this.#issues = issues;
    this.#type = type;
    this.#value = value;
    this.#context = context;
  }

  all(): readonly Mistake[] {
    const unknown = this.#issues.flatMap((issue) => this.#unknownKeys(issue));
    const misspelt = new Set(unknown.map(({ meant }) => meant?.join('.')));
    const others = this.#issues.filter(
      (issue) => issue.code !== 'unrecognized_keys' && !misspelt.has(pathOf(issue).join('.')),
    );
    const mistakes = [...unknown, ...others.map((issue) => this.#wrongValue(issue))];
    return mistakes.sort((a, b) => startOf(a) - startOf(b));
  }

  /** An unknown key that is close to a missing one is one mistake: `meant` is the path of the missing key. */
  #unknownKeys(issue: Issue): readonly (Mistake & { readonly meant: Path | undefined })[] {
    if (issue.code !== 'unrecognized_keys') return [];
    const table = pathOf(issue);
    const missing = this.#missingIn(table);
    return issue.keys.map((key) => {
      const near = nearest(key, missing);
      const meant = near === undefined ? undefined : [...table, near];
      const fatal = meant !== undefined && isEssential(meant);
      const hint = near === undefined ? hintFor(this.#type, table, key) : `did you mean "${near}"?`;
      const found = at(this.#context, 'RULE013', [...table, key], `unknown key "${key}"`, hint);
      return { diagnostic: this.#weigh(found, fatal, 'elastic'), fatal, meant };
    });
  }

  #missingIn(table: Path): readonly string[] {
    const required = new Set(this.#issues.map((issue) => pathOf(issue).join('.')));
    return keysAt(this.#type, table).filter((key) => {
      const path = [...table, key];
      return required.has(path.join('.')) && getAt(this.#value, path) === undefined;
    });
  }

  #wrongValue(issue: Issue): Mistake {
    const path = pathOf(issue);
    const found = getAt(this.#value, path);
    if (found === undefined) return this.#missing(path);
    const fatal = isEssential(path);
    const message = `"${label(path)}" must be ${issue.message}, found ${show(found)}`;
    const code = issue.code === 'invalid_value' ? 'RULE012' : 'RULE011';
    const said = at(this.#context, code, path, message, wordHint(issue, found));
    return { diagnostic: this.#weigh(said, fatal, 'custom'), fatal };
  }

  #missing(path: Path): Mistake {
    const assumed = assume(path, this.#value, this.#context.stem);
    const fatal = isEssential(path) && assumed === undefined;
    const hint = assumed === undefined ? undefined : `${JSON.stringify(assumed)} is assumed`;
    const said = at(this.#context, 'RULE010', path, `${ownerOf(path)} has no "${path.at(-1)}"`, hint);
    return { diagnostic: this.#weigh(said, fatal, 'custom'), fatal };
  }

  /** An error when the rule cannot run, or when the profile is at least as strict as `strict`. */
  #weigh(said: Diagnostic, fatal: boolean, strict: Profile): Diagnostic {
    return { ...said, severity: fatal || asks(this.#context.profile, strict) ? 'error' : 'warning' };
  }
}

const startOf = ({ diagnostic: { span } }: Mistake): number => span?.start ?? 0;

const ownerOf = (path: Path): string =>
  path.length === 2 ? `the ${path[0]}` : `"${label(path.slice(0, -1))}"`;

function wordHint(issue: Issue, found: JsonValue): string | undefined {
  if (issue.path.join('.') === 'rule.language' && (found === 'eql' || found === 'esql')) {
    return `rules in this language have type = "${found}"`;
  }
  if (issue.code !== 'invalid_value' || typeof found !== 'string') return undefined;
  if (found.toLowerCase() === 'kql') return 'KQL is written "kuery" in rules';
  return didYouMean(
    found,
    issue.values.filter((word) => typeof word === 'string'),
  );
}
