import type { JsonObject } from '../../data/document.ts';
import { extractJson, extractValue, jsonSteps } from '../../data/json-path.ts';
import { lost, remembered } from './calls.ts';
import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const jsonExtract = scalar({
  name: 'JSON_EXTRACT',
  category: 'text',
  summary: 'What stands at the path: a string without its quotes, anything else as JSON.',
  parameters: [
    { name: 'json', types: [...TEXT, '_source'], doc: 'A text in JSON, or `_source`.' },
    {
      name: 'path',
      types: TEXT,
      mistake: (path) =>
        jsonSteps(String(path)) === undefined
          ? "is no path: write a.b, ['a'] or [0], after an optional $"
          : undefined,
      doc: "Keys with dots, `['key']`, `[0]`, after an optional `$`.",
    },
  ],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  prepare: () => {
    const stepsOf = remembered(jsonSteps);
    return ([json, path], context) => {
      const steps = stepsOf(String(path));
      if (steps === undefined) return lost('convFail', context);
      const found =
        typeof json === 'string' ? extractJson(json, steps) : extractValue(json as JsonObject, steps);
      return found ?? lost('convFail', context);
    };
  },
  examples: [
    { call: 'JSON_EXTRACT("{\\"a\\": {\\"b\\": [1.0, \\"x\\"]}}", "a.b[1]")', gives: 'x' },
    { call: 'JSON_EXTRACT("[1.0]", "$[0]")', gives: '1.0' },
    { call: 'JSON_EXTRACT("{}", "a")', gives: null },
  ],
});
