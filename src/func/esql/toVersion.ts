import { scalar } from './define.ts';

export const toVersion = scalar({
  name: 'TO_VERSION',
  aliases: ['TO_VER'],
  category: 'conversion',
  summary: 'The text as a version.',
  parameters: [{ name: 'value', types: ['keyword', 'version'], doc: 'The value.' }],
  returns: 'version',
  nulls: 'null',
  multi: 'each',
  examples: [],
});
