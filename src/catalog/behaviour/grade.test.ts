import assert from 'node:assert/strict';
import { test } from 'node:test';
import { source } from '../../base/source.ts';
import { builtinFieldTypes } from '../../data/fields/index.ts';
import { eql } from '../../lang/eql/index.ts';
import { kql } from '../../lang/kql/index.ts';
import { evidenceOf, weakest } from './grade.ts';
import { trustOf, trustedFields } from './trust.ts';

function gradesOf(language: typeof kql, query: string): string {
  const plan = language.compile(source('query', query), { types: builtinFieldTypes });
  assert.ok(plan.ok && plan.value.kind === 'filter');
  const { evidence, unknown } = evidenceOf(plan.value.where);
  const fields = evidence.map(({ field, grade }) => `${grade} ${field}`);
  return [weakest(evidence), ...fields, ...unknown.map((field) => `? ${field}`)].join(', ');
}

test('the weakest field decides, wherever it stands', () => {
  const table = [
    ['user.name: "a" and kubernetes.audit.verb: "get"', 'A, A user.name, A kubernetes.audit.verb'],
    [
      'user.name: "a" and kubernetes.audit.objectRef.namespace: "b"',
      'B, B kubernetes.audit.objectRef.namespace, A user.name',
    ],
    ['user.name: "a" and not user_agent.original: "curl/8"', 'D, D user_agent.original, A user.name'],
    ['user.name: "a" or container.image.name: "b"', 'C, C container.image.name, A user.name'],
    ['user.name: * and source.ip: "10.0.0.0/8"', 'D, D source.ip, A user.name'],
  ] as const;
  assert.deepEqual(
    table.map(([query]) => gradesOf(kql, query)),
    table.map(([, grades]) => grades),
  );
});

test('a wildcard lets in what others can name: behind a beginning a little, in front everything', () => {
  const table = [
    ['user.name: system\\:node\\:*', 'B, B user.name'],
    ['user.name: *\\:velero', 'D, D user.name'],
    ['user.name: ("a" or b*)', 'B, B user.name'],
    ['container.image.name: quay.io/cilium/*', 'C, C container.image.name'],
    ['container.image.name: */cilium', 'D, D container.image.name'],
  ] as const;
  assert.deepEqual(
    table.map(([query]) => gradesOf(kql, query)),
    table.map(([, grades]) => grades),
  );
});

test('a computed value asks for a part, and a field that nobody graded has no grade', () => {
  assert.equal(gradesOf(eql, 'any where length(user.name) > 3'), 'D, D user.name');
  assert.equal(
    gradesOf(eql, 'any where event.type == "start" and labels.own == "x"'),
    'A, A event.type, ? labels.own',
  );
});

test('a profile that rests on nothing is worth nothing', () => {
  assert.equal(weakest([]), 'D');
});

test('every graded field has a reason, and a subtree grades what lies below it only', () => {
  assert.deepEqual(
    trustedFields().filter((field) => (trustOf(field.replace('.*', '.x'))?.reason ?? '') === ''),
    [],
  );
  assert.equal(trustOf('kubernetes.audit.requestObject.spec.hostPID')?.grade, 'C');
  assert.equal(trustOf('kubernetes.audit.requestObjects'), undefined);
});
