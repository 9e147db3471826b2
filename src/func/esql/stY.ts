import type { GeoPoint } from '../../data/column.ts';
import { scalar } from './define.ts';

export const stY = scalar({
  name: 'ST_Y',
  category: 'space',
  summary: 'The latitude in degrees.',
  parameters: [{ name: 'point', types: ['geo_point'], doc: 'The place.' }],
  returns: 'double',
  nulls: 'null',
  multi: 'null',
  prepare:
    () =>
    ([point]) =>
      (point as GeoPoint).lat,
  examples: [
    { call: 'ST_Y(TO_GEOPOINT("POINT(8.5 47.25)"))', gives: 47.25 },
    { call: 'ST_Y(null)', gives: null },
  ],
});
