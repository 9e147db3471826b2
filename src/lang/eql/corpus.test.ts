import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { picture } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { source } from '../../base/source.ts';
import { builtinFieldTypes } from '../../data/fields/index.ts';
import type { Plan } from '../../plan/plan.ts';
import { eql, parseEql, printQuery } from './index.ts';

const corpus = fileURLToPath(new URL('../../../../shared/corpus/elastic/', import.meta.url));
const skip = existsSync(corpus) ? false : 'the corpus of public rules is not beside the repository';

interface Rule {
  readonly file: string;
  readonly query: string;
  readonly event_category_override?: string;
}

function rules(): Rule[] {
  const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.toml'),
  );
  return files.flatMap((file) => {
    const text = readFileSync(join(corpus, file), 'utf8');
    if (!/^type = "eql"/m.test(text)) return [];
    const { rule } = getStaticTOMLValue(parseTOML(text)) as unknown as { rule: Rule };
    return [{ ...rule, file }];
  });
}

function compile({ file, query, event_category_override: category }: Rule): Result<Plan> {
  const options = {
    types: builtinFieldTypes,
    ...(category === undefined ? {} : { eventCategoryField: category }),
  };
  return eql.compile(source(file, query), options);
}

function countBy(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

test('every public EQL query compiles', { skip, timeout: 300_000 }, () => {
  const compiled = rules().map(compile);
  const refused = compiled.flatMap((result) =>
    result.ok ? [] : result.diagnostics.map((found) => picture(found)),
  );
  assert.deepEqual(refused, []);
  assert.deepEqual(countBy(compiled.map((result) => (result.ok ? result.value.kind : 'refused'))), {
    filter: 861,
    sequence: 217,
    sample: 3,
  });
  // Literal stars as eql §4 counts them: 26 in lists, 2 under ==. The note is for a field of application traces.
  assert.deepEqual(countBy(compiled.flatMap((result) => result.diagnostics.map(({ code }) => code))), {
    EQL301: 28,
    EQL306: 1,
  });
});

test('every public EQL query reads the same when it is printed', { skip, timeout: 300_000 }, () => {
  const withoutSpans = (key: string, value: unknown): unknown =>
    key === 'span' || key === 'nameSpan' ? undefined : value;
  const different = rules().filter(({ file, query }) => {
    const parsed = parseEql(source(file, query));
    assert.ok(parsed.ok);
    const again = parseEql(source(file, printQuery(parsed.value)));
    return (
      !again.ok || JSON.stringify(again.value, withoutSpans) !== JSON.stringify(parsed.value, withoutSpans)
    );
  });
  assert.deepEqual(different, []);
});
