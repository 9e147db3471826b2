import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { file, folder, line, ruleText } from '../../tests/support/scan-files.ts';
import type { Alert } from '../model/alert.ts';
import type { RunSummary } from '../model/summary.ts';
import type { ExplainedShare } from '../model/summary.ts';
import { scan } from './scan.ts';
import type { ScanListener, ScanOptions } from './types.ts';
import { evaluators } from './types.ts';

const secrets = file(
  'secrets.toml',
  ruleText(
    1,
    'Secrets read',
    'kubernetes.audit.objectRef.resource : "secrets"',
    'false_positives = ["Operators."]',
  ),
);
const shells = file(
  'shells.toml',
  ruleText(2, 'Shell in a pod', 'kubernetes.audit.objectRef.subresource : "exec"'),
);
const elsewhere = file(
  'elsewhere.toml',
  ruleText(3, 'Elsewhere', 'process.name : "sh"').replace('logs-kubernetes.audit_logs-*', 'logs-windows.*'),
);
const indicators = file(
  'indicators.toml',
  ruleText(
    4,
    'Known bad address',
    'source.ip : *',
    'threat_index = ["ti-*"]\n[[rule.threat_mapping]]\nentries = [{ field = "source.ip", type = "mapping", value = "threat.indicator.ip" }]\n',
  ).replace('type = "query"', 'type = "threat_match"'),
);

const first = file(
  'first.log',
  [
    line({ second: 1, resource: 'secrets' }),
    line({ second: 2 }),
    'no JSON\n',
    line({ second: 3, subresource: 'exec', stage: 'ResponseStarted' }),
    line({ second: 4, resource: 'secrets' }),
  ].join(''),
);
const second = file(
  'second.log',
  [line({ second: 9, subresource: 'exec', id: '3' }), line({ second: 10, resource: 'secrets' })].join(''),
);

const standard: ScanOptions = {
  inputs: [first, second],
  ingest: { shape: 'auto', keepRequestReceived: false },
  rules: [secrets, shells],
  filter: { rules: [], tags: [], deprecated: false, buildingBlocks: true },
  ignoreIndex: false,
};

interface Outcome {
  readonly alerts: readonly Alert[];
  readonly summary: RunSummary;
}

async function run(
  changes: Partial<ScanOptions> = {},
  listener: ScanListener = {},
  signal = new AbortController().signal,
): Promise<Outcome> {
  const alerts: Alert[] = [];
  const tell: ScanListener = {
    ...listener,
    alert: (alert) => {
      alerts.push(alert);
      listener.alert?.(alert);
    },
  };
  return { summary: await scan({ ...standard, ...changes }, tell, signal), alerts };
}

/** `Secrets read first.log:1`. */
const short = ({ ruleName, sources }: Alert): string =>
  [ruleName, ...sources.map(({ file: of, line: at }) => `${of.slice(folder.length + 1)}:${at}`)].join(' ');

/** Everything but how long it took. */
const bytes = ({ alerts, summary }: Outcome): string =>
  JSON.stringify([alerts, { ...summary, elapsed: undefined }]);

const nothingExplained = (total: number): ExplainedShare => ({
  total,
  explained: 0,
  byGrade: { A: 0, B: 0, C: 0, D: 0 },
  behaviours: [],
});

test('alerts come as soon as they are final, and both stages of a request are one', async () => {
  const { alerts } = await run();
  assert.deepEqual(alerts.map(short), [
    'Secrets read first.log:1',
    'Secrets read first.log:5',
    'Shell in a pod first.log:4 second.log:1',
    'Secrets read second.log:2',
  ]);
});

test('no alert is told while there is no room for another one', async () => {
  const told: string[] = [];
  const { alerts } = await run(
    {},
    {
      alert: (alert) => void told.push(short(alert)),
      room: () =>
        told.at(-1)?.startsWith('S') === true ? setImmediate().then(() => void told.push('room')) : undefined,
    },
  );
  assert.ok(alerts.length > 1);
  assert.deepEqual(
    told,
    alerts.map(short).flatMap((alert) => [alert, 'room']),
  );
});

test('alerts that wait for the end of input are made as there is room for them', async () => {
  const told: string[] = [];
  const shell = (second: number): string =>
    line({ second, subresource: 'exec', stage: 'ResponseStarted', id: String(second) });
  const held = file('held.log', [shell(1), shell(2), shell(3)].join(''));
  const rooms: Promise<void>[] = [];
  const room = (): Promise<void> | undefined => {
    if (told.at(-1)?.startsWith('S') !== true) return undefined;
    rooms.push(setImmediate().then(() => void told.push('room')));
    return rooms.at(-1);
  };
  const { alerts } = await run({ inputs: [held] }, { alert: (alert) => void told.push(short(alert)), room });
  assert.equal(alerts.length, 3);
  assert.deepEqual(
    told,
    alerts.map(short).flatMap((alert) => [alert, 'room']),
  );
});

