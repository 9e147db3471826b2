import { scalar } from './define.ts';

export const stX = scalar({
  name: 'ST_X',
  category: 'space',
  summary: 'The longitude in degrees.',
  parameters: [{ name: 'point', types: ['geo_point'], doc: 'The place.' }],
  returns: 'double',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
