import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byKind, fieldsOf } from './fold.ts';
import type { FieldRef, Predicate } from './predicate.ts';

const field = (path: string): FieldRef => ({ name: path, path });
const exists = (path: string): Predicate => ({ kind: 'exists', field: field(path) });

const sample: Predicate = {
  kind: 'and',
  args: [
    exists('a'),
    { kind: 'not', arg: { kind: 'some', field: field('b'), test: { kind: 'present' } } },
    { kind: 'or', args: [exists('a'), { kind: 'exists', field: { ...field('a'), below: true } }] },
    { kind: 'nested', path: 'n', arg: exists('n.x') },
    {
      kind: 'compute',
      expression: {
        kind: 'comparison',
        op: 'eq',
        left: { kind: 'field', field: field('c') },
        right: { kind: 'call', name: 'length', args: [{ kind: 'field', field: field('d') }] },
      },
    },
  ],
};

test('fieldsOf gives every field once, in the order of writing, and tells a root from its path', () => {
  assert.deepEqual(
    fieldsOf(sample).map((f) => (f.below === true ? `below ${f.name}` : f.name)),
    ['a', 'b', 'below a', 'n.x', 'c', 'd'],
  );
});

test('a node of a kind that no table knows is an error, not a silent nothing', () => {
  const kinds = byKind<Predicate, string>({
    and: () => 'and',
    or: () => 'or',
    not: () => 'not',
    some: () => 'some',
    exists: () => 'exists',
    nested: () => 'nested',
    compute: () => 'compute',
  });
  assert.equal(kinds(sample), 'and');
  assert.throws(() => kinds({ kind: 'xor' } as unknown as Predicate), /No handler for the plan node "xor"/);
});
