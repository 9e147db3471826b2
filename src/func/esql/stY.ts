import { scalar } from './define.ts';

export const stY = scalar({
  name: 'ST_Y',
  category: 'space',
  summary: 'The latitude in degrees.',
  parameters: [{ name: 'point', types: ['geo_point'], doc: 'The place.' }],
  returns: 'double',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
