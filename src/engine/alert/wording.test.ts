import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clipped, commandLine, name, printable, program, singular, verbatim } from './wording.ts';

test('what cannot be seen is written as an escape', () => {
  assert.equal(
    printable('a\n\u001b[31mb\u202e\u200bc\u2028'),
    'a\\n\\u{1b}[31mb\\u{202e}\\u{200b}c\\u{2028}',
  );
  assert.equal(printable('lone \ud800 half'), 'lone \\u{d800} half');
  assert.equal(printable('née 日本 😀'), 'née 日本 😀');
});

test('cutting never splits a character and says that it cut', () => {
  assert.equal(clipped('abcdef', 6), 'abcdef');
  assert.equal(clipped('abcdefg', 6), 'abcde…');
  assert.equal(clipped('😀😀😀', 3), '😀😀😀');
  assert.equal(clipped('😀😀😀😀', 3), '😀😀…');
});

test('a name with blanks or quotes cannot pass for our words', () => {
  assert.equal(name('dev.alice'), 'dev.alice');
  assert.equal(name('eve" (kubectl) ran'), '"eve\\" (kubectl) ran"');
  assert.equal(verbatim('id', 10), '"id"');
});

test('arguments with blanks are quoted', () => {
  assert.equal(commandLine(['sh', '-c', 'cat /etc/shadow']), "sh -c 'cat /etc/shadow'");
});

test('kinds are named in the singular', () => {
  const rows = {
    secrets: 'secret',
    ingresses: 'ingress',
    networkpolicies: 'networkpolicy',
    storageclasses: 'storageclass',
    componentstatuses: 'componentstatus',
    leases: 'lease',
    endpoints: 'endpoint',
    nodes: 'node',
    ingress: 'ingress',
  };
  for (const [plural, expected] of Object.entries(rows)) assert.equal(singular(plural), expected);
});

test('a user agent is named by its program', () => {
  assert.equal(program('kubectl/v1.33.2 (linux/amd64)'), 'kubectl/v1.33.2');
});
