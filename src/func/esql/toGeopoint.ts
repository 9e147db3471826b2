import { scalar } from './define.ts';

export const toGeopoint = scalar({
  name: 'TO_GEOPOINT',
  category: 'conversion',
  summary: 'The place that a text such as `POINT(8.5 47.4)` means.',
  parameters: [{ name: 'value', types: ['keyword', 'geo_point'], doc: 'The value.' }],
  returns: 'geo_point',
  nulls: 'null',
  multi: 'each',
  examples: [],
});
