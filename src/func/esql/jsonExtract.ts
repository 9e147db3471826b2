import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const jsonExtract = scalar({
  name: 'JSON_EXTRACT',
  category: 'text',
  summary: 'What stands at the path: a string without its quotes, anything else as JSON.',
  parameters: [
    { name: 'json', types: [...TEXT, '_source'], doc: 'A text in JSON, or `_source`.' },
    { name: 'path', types: TEXT, doc: "Keys with dots, `['key']`, `[0]`, after an optional `$`." },
  ],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
