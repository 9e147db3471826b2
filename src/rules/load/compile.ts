/** The query and filters of a rule to one plan. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import type { Source } from '../../base/source.ts';
import type { JsonObject } from '../../data/document.ts';
import type { FieldTypes } from '../../data/field-type.ts';
import type { FilterOptions } from '../../lang/filter/index.ts';
import type { Language, Tables } from '../../lang/kit/language.ts';
import type { Operator } from '../../plan/pipeline.ts';
import type { Plan, Step } from '../../plan/plan.ts';
import type { Predicate } from '../../plan/predicate.ts';
import type { Path } from '../format/positions.ts';
import type { RuleFile } from '../format/rule-file.ts';

/** What compiling needs: the languages by the name that rules give them, filters, and field types. */
export interface Toolkit {
  readonly languages: Readonly<Record<'kuery' | 'lucene' | 'eql' | 'esql', Language>>;
  readonly types: FieldTypes;
  /** What ENRICH and LOOKUP JOIN may name. */
  readonly tables?: Tables;
  compileFilter(filter: JsonObject, options: FilterOptions): Result<Predicate>;
}

export interface Compiled {
  readonly query?: Source;
  readonly plan?: Plan;
  readonly diagnostics: readonly Diagnostic[];
}

/** Which keys of `[rule]` hold the parts. */
export interface QueryKeys {
  readonly query: string;
  readonly filters: string;
}

/**
 * The plan of a query with its filters; no plan when either has an error. An empty query asks for every event, with
 * warning RULE014 unless there are filters.
 */
export function compileQuery(
  rule: RuleFile,
  keys: QueryKeys,
  language: Language,
  toolkit: Toolkit,
  eventCategoryField?: string,
): Compiled {
  const values: Readonly<Record<string, unknown>> = rule.document.rule;
  const query = sourceOf(rule, keys.query);
  if (query === undefined) return { diagnostics: [] };
  const filters = compileFilters(rule, keys.filters, toolkit);
  const category = eventCategoryField === undefined ? {} : { eventCategoryField };
  const tables = toolkit.tables === undefined ? {} : { tables: toolkit.tables };
  const compiled = language.compile(query, { types: toolkit.types, ...tables, ...category });
  const listed = (values[keys.filters] as readonly unknown[] | undefined) ?? [];
  const empty = query.text.trim() === '' && listed.length === 0 ? [emptyQuery(rule, keys.query)] : [];
  const diagnostics = [...empty, ...compiled.diagnostics, ...filters.diagnostics];
  if (!compiled.ok || !filters.ok) return { query, diagnostics };
  return { query, plan: narrow(compiled.value, filters.value), diagnostics };
}

/** A text of `[rule]` with its place in the file. */
function sourceOf(rule: RuleFile, key: string): Source | undefined {
  const text = (rule.document.rule as Readonly<Record<string, unknown>>)[key];
  return typeof text === 'string' ? rule.positions.text(['rule', key], text) : undefined;
}

function emptyQuery({ positions }: RuleFile, key: string): Diagnostic {
  const span = positions.nearest(['rule', key]);
  return diagnostic('RULE014', `"${key}" is empty and matches every event`, {
    source: positions.source,
    span,
  });
}

function compileFilters(rule: RuleFile, key: string, toolkit: Toolkit): Result<readonly Predicate[]> {
  const values: Readonly<Record<string, unknown>> = rule.document.rule;
  const filters = (values[key] as readonly JsonObject[] | undefined) ?? [];
  const { positions } = rule;
  const results = filters.map((filter, index) => {
    const at = (inner: Path) => {
      const path: Path = ['rule', key, index, ...inner];
      return { source: positions.source, span: positions.whole(path) ?? positions.nearest(path) };
    };
    return toolkit.compileFilter(filter, { types: toolkit.types, at });
  });
  const diagnostics = results.flatMap((result) => result.diagnostics);
  if (results.some((result) => !result.ok)) return { ok: false, diagnostics };
  const predicates = results.flatMap((result) => (result.ok ? [result.value] : []));
  return { ok: true, value: predicates, diagnostics };
}

/** Only events that pass the filters reach the query: in a sequence, none of the others is a step (engine A5.2). */
export function narrow(plan: Plan, filters: readonly Predicate[]): Plan {
  if (filters.length === 0) return plan;
  const both = (where: Predicate): Predicate => ({ kind: 'and', args: [where, ...filters] });
  if (plan.kind === 'filter') return { ...plan, where: both(plan.where) };
  if (plan.kind === 'pipeline') return { ...plan, operators: plan.operators.map(narrowSource(filters)) };
  const narrowed = new Map<Step, Step>();
  // A step that is repeated stays one and the same.
  const narrowStep = (step: Step): Step => {
    const known = narrowed.get(step) ?? { ...step, where: both(step.where) };
    narrowed.set(step, known);
    return known;
  };
  const steps = plan.steps.map(narrowStep);
  if (plan.kind === 'sample' || plan.until === undefined) return { ...plan, steps };
  return { ...plan, steps, until: narrowStep(plan.until) };
}

/** A pipeline reads only those events that pass. */
const narrowSource =
  (filters: readonly Predicate[]) =>
  (operator: Operator): Operator =>
    operator.kind === 'source'
      ? {
          ...operator,
          where: {
            kind: 'and',
            args: [...(operator.where === undefined ? [] : [operator.where]), ...filters],
          },
        }
      : operator;
