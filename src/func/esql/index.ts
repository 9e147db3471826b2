/** Every function of ES|QL that runs: one file each, one line each. CASE, KQL, MATCH are forms of their own. */
import { coalesce } from './coalesce.ts';
import { count } from './count.ts';
import type { EsqlDefinition } from './define.ts';
import { toLower } from './toLower.ts';

const definitions = [coalesce, count, toLower] as const;

type Definitions = (typeof definitions)[number];
export type ScalarName = Extract<Definitions, { readonly kind: 'scalar' }>['name'];
export type AggregateName = Extract<Definitions, { readonly kind: 'aggregate' }>['name'];

/** By the name in capitals. */
export const esqlFunctions: ReadonlyMap<string, EsqlDefinition> = new Map(
  definitions.map((definition) => [definition.name, definition]),
);

export type {
  Accumulator,
  AggregateDefinition,
  CallContext,
  CallSite,
  EsqlDefinition,
  EsqlParameter,
  Loss,
  ScalarDefinition,
} from './define.ts';
