import assert from 'node:assert/strict';
import { test } from 'node:test';
import { event, isText, ports, request, rule } from '../../../tests/support/engine.ts';
import { valuesAt } from '../../data/document.ts';
import type { Alert } from '../../model/alert.ts';
import type { Fit } from '../../model/benign.ts';
import { isExplained } from '../../model/benign.ts';
import type { EventEnvelope } from '../../model/event.ts';
import type { Detection, Finding } from '../detection.ts';
import type { BenignKnowledge } from '../ports.ts';
import { Alerts } from './alerts.ts';
import { explainedWith } from './benign.ts';

const fit = (behaviour: string, grade: Fit['grade']): Fit => ({
  behaviour,
  title: `Title of ${behaviour}`,
  grade,
  profile: 'user.name: "alice"',
});
const told = {
  behaviour: 'BP-A',
  title: 'Title of BP-A',
  grade: 'A',
  profile: 'user.name: "alice"',
} as const;
const D = fit('BP-D', 'D');

/** Alice is explained by A and D, bob by D alone. */
const benign: BenignKnowledge = {
  about: () => ({
    statements: [
      {
        id: 'FP-1',
        text: 'Backups.',
        origin: 'guide',
        source: 'elastic',
        license: 'Elastic-2.0',
        via: 'name',
      },
    ],
    behaviours: [
      { id: 'BP-A', title: 'Title of BP-A', grade: 'A', via: 'rule' },
      { id: 'BP-X', title: 'Title of BP-X', via: 'technique' },
    ],
  }),
  fitting: (document) => {
    const [name] = valuesAt(document, 'user.name');
    return name === 'alice' ? [fit('BP-A', 'A'), D] : name === 'bob' ? [D] : [];
  },
};

const by = (name: string): EventEnvelope => event({ ...request(), user: { name } });

function alertsOf(names: readonly [string, ...string[]], finding?: Finding): readonly Alert[] {
  const [first, ...others] = names;
  const detection: Detection = {
    rule: rule(isText('a', 'b'), { false_positives: ['Deployments.'] }),
    events: [by(first), ...others.map(by)],
    ...(finding === undefined ? {} : { finding }),
  };
  return new Alerts({ ...ports, benign }).of(detection);
}

const winnowOf = (alert: Alert | undefined) => alert?.document['winnow'] as Readonly<Record<string, unknown>>;
const explainedOf = (alert: Alert | undefined) => {
  const { explained_by: by, partly_explained_by: partly } = winnowOf(alert);
  const ids = (list: unknown) => (list as { behaviour: string; events?: number[] }[] | undefined) ?? [];
  return {
    whole: ids(by).map(({ behaviour }) => behaviour),
    partly: ids(partly).map(({ behaviour, events }) => [behaviour, events]),
    counts: isExplained(alert?.explanations),
  };
};

test('an alert tells what is known of its rule, and which profiles fit its event', () => {
  const [alert] = alertsOf(['alice']);
  const { false_positives, benign_behaviours, explained_by, partly_explained_by } = winnowOf(alert);
  assert.deepEqual(
    { false_positives, benign_behaviours, explained_by, partly_explained_by },
    {
      false_positives: [
        {
          id: 'FP-1',
          text: 'Backups.',
          origin: 'guide',
          source: 'elastic',
          license: 'Elastic-2.0',
          via: 'name',
        },
      ],
      benign_behaviours: [
        { id: 'BP-A', title: 'Title of BP-A', grade: 'A', via: 'rule' },
        { id: 'BP-X', title: 'Title of BP-X', via: 'technique' },
      ],
      explained_by: [told, { ...told, behaviour: 'BP-D', title: 'Title of BP-D', grade: 'D' }],
      partly_explained_by: undefined,
    },
  );
  assert.equal(isExplained(alert?.explanations), true);
});

