import assert from 'node:assert/strict';
import { test } from 'node:test';
import { source } from '../../base/source.ts';
import { standardToolkit } from '../../rules/load/toolkit.ts';
import { wordsOfClause } from './clause-words.ts';
import { exclusionsOf } from './exclusions.ts';

type LanguageName = 'kuery' | 'eql' | 'esql';

/** What the query excludes, in words of at most `widest` characters. */
function said(language: LanguageName, query: string, widest = 80): (string | undefined)[] {
  const languages: Readonly<Record<string, (typeof standardToolkit.languages)['eql']>> =
    standardToolkit.languages;
  const compiled = languages[language]?.compile(source('query', query), { types: standardToolkit.types });
  assert.ok(compiled?.ok === true, query);
  return exclusionsOf(compiled.value).map((one) =>
    one.said === undefined ? undefined : wordsOfClause(one.said, widest),
  );
}

const inEql = (clause: string, widest?: number): string | undefined =>
  said('eql', `process where process.pid > 0 and not ${clause}`, widest)[0];

test('each kind of condition has its words', () => {
  const expected: Readonly<Record<string, string>> = {
    'process.name == "dpkg"': 'process.name is dpkg',
    'process.name in ("dpkg", "rpm", "yum")': 'process.name is dpkg, rpm or yum',
    'process.name : "apt*"': 'process.name begins with apt',
    'process.name : ("*.bat", "*.cmd")': 'process.name ends with .bat or .cmd',
    'process.command_line like "*--dry-run*"': 'process.command_line contains --dry-run',
    'process.executable like "/opt/*/bin"': 'process.executable is like /opt/*/bin',
    'process.args_count >= 12': 'process.args_count is at least 12',
    'process.interactive == true': 'process.interactive is true',
    'cidrMatch(source.ip, "10.0.0.0/8")': 'source.ip is in 10.0.0.0/8',
    '(user.id == "0" and not process.name == "su")': 'user.id is 0 and process.name is not su',
    '(user.id == "0" or process.name == "su")': 'user.id is 0 or process.name is su',
    '(user.id == "0" and process.name == null)': 'user.id is 0 and process.name is not there',
  };
  assert.deepEqual(
    Object.fromEntries(Object.keys(expected).map((clause) => [clause, inEql(clause)])),
    expected,
  );
});

test('the same in KQL and in ES|QL', () => {
  assert.deepEqual(
    said('kuery', 'event.action:"get" and not user.name:("a" or system\\:node\\:*) and not process.pid >= 3'),
    ['user.name is a or user.name begins with system:node:', 'process.pid is at least 3'],
  );
  assert.deepEqual(
    said(
      'esql',
      'FROM logs-* METADATA _id | WHERE NOT user.name IN ("a", "b") AND process.name != "x" AND NOT user.name LIKE "svc-*"',
    ),
    ['user.name is a or b', 'process.name is x', 'user.name begins with svc-'],
  );
});

test('what does not fit is counted: values, then conditions', () => {
  const names = ['dpkg', 'rpm', 'yum', 'dnf', 'zypper'].map((name) => `"${name}"`).join(', ');
  assert.deepEqual(
    [80, 40, 35].map((widest) => inEql(`process.name in (${names})`, widest)),
    [
      'process.name is dpkg, rpm, yum, dnf or zypper',
      'process.name is dpkg, rpm or 3 others',
      'process.name is dpkg or 4 others',
    ],
  );
  assert.equal(
    inEql('(process.name == "a" and user.name == "root" and group.name == "wheel" and user.id == "0")', 65),
    'process.name is a and user.name is root and 2 more conditions',
  );
  const path = '/opt/vendor/releases/2026-01/current/bin/agent-service';
  assert.equal(
    inEql(`process.executable == "${path}"`, 55),
    'process.executable is /opt/vendo…agent-service',
  );
  assert.equal(
    said('kuery', 'a:1 and not ((azure.log.properties.user.name:x and b:1) or (c:1 and d:1))', 45)[0],
    'user.name is x with 3 more conditions',
  );
  assert.equal(inEql('process.name == "dpkg"', 10), undefined);
});
