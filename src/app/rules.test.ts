import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { pathOnDisk, rulesFor } from './rules.ts';

const filter = { rules: [], tags: [], deprecated: false, buildingBlocks: true };

test('the rules that come with Winnow have names that mean the same on every machine, and that may be given', async () => {
  const all = await rulesFor([], filter);
  const names = all.rules.map(({ file }) => file);
  assert.ok(names.length > 50);
  assert.deepEqual(
    names.filter((name) => !/^shipped:[a-z]+\/\w+\.toml$/.test(name) || !existsSync(pathOnDisk(name))),
    [],
  );
  const [first = ''] = names;
  const one = await rulesFor([first], filter);
  assert.deepEqual(
    one.rules.map(({ file, document }) => [file, document.rule.rule_id]),
    [[first, all.rules[0]?.document.rule.rule_id]],
  );
  const folder = await rulesFor(['shipped:', 'shipped:kubernetes'], filter);
  assert.deepEqual(
    folder.rules.map(({ file }) => file),
    names,
  );
});

test('a shipped rule that is not there is told under the name that was given', async () => {
  await assert.rejects(rulesFor(['shipped:nothing'], filter), {
    message: 'no shipped rule or folder is "shipped:nothing"',
  });
});
