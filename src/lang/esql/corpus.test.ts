import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { picture } from '../../base/diagnostic.ts';
import { source } from '../../base/source.ts';
import { builtinFieldTypes } from '../../data/fields/index.ts';
import { esql } from './index.ts';

const corpus = fileURLToPath(new URL('../../../../shared/corpus/elastic/', import.meta.url));
const skip = existsSync(corpus) ? false : 'the corpus of public rules is not beside the repository';

interface Queried {
  readonly file: string;
  readonly query: string;
}

function queries(): Queried[] {
  const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.toml'),
  );
  return files.flatMap((file) => {
    const text = readFileSync(join(corpus, file), 'utf8');
    if (!/^type = "esql"/m.test(text)) return [];
    const { rule } = getStaticTOMLValue(parseTOML(text)) as unknown as { rule: { query: string } };
    return [{ file, query: rule.query }];
  });
}

const countBy = (names: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...new Set(names)].map((name) => [name, names.filter((other) => other === name).length]),
  );

test('every public ES|QL query compiles', { skip, timeout: 300_000 }, () => {
  const all = queries();
  const compiled = all.map(({ file, query }) =>
    esql.compile(source(file, query), { types: builtinFieldTypes }),
  );
  const refused = compiled.flatMap((result) =>
    result.ok ? [] : result.diagnostics.map((found) => picture(found)),
  );
  assert.deepEqual(refused, []);
  const plans = compiled.flatMap((result) =>
    result.ok && result.value.kind === 'pipeline' ? [result.value] : [],
  );
  assert.equal(plans.length, 212);
  // As esql §1.1 counts the commands and §3.3 the aggregating rules.
  assert.equal(plans.filter(({ aggregating }) => aggregating).length, 164);
  const kinds = plans.flatMap(({ operators }) => operators.map(({ kind }) => kind));
  const commands = [
    'source',
    'where',
    'stats',
    'sort',
    'grok',
    'mvExpand',
    'dissect',
    'inlineStats',
    'limit',
    'completion',
    'rename',
  ];
  assert.deepEqual(countBy(kinds.filter((kind) => commands.includes(kind))), {
    source: 212,
    where: 499,
    stats: 173,
    sort: 39,
    grok: 31,
    mvExpand: 27,
    dissect: 15,
    inlineStats: 8,
    limit: 8,
    completion: 7,
    rename: 1,
  });
  assert.deepEqual(countBy(compiled.flatMap((result) => result.diagnostics.map(({ code }) => code))), {
    ESQL303: 2,
    ESQL304: 6,
  });
});
