import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { picture } from '../../base/diagnostic.ts';
import { source } from '../../base/source.ts';
import { builtinFieldTypes } from '../../data/fields/index.ts';
import { lucene } from '../lucene/index.ts';
import { kql } from './index.ts';

const corpus = fileURLToPath(new URL('../../../../shared/corpus/elastic/', import.meta.url));
const skip = existsSync(corpus) ? false : 'the corpus of public rules is not beside the repository';

interface Queried {
  readonly file: string;
  readonly language: string;
  readonly query: string;
}

function queries(): Queried[] {
  const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.toml'),
  );
  return files.flatMap((file) => {
    const text = readFileSync(join(corpus, file), 'utf8');
    if (!/language = "(?:kuery|lucene)"/.test(text)) return [];
    const { rule } = getStaticTOMLValue(parseTOML(text)) as { rule: { language: string; query: string } };
    return [{ file, language: rule.language, query: rule.query }];
  });
}

test('every public KQL and Lucene query compiles', { skip, timeout: 300_000 }, () => {
  const all = queries();
  const refused = all.flatMap(({ file, language, query }) => {
    const compiled = (language === 'kuery' ? kql : lucene).compile(source(file, query), {
      types: builtinFieldTypes,
    });
    return compiled.ok ? [] : compiled.diagnostics.map((found) => picture(found));
  });
  assert.deepEqual(refused, []);
  const count = (name: string): number => all.filter(({ language }) => language === name).length;
  assert.deepEqual({ kuery: count('kuery'), lucene: count('lucene') }, { kuery: 792, lucene: 1 });
});
