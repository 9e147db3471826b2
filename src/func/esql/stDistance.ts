import type { GeoPoint } from '../../data/column.ts';
import { distanceBetween } from '../../data/geo.ts';
import { scalar } from './define.ts';

export const stDistance = scalar({
  name: 'ST_DISTANCE',
  category: 'space',
  summary: 'Metres along the surface of the earth.',
  parameters: [
    { name: 'left', types: ['geo_point'], doc: 'The one place.' },
    { name: 'right', types: ['geo_point'], doc: 'The other.' },
  ],
  returns: 'double',
  nulls: 'null',
  multi: 'null',
  prepare:
    () =>
    ([left, right]) =>
      distanceBetween(left as GeoPoint, right as GeoPoint),
  examples: [
    { call: 'ST_DISTANCE(TO_GEOPOINT("POINT(0 0)"), TO_GEOPOINT("POINT(0 0)"))', gives: 0 },
    {
      call: 'ROUND(ST_DISTANCE(TO_GEOPOINT("POINT(8.54 47.37)"), TO_GEOPOINT("POINT(7.45 46.95)")), -3)',
      gives: 95_000,
    },
    { call: 'ST_DISTANCE(null, TO_GEOPOINT("POINT(0 0)"))', gives: null },
  ],
});