test('a signal ends the waiting for room at the end, and every alert is told', async () => {
  const controller = new AbortController();
  const shell = (second: number): string =>
    line({ second, subresource: 'exec', stage: 'ResponseStarted', id: String(second) });
  const held = file('held-on.log', [shell(1), shell(2), shell(3)].join(''));
  let waited = 0;
  const never = (): Promise<void> => {
    waited++;
    controller.abort('SIGINT');
    return new Promise(() => {});
  };
  let told = 0;
  const listener: ScanListener = {
    alert: () => void told++,
    room: () => (told > 0 ? never() : undefined),
  };
  const { alerts } = await run({ inputs: [held] }, listener, controller.signal);
  assert.deepEqual([alerts.length, waited], [3, 1]);
});

test('the summary counts everything that came in', async () => {
  const { summary } = await run({ rules: [secrets, shells, elsewhere, indicators] });
  const { elapsed: _, ...rest } = summary;
  assert.deepEqual(
    { ...rest, input: { ...rest.input, bytes: 0, missingFields: [] } },
    {
      schema: 1,
      input: {
        files: 2,
        bytes: 0,
        records: 7,
        events: 6,
        span: { from: Date.parse('2026-03-02T09:05:01.012Z'), to: Date.parse('2026-03-02T09:05:10.012Z') },
        withoutTime: 0,
        skipped: [],
        repaired: [],
        refused: rest.input.refused,
        shapes: [{ what: 'kubernetes.audit', count: 6 }],
        unreadable: 0,
        missingFields: [],
      },
      rules: {
        loaded: 4,
        runnable: 3,
        notRunnable: [
          {
            what: 'no indicators given',
            count: 1,
            explanation:
              'Indicator match rules compare events with indicators of threats, and none are given.',
            rules: ['Known bad address'],
          },
        ],
        refusedFiles: [],
        neverMatched: 1,
        withoutData: 1,
        undecided: [],
      },
      alerts: {
        total: 4,
        bySeverity: { low: 0, medium: 4, high: 0, critical: 0 },
        buildingBlocks: 0,
        excepted: { alerts: 0, events: 0, items: [] },
        foldedStages: 1,
        releasedEarly: 0,
        explained: nothingExplained(4),
      },
      state: {
        late: 0,
        untimed: 0,
        ahead: 0,
        evictions: [],
        learning: [],
        sequenceParts: 0,
        suppressed: 0,
        looped: 0,
        remembered: [],
        largest: [],
        folded: 0,
        dropped: 0,
        gaps: [],
      },
      groups: [
        {
          ruleId: '00000000-0000-4000-8000-000000000001',
          ruleName: 'Secrets read',
          severity: 'medium',
          riskScore: 47,
          count: 3,
          first: Date.parse('2026-03-02T09:05:01.012Z'),
          last: Date.parse('2026-03-02T09:05:10.012Z'),
          actors: [{ what: 'dev.alice', count: 3 }],
          unexplainedActors: [{ what: 'dev.alice', count: 3 }],
          actorCount: 1,
          actorsOver: false,
          targets: [{ what: 'secrets/shop/cart', count: 3 }],
          targetCount: 1,
          targetsOver: false,
          example: 'dev.alice (kubectl/v1.33.2 from 198.51.100.23) read secret shop/cart: allowed (200)',
          benign: { statements: [{ text: 'Operators.', origin: 'field', via: 'rule' }], behaviours: [] },
          explained: nothingExplained(3),
          techniques: [],
        },
        {
          ruleId: '00000000-0000-4000-8000-000000000002',
          ruleName: 'Shell in a pod',
          severity: 'medium',
          riskScore: 47,
          count: 1,
          first: Date.parse('2026-03-02T09:05:03.012Z'),
          last: Date.parse('2026-03-02T09:05:03.012Z'),
          actors: [{ what: 'dev.alice', count: 1 }],
          unexplainedActors: [{ what: 'dev.alice', count: 1 }],
          actorCount: 1,
          actorsOver: false,
          targets: [{ what: 'pods/shop/cart/exec', count: 1 }],
          targetCount: 1,
          targetsOver: false,
          example:
            'dev.alice (kubectl/v1.33.2 from 198.51.100.23) ran a command in pod shop/cart: allowed (200)',
          benign: { statements: [], behaviours: [] },
          explained: nothingExplained(1),
          techniques: [],
        },
      ],
      interrupted: false,
    },
  );
  assert.deepEqual(
    rest.input.refused.map(({ count, examples }) => [count, examples]),
    [[1, [`${first}:3`]]],
  );
});

test('the same input and rules give the same bytes, with every evaluator', async () => {
  const once = bytes(await run());
  for (const evaluator of evaluators) assert.equal(bytes(await run({ evaluator })), once, evaluator);
});

test('events outside the time range are left out and counted', async () => {
  const { alerts, summary } = await run({
    since: Date.parse('2026-03-02T09:05:04.012Z'),
    until: Date.parse('2026-03-02T09:05:09.012Z'),
  });
  assert.deepEqual(alerts.map(short), ['Secrets read first.log:5', 'Shell in a pod second.log:1']);
  assert.deepEqual(summary.input.skipped, [
    { what: 'before --since', count: 3 },
    { what: 'after --until', count: 1 },
  ]);
});

