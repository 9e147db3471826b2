/** Every function of ES|QL: one file each, one line each. CASE, KQL and MATCH are forms of their own. */
import { abs } from './abs.ts';
import { avg } from './avg.ts';
import { bucket } from './bucket.ts';
import { ceil } from './ceil.ts';
import { cidrMatch } from './cidrMatch.ts';
import { coalesce } from './coalesce.ts';
import { concat } from './concat.ts';
import { contains } from './contains.ts';
import { count } from './count.ts';
import { countDistinct } from './countDistinct.ts';
import { dateDiff } from './dateDiff.ts';
import { dateExtract } from './dateExtract.ts';
import { dateFormat } from './dateFormat.ts';
import { dateParse } from './dateParse.ts';
import { dateTrunc } from './dateTrunc.ts';
import type { EsqlDefinition } from './define.ts';
import { endsWith } from './endsWith.ts';
import { first } from './first.ts';
import { floor } from './floor.ts';
import { fromBase64 } from './fromBase64.ts';
import { greatest } from './greatest.ts';
import { hash } from './hash.ts';
import { jsonExtract } from './jsonExtract.ts';
import { last } from './last.ts';
import { least } from './least.ts';
import { left } from './left.ts';
import { length } from './length.ts';
import { locate } from './locate.ts';
import { log } from './log.ts';
import { ltrim } from './ltrim.ts';
import { max } from './max.ts';
import { md5 } from './md5.ts';
import { median } from './median.ts';
import { min } from './min.ts';
import { mvAvg } from './mvAvg.ts';
import { mvConcat } from './mvConcat.ts';
import { mvContains } from './mvContains.ts';
import { mvCount } from './mvCount.ts';
import { mvDedupe } from './mvDedupe.ts';
import { mvFirst } from './mvFirst.ts';
import { mvIntersection } from './mvIntersection.ts';
import { mvLast } from './mvLast.ts';
import { mvMax } from './mvMax.ts';
import { mvMin } from './mvMin.ts';
import { mvSlice } from './mvSlice.ts';
import { mvSort } from './mvSort.ts';
import { mvSum } from './mvSum.ts';
import { now } from './now.ts';
import { percentile } from './percentile.ts';
import { pow } from './pow.ts';
import { replace } from './replace.ts';
import { right } from './right.ts';
import { round } from './round.ts';
import { rtrim } from './rtrim.ts';
import { sha1 } from './sha1.ts';
import { sha256 } from './sha256.ts';
import { space } from './space.ts';
import { split } from './split.ts';
import { sqrt } from './sqrt.ts';
import { stDistance } from './stDistance.ts';
import { stX } from './stX.ts';
import { stY } from './stY.ts';
import { startsWith } from './startsWith.ts';
import { stdDev } from './stdDev.ts';
import { substring } from './substring.ts';
import { sum } from './sum.ts';
import { toBase64 } from './toBase64.ts';
import { toBoolean } from './toBoolean.ts';
import { toDatetime } from './toDatetime.ts';
import { toDouble } from './toDouble.ts';
import { toGeopoint } from './toGeopoint.ts';
import { toInteger } from './toInteger.ts';
import { toIp } from './toIp.ts';
import { toLong } from './toLong.ts';
import { toLower } from './toLower.ts';
import { toString } from './toString.ts';
import { toUnsignedLong } from './toUnsignedLong.ts';
import { toUpper } from './toUpper.ts';
import { toVersion } from './toVersion.ts';
import { top } from './top.ts';
import { trim } from './trim.ts';
import { urlDecode } from './urlDecode.ts';
import { values } from './values.ts';

const definitions = [
  abs,
  avg,
  bucket,
  ceil,
  cidrMatch,
  coalesce,
  concat,
  contains,
  count,
  countDistinct,
  dateDiff,
  dateExtract,
  dateFormat,
  dateParse,
  dateTrunc,
  endsWith,
  first,
  floor,
  fromBase64,
  greatest,
  hash,
  jsonExtract,
  last,
  least,
  left,
  length,
  locate,
  log,
  ltrim,
  max,
  md5,
  median,
  min,
  mvAvg,
  mvConcat,
  mvContains,
  mvCount,
  mvDedupe,
  mvFirst,
  mvIntersection,
  mvLast,
  mvMax,
  mvMin,
  mvSlice,
  mvSort,
  mvSum,
  now,
  percentile,
  pow,
  replace,
  right,
  round,
  rtrim,
  sha1,
  sha256,
  space,
  split,
  sqrt,
  stDistance,
  stX,
  stY,
  startsWith,
  stdDev,
  substring,
  sum,
  toBase64,
  toBoolean,
  toDatetime,
  toDouble,
  toGeopoint,
  toInteger,
  toIp,
  toLong,
  toLower,
  toString,
  toUnsignedLong,
  toUpper,
  toVersion,
  top,
  trim,
  urlDecode,
  values,
] as const;

type Definitions = (typeof definitions)[number];
export type ScalarName = Extract<Definitions, { readonly kind: 'scalar' }>['name'];
export type AggregateName = Extract<Definitions, { readonly kind: 'aggregate' }>['name'];

const byName: ReadonlyMap<string, EsqlDefinition> = new Map(
  definitions.flatMap((definition: EsqlDefinition) =>
    [definition.name, ...(definition.aliases ?? [])].map((name): [string, EsqlDefinition] => [
      name,
      definition,
    ]),
  ),
);

/** All of them, aliases once. */
export const esqlFunctions: readonly EsqlDefinition[] = definitions;

/** The function of a name or alias, in any case. */
export const esqlFunction = (name: string): EsqlDefinition | undefined => byName.get(name.toUpperCase());

export type {
  Accumulator,
  AggregateDefinition,
  CallContext,
  EsqlDefinition,
  EsqlParameter,
  Loss,
  ScalarDefinition,
} from './define.ts';