test('without a catalogue an alert tells what its rule says, and nothing explains it', () => {
  const [alert] = new Alerts(ports).of({
    rule: rule(isText('a', 'b'), { false_positives: ['Deployments.'] }),
    events: [by('alice')],
  });
  const { false_positives, benign_behaviours, explained_by } = winnowOf(alert);
  assert.deepEqual(
    { false_positives, benign_behaviours, explained_by },
    {
      false_positives: [{ text: 'Deployments.', origin: 'field', via: 'rule' }],
      benign_behaviours: [],
      explained_by: [],
    },
  );
  assert.equal(alert !== undefined && 'explanations' in alert, false);
});

test('what only a profile of grade D fits is named and does not count as explained', () => {
  const [alert] = alertsOf(['bob']);
  assert.deepEqual(explainedOf(alert), { whole: ['BP-D'], partly: [], counts: false });
});

test('one profile must fit every event: of a request’s stages, and of a sequence, whose parts stand for themselves', () => {
  assert.deepEqual(explainedOf(alertsOf(['alice', 'bob'])[0]), {
    whole: ['BP-D'],
    partly: [['BP-A', [0]]],
    counts: false,
  });
  const sequence = alertsOf(['eve', 'alice', 'alice'], { kind: 'sequence', key: ['x'] });
  assert.deepEqual(sequence.map(explainedOf), [
    { whole: [], partly: [], counts: false },
    { whole: ['BP-A', 'BP-D'], partly: [], counts: true },
    { whole: ['BP-A', 'BP-D'], partly: [], counts: true },
    {
      whole: [],
      partly: [
        ['BP-A', [1, 2]],
        ['BP-D', [1, 2]],
      ],
      counts: false,
    },
  ]);
  const all = alertsOf(['alice', 'alice'], { kind: 'sequence', key: ['x'] }).at(-1);
  assert.deepEqual(explainedOf(all), { whole: ['BP-A', 'BP-D'], partly: [], counts: true });
});

test('a count is explained only while all its events are at hand', () => {
  const threshold = (count: number): Finding => ({
    kind: 'threshold',
    terms: [],
    count,
    cardinality: [],
    from: 0,
    to: 1,
  });
  assert.equal(explainedOf(alertsOf(['alice', 'alice'], threshold(2))[0]).counts, true);
  assert.deepEqual(explainedOf(alertsOf(['alice', 'alice'], threshold(3))[0]), {
    whole: [],
    partly: [
      ['BP-A', [0, 1]],
      ['BP-D', [0, 1]],
    ],
    counts: false,
  });
  const rows: Finding = { kind: 'queryGroup', columns: {}, group: 'g', from: 0, to: 1 };
  assert.equal(explainedOf(alertsOf(['alice'], rows)[0]).counts, false);
  const rest: Finding = { kind: 'summary', count: 1, from: 0, to: 1, actors: [], targets: [] };
  assert.equal(explainedOf(alertsOf(['alice'], rest)[0]).counts, false);
});

test('an alert that another rule reads is explained by nothing: it has not all that its events had', () => {
  const alert = event({ ...request(), user: { name: 'alice' }, 'kibana.alert.uuid': 'x' });
  const [found] = new Alerts({ ...ports, benign }).of({ rule: rule(isText('a', 'b')), events: [alert] });
  assert.deepEqual(explainedOf(found), { whole: [], partly: [], counts: false });
});

test('what does not explain a suppressed alert no longer explains the one that it is folded into', () => {
  const [[alice], [bob], [eve]] = [alertsOf(['alice']), alertsOf(['bob']), alertsOf(['eve'])];
  assert.ok(alice !== undefined && bob !== undefined && eve !== undefined);
  assert.equal(explainedWith(alice, alice), alice);
  assert.equal(explainedWith(eve, alice), eve);
  assert.deepEqual(explainedOf(explainedWith(alice, bob)), {
    whole: ['BP-D'],
    partly: [['BP-A', [0]]],
    counts: false,
  });
  assert.deepEqual(explainedOf(explainedWith(explainedWith(alice, bob), eve)), {
    whole: [],
    partly: [
      ['BP-A', [0]],
      ['BP-D', [0]],
    ],
    counts: false,
  });
});
