/** Runs every timeline of this folder, in every mode. The format is described in README.md. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runTimelineFile } from '../../src/app/timelines.ts';
import { picture } from '../../src/base/diagnostic.ts';

const folder = new URL('./', import.meta.url);

for (const name of readdirSync(folder).filter((file) => file.endsWith('.timeline')))
  test(name, async (t) => {
    const { results, problems } = await runTimelineFile(fileURLToPath(new URL(name, folder)));
    const errors = problems.filter(({ severity }) => severity === 'error');
    assert.equal(errors.map((d) => picture(d)).join('\n'), '');
    assert.ok(results.length > 0, 'there is no case in it');
    for (const { case: title, mode, line, message } of results)
      await t.test(`${title} (${mode})`, () =>
        assert.equal(message, undefined, `${name}:${line}\n${message}`),
      );
  });
