import type { GeoPoint } from '../../data/column.ts';
import { scalar } from './define.ts';

export const stX = scalar({
  name: 'ST_X',
  category: 'space',
  summary: 'The longitude in degrees.',
  parameters: [{ name: 'point', types: ['geo_point'], doc: 'The place.' }],
  returns: 'double',
  nulls: 'null',
  multi: 'null',
  prepare:
    () =>
    ([point]) =>
      (point as GeoPoint).lon,
  examples: [
    { call: 'ST_X(TO_GEOPOINT("POINT(8.5 47.25)"))', gives: 8.5 },
    { call: 'ST_X(null)', gives: null },
  ],
});
