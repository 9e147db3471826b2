/** Points on the earth (esql §2.6). */
import type { GeoPoint } from './column.ts';
import type { JsonValue } from './document.ts';
import { isObject } from './document.ts';
import { numberOf } from './scalar.ts';

const NUMBER = '([+-]?\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d+)?)';
const WKT = new RegExp(`^\\s*POINT\\s*\\(\\s*${NUMBER}\\s+${NUMBER}\\s*\\)\\s*$`, 'i');
const PAIR = new RegExp(`^\\s*${NUMBER}\\s*,\\s*${NUMBER}\\s*$`);

/** `POINT(lon lat)`; undefined for anything else, and beyond the poles. */
export function parseWellKnownText(text: string): GeoPoint | undefined {
  const match = WKT.exec(text);
  return match === null ? undefined : point(Number(match[2]), Number(match[1]));
}

/** `"lat,lon"` and `POINT(lon lat)`. */
function parsePoint(text: string): GeoPoint | undefined {
  const match = PAIR.exec(text);
  return match === null ? parseWellKnownText(text) : point(Number(match[1]), Number(match[2]));
}

/** What a geo_point field reads: `{lat, lon}`, `[lon, lat]`, `"lat,lon"`, well-known text; a list of them is several. */
export function pointsOf(value: JsonValue): (GeoPoint | undefined)[] {
  if (value === null) return [];
  if (typeof value === 'string') return [parsePoint(value)];
  if (Array.isArray(value)) {
    const [lon, lat] = value.map((item: JsonValue) => numeric(item));
    if (value.length >= 2 && lon !== undefined && lat !== undefined) return [point(lat, lon)];
    return value.flatMap((item: JsonValue) => pointsOf(item));
  }
  return isObject(value) ? [point(numeric(value.lat), numeric(value.lon))] : [undefined];
}

function numeric(value: JsonValue | undefined): number | undefined {
  if (value === undefined || value === null || Array.isArray(value) || isObject(value)) return undefined;
  const number = numberOf(value as string);
  return number === undefined ? undefined : Number(number);
}

function point(lat: number | undefined, lon: number | undefined): GeoPoint | undefined {
  if (lat === undefined || lon === undefined || Math.abs(lat) > 90 || Math.abs(lon) > 180) return undefined;
  return { lat, lon };
}

/** In metres: the mean radius that Lucene computes with. */
const EARTH_RADIUS = 6_371_008.771_4;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Metres along the surface, by the haversine formula. */
export function distanceBetween(a: GeoPoint, b: GeoPoint): number {
  const [lat, lon] = [radians(b.lat - a.lat), radians(b.lon - a.lon)];
  const half =
    Math.sin(lat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(lon / 2) ** 2;
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(half)));
}
