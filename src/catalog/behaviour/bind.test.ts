import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from '../../base/diagnostic.ts';
import { bindBehaviours } from './bind.ts';
import type { Behaviours } from './load.ts';
import { loadBehaviours } from './load.ts';

const { behaviours, diagnostics } = loadBehaviours([
  {
    file: 'a.toml',
    text: `id = "BP-9001"
title = "Somebody does something"
summary = "x"
looks_like = "x"
tell_apart = ["x"]
hiding = "x"
actor = "backup"
families = ["automation"]
data_sources = ["kubernetes"]
gathers = { phrases = ["backup*"] }
base = { user = { name = "velero" } }
matches = [{ name = "one" }, { name = "two" }]
differs = [{ name = "three" }, { name = "four" }]

[profile]
language = "kuery"
query = "user.name: {{accounts}} and source.ip: {{networks}}"

[profile.parameters]
accounts = { type = "list", describe = "Accounts", default = ["velero"] }
networks = { type = "cidr", describe = "Networks", default = "10.0.0.0/8" }
`,
  },
]);

const queryOf = (bound: Behaviours): string | undefined => bound.behaviours[0]?.profile?.query;

test('values of a site take the place of the defaults, and what is not given stays', () => {
  assert.deepEqual(diagnostics, []);
  const bound = bindBehaviours(behaviours, 'site.toml', '[BP-9001]\naccounts = ["b\\"", "*"]\n');
  assert.deepEqual(bound.diagnostics, []);
  assert.equal(queryOf(bound), 'user.name: ("b\\"" or "*") and source.ip: ("10.0.0.0/8")');
});

test('one value needs no list', () => {
  const bound = bindBehaviours(behaviours, 'site.toml', 'BP-9001.networks = "192.0.2.0/24"\n');
  assert.equal(queryOf(bound), 'user.name: ("velero") and source.ip: ("192.0.2.0/24")');
});

test('what does not fit is told at its place, and the profile keeps its defaults', () => {
  const text = '[BP-9001]\naccounts = []\nnetworks = ["everywhere"]\nacounts = "x"\n[BP-9002]\nx = 1\n';
  const bound = bindBehaviours(behaviours, 'site.toml', text);
  assert.deepEqual(
    bound.diagnostics.map((found) => picture(found)),
    [
      'site.toml:5:2: error BHV023: no behaviour "BP-9002" has a profile\n  5 | [BP-9002]\n    |  ^^^^^^^\n  hint: did you mean "BP-9001"?',
      'site.toml:4:1: error BHV012: unknown key "acounts"\n  4 | acounts = "x"\n    | ^^^^^^^\n  hint: did you mean "accounts"?',
      'site.toml:2:12: error BHV011: "accounts" must be one or more texts that are not empty, found an empty list\n  2 | accounts = []\n    |            ^^',
      'site.toml:3:12: error BHV011: "networks" must be one or more blocks such as 10.0.0.0/8, found a list\n  3 | networks = ["everywhere"]\n    |            ^^^^^^^^^^^^^^',
    ],
  );
  assert.equal(queryOf(bound), queryOf({ behaviours, diagnostics: [] }));
});

test('a value that is no text is told once, also in a list', () => {
  const said = ['true', '7', '{ a = 1 }', '["a", 7]'].map((value) =>
    bindBehaviours(behaviours, 'site.toml', `BP-9001.accounts = ${value}\n`).diagnostics.map(
      ({ message }) => message,
    ),
  );
  const wanted = '"accounts" must be one or more texts that are not empty, found';
  assert.deepEqual(said, [[`${wanted} true`], [`${wanted} 7`], [`${wanted} a table`], [`${wanted} a list`]]);
});

test('a file that is no TOML changes nothing', () => {
  const bound = bindBehaviours(behaviours, 'site.toml', '[BP');
  assert.deepEqual(
    bound.diagnostics.map(({ code }) => code),
    ['RULE001'],
  );
  assert.equal(bound.behaviours, behaviours);
});