test('a signal ends the scan with a summary of what was done', async () => {
  const controller = new AbortController();
  const { alerts, summary } = await run({}, { alert: () => controller.abort() }, controller.signal);
  assert.deepEqual(alerts.map(short), ['Secrets read first.log:1']);
  assert.equal(summary.interrupted, true);
  assert.equal(summary.alerts.total, 1);
  const before = await run({}, {}, AbortSignal.abort());
  assert.deepEqual([before.alerts, before.summary.input.events], [[], 0]);
});

test('refusals and progress are told', async () => {
  const told: string[] = [];
  await run(
    {},
    {
      rulesLoaded: ({ rules }) => told.push(`${rules.length} rules`),
      refused: ({ origin }) => told.push(`refused line ${origin.line}`),
      progress: ({ filesDone, files, events, alerts }) =>
        told.push(`${filesDone}/${files} ${events} ${alerts}`),
    },
  );
  assert.deepEqual(told.slice(0, 3), ['2 rules', 'refused line 3', '0/2 4 2']);
  assert.equal(told.at(-1), '1/2 6 4');
});

test('inputs and rules that do not exist are errors', async () => {
  await assert.rejects(run({ inputs: [join(folder, 'missing.log')] }), /missing\.log/);
  await assert.rejects(run({ rules: [join(folder, 'missing')] }), /missing/);
});

test('exceptions and overlays of a scan', async () => {
  const exceptions = file(
    'exceptions.yaml',
    'rules: all\nexceptions:\n  - name: Alice\n    owner: me\n    reason: because\n    when: { user.name: dev.alice, kubernetes.audit.objectRef.subresource: { exists: true } }\n',
  );
  const overlays = file(
    'overlays.toml',
    `[[overlay]]\nrule_id = "00000000-0000-4000-8000-000000000001"\nbase = { severity = "medium" }\n[overlay.rule]\nseverity = "critical"\n`,
  );
  const plain = await run();
  const { alerts, summary } = await run({ exceptions: [exceptions], overlays: [overlays] });
  assert.deepEqual(
    alerts.map(({ id }) => id),
    plain.alerts.map(({ id }) => id),
  );
  assert.deepEqual(
    alerts.map(({ ruleName, severity, excepted }) => [ruleName, severity, excepted?.owner]),
    [
      ['Secrets read', 'critical', undefined],
      ['Secrets read', 'critical', undefined],
      ['Shell in a pod', 'medium', 'me'],
      ['Secrets read', 'critical', undefined],
    ],
  );
  assert.deepEqual(summary.alerts.bySeverity, { low: 0, medium: 0, high: 0, critical: 3 });
  assert.equal(summary.alerts.excepted.alerts, 1);
});

test('what rules cost is told when asked for', async () => {
  assert.equal((await run()).summary.rules.costs, undefined);
  const everything = file(
    'everything.toml',
    ruleText(5, 'Everything but one', 'not user.name : "dev.alice"'),
  );
  const { summary } = await run({ rules: [secrets, shells, everything], costs: true });
  assert.deepEqual(summary.rules.costs, {
    tried: 11,
    most: [
      { rule: 'Everything but one', tried: 6, held: 0 },
      { rule: 'Secrets read', tried: 3, held: 3 },
      { rule: 'Shell in a pod', tried: 2, held: 2 },
    ],
    unindexed: ['Everything but one'],
  });
});

test('nothing is read when no rule runs', async () => {
  const { summary } = await run({ filter: { ...standard.filter, rules: ['nothing'] } });
  assert.deepEqual([summary.rules.runnable, summary.input.files, summary.input.events], [0, 0, 0]);
});

test('what had to be decoded is told with the costs, where events are judged from bytes', async () => {
  const odd = file(
    'odd.log',
    `${line({ second: 1, resource: 'secrets' }).replace('"kind":"Event",', '').trim()}\n[${line({ second: 2 }).trim()}]\n`,
  );
  const { summary } = await run({ inputs: [odd], evaluator: 'bytes', costs: true });
  assert.deepEqual(summary.input.reading, {
    fromBytes: 0,
    decoded: [
      { what: 'a form of record that is always decoded', count: 1 },
      { what: 'the line does not begin with an object', count: 1 },
    ],
  });
  assert.equal((await run({ evaluator: 'index', costs: true })).summary.input.reading, undefined);
  assert.equal((await run({ evaluator: 'bytes' })).summary.input.reading, undefined);
});

test('history that is not there is known before anything is told', async () => {
  const told: string[] = [];
  const started = run({ history: ['missing.log'] }, { rulesLoaded: () => void told.push('rules') });
  await assert.rejects(started, /there is no file, folder or match for "missing\.log"/);
  assert.deepEqual(told, []);
});
