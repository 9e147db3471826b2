/** Kibana's filter objects, which stand beside a rule's query (kql §6.1, engine A5.1). */
import { DiagnosticError } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { failure, success } from '../../base/result.ts';
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { isObject } from '../../data/document.ts';
import type { Predicate } from '../../plan/predicate.ts';
import { TRUE } from '../../plan/rewrite.ts';
import { queryOf } from './clauses.ts';
import type { FilterOptions } from './context.ts';
import { Context, Part } from './context.ts';

export type { FilterOptions } from './context.ts';

/**
 * The predicate of one filter object. A disabled filter holds for every event; what cannot be run is refused by name,
 * with its place.
 */
export function compileFilter(filter: JsonValue, options: FilterOptions): Result<Predicate> {
  const context = new Context(options);
  try {
    return success(filterOf(new Part(context, filter, [])), context.warnings);
  } catch (error) {
    if (error instanceof DiagnosticError) return failure(...context.warnings, error.diagnostic);
    throw error;
  }
}

function filterOf(part: Part): Predicate {
  part.object();
  const meta = part.has('meta') ? part.child('meta').object() : {};
  if (meta.disabled === true) return TRUE;
  const where = meta.type === 'combined' ? combined(part, meta) : queryOf(body(part));
  return meta.negate === true ? { kind: 'not', arg: where } : where;
}

/** Several filters in one, as Kibana's editor makes them. */
function combined(part: Part, meta: JsonObject): Predicate {
  const members = part.child('meta').child('params').members();
  return { kind: meta.relation === 'OR' ? 'or' : 'and', args: members.map(filterOf) };
}

const BESIDE: readonly string[] = ['meta', '$state', 'query'];

/** The query, which filters of an older style have beside `meta` and not under `query`. */
function body(part: Part): Part {
  if (part.has('query')) return part.child('query');
  const own = Object.entries(isObject(part.value) ? part.value : {}).filter(([key]) => !BESIDE.includes(key));
  return new Part(part.context, Object.fromEntries(own), part.path);
}
