import assert from 'node:assert/strict';
import { test } from 'node:test';
import { behaviour, catalogueOf, checkouts } from '../../tests/support/catalog.ts';
import type { AlertRule } from './join.ts';
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

const secrets: AlertRule = {
  id: 'secrets',
  name: 'Secrets of many namespaces read',
  techniques: ['T1552.007'],
  reads: ['kubernetes'],
  falsePositives: [],
  note: '',
};

const unknown: AlertRule = {
  ...secrets,
  id: 'own',
  name: 'Our own',
  techniques: ['T1609'],
  reads: ['logs-kubernetes.audit_logs-*'],
};

test('an alert’s rule has its statements and the behaviours that gather them', () => {
  const { statements, behaviours } = join(secrets);
  assert.deepEqual(
    statements.map(({ id, ...told }) => ({ ...told, id: id?.slice(0, 3) })),
    [
      {
        id: 'FP-',
        text: 'A backup controller lists Secrets at night.',
        origin: 'field',
        source: 'elastic',
        license: 'Elastic-2.0',
        via: 'rule',
      },
    ],
  );
  assert.deepEqual(behaviours, [{ id: 'BP-0001', title: 'A backup lists Secrets', via: 'rule' }]);
});

test('behaviours may name the rule', () => {
  const { statements, behaviours } = join({ ...secrets, id: 'exec', name: '', techniques: [], reads: [] });
  assert.deepEqual(
    statements.map(({ origin }) => origin),
    ['field', 'guide-ai', 'inline-exclusion'],
  );
  assert.deepEqual(
    behaviours.map(({ id, via }) => [id, via]),
    [['BP-0002', 'rule']],
  );
});

test('what the rule says itself comes first, with what the catalogue knows of it', () => {
  const [known, ...others] = join(secrets).statements;
  assert.deepEqual(others, []);
  const falsePositives = [
    'Not in the catalogue yet.',
    'a BACKUP controller  lists secrets at night.',
    'Unknown',
  ];
  assert.deepEqual(join({ ...secrets, falsePositives }).statements, [
    { text: 'Not in the catalogue yet.', origin: 'field', via: 'rule' },
    { ...known, text: 'a BACKUP controller  lists secrets at night.' },
  ]);
});

test('a rule with another id is known by its name, an unknown one by what it is about', () => {
  const copy = join({ ...secrets, id: 'copy', name: 'secrets of many namespaces READ' });
  assert.deepEqual(
    copy.statements.map(({ via }) => via),
    ['name'],
  );
  assert.deepEqual(
    copy.behaviours.map(({ id, via }) => [id, via]),
    [['BP-0001', 'name']],
  );
  assert.deepEqual(join(unknown), {
    statements: [],
    behaviours: [{ id: 'BP-0002', title: 'A developer debugs', via: 'technique' }],
  });
});

test('without a catalogue there is what the rule says itself, and the behaviours that gather it', () => {
  const note = '## Triage\n\n### False positive analysis\n\n- Nightly backups do this.\n- Unknown\n';
  assert.deepEqual(
    joinAlerts([backup, debug])({ ...unknown, note, falsePositives: ['Debugging by people.'] }),
    {
      statements: [
        { text: 'Debugging by people.', origin: 'field', via: 'rule' },
        { text: 'Nightly backups do this.', origin: 'guide', via: 'rule' },
      ],
      behaviours: [
        { id: 'BP-0001', title: 'A backup lists Secrets', via: 'rule' },
        { id: 'BP-0002', title: 'A developer debugs', via: 'technique' },
      ],
    },
  );
});
