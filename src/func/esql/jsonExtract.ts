import type { JsonObject } from '../../data/document.ts';
import { extractJson, jsonSteps } from '../../data/json-path.ts';
import { lost, remembered } from './calls.ts';
import { scalar } from './define.ts';
import { TEXT } from './types.ts';

const sourceTexts = new WeakMap<JsonObject, string>();

/** A document is asked for several paths, and writing it out takes longer than all of them. */
function sourceText(source: JsonObject): string {
  const text = sourceTexts.get(source) ?? JSON.stringify(source);
  sourceTexts.set(source, text);
  return text;
}

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
  prepare: () => {
    const stepsOf = remembered(jsonSteps);
    return ([json, path], context) => {
      const steps = stepsOf(String(path));
      const text = typeof json === 'string' ? json : sourceText(json as JsonObject);
      return (steps && extractJson(text, steps)) ?? lost('convFail', context);
    };
  },
  examples: [
    { call: 'JSON_EXTRACT("{\\"a\\": {\\"b\\": [1.0, \\"x\\"]}}", "a.b[1]")', gives: 'x' },
    { call: 'JSON_EXTRACT("[1.0]", "$[0]")', gives: '1.0' },
    { call: 'JSON_EXTRACT("{}", "a")', gives: null },
  ],
});
