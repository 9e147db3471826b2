import { conversionTo } from './calls.ts';
import { scalar } from './define.ts';

export const toGeopoint = scalar({
  name: 'TO_GEOPOINT',
  category: 'conversion',
  summary: 'The place that a text such as `POINT(8.5 47.4)` means.',
  parameters: [{ name: 'value', types: ['keyword', 'geo_point'], doc: 'The value.' }],
  returns: 'geo_point',
  nulls: 'null',
  multi: 'each',
  prepare: conversionTo('geo_point'),
  examples: [
    { call: 'TO_GEOPOINT("POINT(8.5 47.25)")', gives: { lat: 47.25, lon: 8.5 } },
    { call: 'TO_GEOPOINT("here")', gives: null },
  ],
});
