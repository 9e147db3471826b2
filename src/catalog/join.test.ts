import assert from 'node:assert/strict';
import { test } from 'node:test';
import { behaviour, catalogueOf, checkouts } from '../../tests/support/catalog.ts';
import { joinAlerts } from './join.ts';

const backup = behaviour({ gathers: { phrases: ['backup*'], without: [], techniques: [], rules: [] } });
const debug = behaviour({
  id: 'BP-0002',
  title: 'A developer debugs',
  techniques: ['T1609'],
  gathers: { phrases: [], without: [], techniques: [], rules: ['exec'] },
});
const windows = behaviour({ id: 'BP-0003', techniques: ['T1609'], dataSources: ['windows'] });
const { catalogue } = await catalogueOf(checkouts, { behaviours: [backup, debug, windows] });
const join = joinAlerts([backup, debug, windows], catalogue);

const secrets = {
  id: 'secrets',
  name: 'Secrets of many namespaces read',
  techniques: ['T1552.007'],
  reads: ['kubernetes'],
};

test('an alert’s rule has its statements and the behaviours that gather them', () => {
  const { statements, behaviours } = join(secrets);
  assert.deepEqual(
    statements.map(({ title, origin, via }) => ({ title, origin, via })),
    [{ title: 'A backup controller lists Secrets at night', origin: 'field', via: 'rule' }],
  );
  assert.deepEqual(behaviours, [{ id: 'BP-0001', title: 'A backup lists Secrets', via: 'rule' }]);
  assert.equal(join(secrets), join(secrets));
});

test('what the rule says itself comes first, and behaviours may name it', () => {
  const { statements, behaviours } = join({ id: 'exec', name: '', techniques: [], reads: [] });
  assert.deepEqual(
    statements.map(({ origin }) => origin),
    ['field', 'guide-ai', 'inline-exclusion'],
  );
  assert.deepEqual(
    behaviours.map(({ id, via }) => [id, via]),
    [['BP-0002', 'rule']],
  );
});

test('a rule with another id is known by its name, an unknown one by what it is about', () => {
  const copy = join({ ...secrets, id: 'copy', name: 'secrets of many namespaces READ' });
  assert.deepEqual(
    copy.statements.map(({ via }) => via),
    ['name'],
  );
  const unknown = join({
    id: 'own',
    name: 'Our own',
    techniques: ['T1609'],
    reads: ['logs-kubernetes.audit_logs-*'],
  });
  assert.deepEqual(unknown, {
    statements: [],
    behaviours: [{ id: 'BP-0002', title: 'A developer debugs', via: 'technique' }],
  });
});

test('without a catalogue there are still behaviours', () => {
  assert.deepEqual(joinAlerts([backup])(secrets), {
    statements: [],
    behaviours: [{ id: 'BP-0001', title: 'A backup lists Secrets', via: 'technique' }],
  });
});
