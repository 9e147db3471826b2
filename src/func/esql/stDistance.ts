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
  examples: [],
});
