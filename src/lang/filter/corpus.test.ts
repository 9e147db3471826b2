import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { picture } from '../../base/diagnostic.ts';
import type { JsonValue } from '../../data/document.ts';
import { builtinFieldTypes } from '../../data/fields/index.ts';
import { compileFilter } from './index.ts';

const corpus = fileURLToPath(new URL('../../../../shared/corpus/elastic/', import.meta.url));
const skip = existsSync(corpus) ? false : 'the corpus of public rules is not beside the repository';

interface Filtered {
  readonly filters?: readonly JsonValue[];
  readonly threat_filters?: readonly JsonValue[];
}

test('every filter of the public rules compiles without a word', { skip, timeout: 300_000 }, () => {
  const texts = readdirSync(corpus, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.toml'))
    .map((file) => readFileSync(join(corpus, file), 'utf8'))
    .filter((text) => /filters\]\]|filters = /.test(text));
  const filters = texts.flatMap((text) => {
    const { rule } = getStaticTOMLValue(parseTOML(text)) as unknown as { rule: Filtered };
    return [...(rule.filters ?? []), ...(rule.threat_filters ?? [])];
  });
  const said = filters.flatMap((filter) =>
    compileFilter(filter, { types: builtinFieldTypes, at: () => undefined }).diagnostics.map((found) =>
      picture(found),
    ),
  );
  assert.deepEqual(said, []);
  assert.equal(filters.length, 80);
});
