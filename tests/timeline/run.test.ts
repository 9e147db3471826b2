/** Runs every timeline of this folder, in every mode. The format is described in README.md. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { picture } from '../../src/base/diagnostic.ts';
import { Engine } from '../../src/engine/engine.ts';
import { indexingMatcher } from '../../src/engine/matcher.ts';
import { parseTimeline } from '../../src/verify/timeline/parse.ts';
import { runTimeline } from '../../src/verify/timeline/run.ts';
import { ports } from '../support/engine.ts';
import { rulesOf } from '../support/rules.ts';

const folder = new URL('./', import.meta.url);

for (const name of readdirSync(folder).filter((file) => file.endsWith('.timeline')))
  test(name, async (t) => {
    const parsed = parseTimeline(name, readFileSync(new URL(name, folder), 'utf8'));
    assert.ok(parsed.ok, parsed.diagnostics.map((d) => picture(d)).join('\n'));
    const rules = await rulesOf(Object.fromEntries(parsed.value.rules.map(({ id, toml }) => [id, toml])));
    const results = runTimeline(
      parsed.value,
      rules,
      (list, options) =>
        new Engine(list, { ...options, matcher: indexingMatcher, ignoreIndex: false }, ports),
    );
    for (const { case: title, mode, line, message } of results)
      await t.test(`${title} (${mode})`, () =>
        assert.equal(message, undefined, `${name}:${line}\n${message}`),
      );
  });
