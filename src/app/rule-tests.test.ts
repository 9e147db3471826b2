import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { testRules } from './rule-tests.ts';

const ID = '0c7e1f0a-5d1e-4b7e-9c55-6f1d5a8f2b11';
const RULE = `[rule]
name = "Sign-in refused"
rule_id = "${ID}"
type = "query"
language = "kuery"
query = 'event.outcome: failure'
`;
const TESTS = `[base]
"@timestamp" = "2026-03-02T10:00:00Z"
event.outcome = "failure"
[[fires]]
name = "refused"
[[quiet]]
name = "let in"
with.event.outcome = "success"
`;

function folder(t: TestContext, contents: Readonly<Record<string, string>>): (path: string) => string {
  const root = mkdtempSync(join(tmpdir(), 'winnow-tests-'));
  t.after(() => rmSync(root, { recursive: true }));
  for (const [name, text] of Object.entries(contents)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return (path) => join(root, path);
}

const outcomes = async (paths: readonly string[], rules: readonly string[] = []) => {
  const { results, untested, problems } = await testRules({ paths, rules }, []);
  return {
    results: results.map(({ rule, name, outcome }) => `${rule}: ${name}: ${outcome}`),
    untested: untested.length,
    problems: problems.map(({ code, message }) => `${code}: ${message}`),
  };
};

const passed = {
  results: ['Sign-in refused: refused: passed', 'Sign-in refused: let in: passed'],
  untested: 0,
  problems: [],
};

test('tests beside a rule are found by the folder, the rule and the test file, and run once', async (t) => {
  const at = folder(t, { 'r/one.toml': RULE, 'r/one.tests.toml': TESTS });
  for (const path of ['r', 'r/one.toml', 'r/one.tests.toml'])
    assert.deepEqual(await outcomes([at(path)]), passed);
  assert.deepEqual(await outcomes([at('r'), at('r/one.tests.toml'), at('r/one.toml')]), passed);
  assert.deepEqual(await outcomes([], [at('r')]), passed);
});

test('a test file or timeline that cannot be read is an error', async (t) => {
  const at = folder(t, { 'r/one.toml': RULE, 'r/one.tests.toml': TESTS });
  writeFileSync(at('r/latin.tests.toml'), Buffer.from([0x23, 0xe9, 0x0a]));
  writeFileSync(at('r/latin.timeline'), Buffer.from([0x23, 0xe9, 0x0a]));
  symlinkSync(at('nowhere'), at('r/link.tests.toml'));
  assert.deepEqual(await outcomes([at('r')]), {
    ...passed,
    problems: [
      'RULE002: cannot be read: it is not UTF-8 text',
      'RULE002: cannot be read: it is gone, or a link to nothing',
      'RULE002: cannot be read: it is not UTF-8 text',
    ],
  });
});

test('tests name a rule that stands elsewhere', async (t) => {
  const at = folder(t, { 'theirs/one.toml': RULE, 'mine/a/b.tests.toml': `rule_id = "${ID}"\n${TESTS}` });
  assert.deepEqual(await outcomes([at('mine')], [at('theirs')]), passed);
  assert.deepEqual(await outcomes([at('mine/a/b.tests.toml')], [at('theirs')]), passed);
  assert.deepEqual(await outcomes([at('mine'), at('theirs')]), passed);
});

test('a test file alone that cannot be read is told, whatever stands beside it', async (t) => {
  const at = folder(t, { 'mine/a.tests.toml': '[[fires]]\n' });
  assert.deepEqual(await outcomes([at('mine/a.tests.toml')]), {
    results: [],
    untested: 0,
    problems: ['TEST001: the case needs a `name`'],
  });
});

test('tests without their rule are told, by the id where they have one', async (t) => {
  const at = folder(t, {
    'theirs/one.toml': RULE,
    'mine/a.tests.toml': `rule_id = "none"\n${TESTS}`,
    'mine/b.tests.toml': TESTS,
  });
  assert.deepEqual(await outcomes([at('mine')], [at('theirs')]), {
    results: [],
    untested: 1,
    problems: [
      'TEST002: no rule that was read has the rule_id "none"',
      'TEST002: no rule stands beside these tests',
    ],
  });
});
