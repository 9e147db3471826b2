/** Answers out of a file, for tests: the first entry whose texts all stand in the prompt answers it. */
import type { Diagnostic } from '../base/diagnostic.ts';
import { diagnostic } from '../base/diagnostic.ts';
import type { Result } from '../base/result.ts';
import { failure, success } from '../base/result.ts';
import { source } from '../base/source.ts';
import { isObject } from '../data/document.ts';
import type { JsonValue } from '../data/document.ts';
import type { Provider } from './completion.ts';

interface Entry {
  readonly contains: readonly string[];
  readonly answer: string;
}

/** `[{ "contains": ["curl"], "answer": "verdict=TP …" }, { "answer": "…" }]`; anything else is RUN011. */
export function fixtureProvider(file: string, text: string): Result<Provider> {
  const entries = readEntries(file, text);
  if (!entries.ok) return entries;
  return success({
    name: 'fixture',
    used: {},
    close: () => {},
    ask(prompt) {
      const found = entries.value.find(({ contains }) => contains.every((part) => prompt.includes(part)));
      return found === undefined ? { reason: 'no entry of the fixture fits' } : { answer: found.answer };
    },
  });
}

function readEntries(file: string, text: string): Result<readonly Entry[]> {
  const refuse = (message: string): Diagnostic => diagnostic('RUN011', message, { source: source(file, '') });
  let read: JsonValue;
  try {
    read = JSON.parse(text) as JsonValue;
  } catch (error) {
    return failure(refuse(`the answers are not valid JSON: ${error instanceof Error ? error.message : ''}`));
  }
  if (!Array.isArray(read)) return failure(refuse('the answers are no list'));
  const entries = (read as readonly JsonValue[]).map(entryOf);
  const wrong = entries.indexOf(undefined);
  if (wrong !== -1)
    return failure(refuse(`entry ${wrong + 1} of the answers is not { "contains", "answer" }`));
  return success(entries.filter((entry) => entry !== undefined));
}

function entryOf(value: JsonValue): Entry | undefined {
  if (!isObject(value)) return undefined;
  const { contains = [], answer, ...others } = value;
  const parts = typeof contains === 'string' ? [contains] : contains;
  const isList = Array.isArray(parts) && parts.every((part) => typeof part === 'string');
  if (!isList || typeof answer !== 'string' || Object.keys(others).length > 0) return undefined;
  return { contains: parts as readonly string[], answer };
}
