/** A command line without a process, and a run to report: an attack among noise, with texts that mean harm. */
import type { BenignKnowledge } from '../../src/app/types.ts';
import { success } from '../../src/base/result.ts';
import type { Alert, Severity } from '../../src/model/alert.ts';
import type { Fit, Grade, KnownBenign } from '../../src/model/benign.ts';
import type { AlertGroup, BehaviourShare, ExplainedShare, RunSummary } from '../../src/model/summary.ts';
import type { ExitCode } from '../../src/cli/exit.ts';
import { runCli } from '../../src/cli/run.ts';
import type { Services } from '../../src/cli/services.ts';
import type { Output, Terminal } from '../../src/cli/terminal.ts';
import type { LoadedRule, RuleSet } from '../../src/rules/rule.ts';
import { rule } from './engine.ts';

export interface Ran {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly environment?: Terminal['environment'];
  readonly files?: Readonly<Record<string, string>>;
  /** Columns of the terminal that both outputs are; absent: pipes. */
  readonly columns?: number;
  readonly stdinIsTerminal?: boolean;
  readonly signal?: AbortSignal;
  readonly services?: Partial<Services>;
}

const NOW = Date.UTC(2026, 2, 4, 12);

/** What rules say in their field, and that all of them, and all events, are about one behaviour. */
export const knownBenign: BenignKnowledge = {
  about: ({ document }) =>
    known(document.rule.false_positives ?? [], [
      { id: probe.behaviour, title: probe.title, grade: 'D', via: 'rule' },
      { id: exporter.behaviour, title: exporter.title, grade: 'A', via: 'technique' },
      { id: 'BP-0032', title: 'Administrators break glass', via: 'name' },
    ]),
  fitting: () => [fitOf(exporter), fitOf(probe)],
};

export const nothingKnown: BenignKnowledge = {
  about: () => ({ statements: [], behaviours: [] }),
  fitting: () => [],
};

const neverCalled = (name: string) => () => Promise.reject(new Error(`${name} must not be called`));

/** Runs a command with what it would find around it; nothing of the real process is seen. */
export async function runWith(words: readonly string[], around: Surroundings = {}): Promise<Ran> {
  const written = { stdout: '', stderr: '' };
  const output = (name: keyof typeof written): Output => ({
    write: (text) => void (written[name] += text),
    isTerminal: around.columns !== undefined,
    columns: around.columns,
  });
  const files = around.files ?? {};
  const terminal: Terminal = {
    stdout: output('stdout'),
    stderr: output('stderr'),
    stdinIsTerminal: around.stdinIsTerminal ?? true,
    environment: around.environment ?? {},
    exists: (path) => Object.hasOwn(files, path),
    readText: (path) => files[path] ?? missing(path),
    now: () => NOW,
    signal: around.signal ?? new AbortController().signal,
  };
  const services: Services = {
    scan: neverCalled('scan'),
    loadRules: neverCalled('loadRules'),
    explain: neverCalled('explain'),
    explainPipeline: neverCalled('explainPipeline'),
    explainState: neverCalled('explainState'),
    query: neverCalled('query'),
    testRules: neverCalled('testRules'),
    writeSample: neverCalled('writeSample'),
    buildCatalogue: neverCalled('buildCatalogue'),
    openCatalogue: neverCalled('openCatalogue'),
    behaviours: neverCalled('behaviours'),
    openBenign: () => Promise.resolve(success(nothingKnown)),
    explainBenign: neverCalled('explainBenign'),
    writeSite: neverCalled('writeSite'),
    isSiteCurrent: neverCalled('isSiteCurrent'),
    serveSite: neverCalled('serveSite'),
    ...around.services,
  };
  const code = await runCli(words, terminal, services, '0.0.0');
  return { code, ...written };
}

function missing(path: string): never {
  throw Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT' });
}

/** Clears the screen, breaks lines, begins a formula, a tag, a workflow command, and writes backwards. */
export const HARMFUL = '=cmd|\u001b[2J<script>alert(1)</script>\n::error::x `a` | b\u202e';

const at = (hour: number, minute: number, second = 0): number => Date.UTC(2026, 2, 3, hour, minute, second);

interface Made {
  readonly ruleId: string;
  readonly ruleName: string;
  readonly severity: Severity;
  readonly riskScore: number;
}

const clusterAdmin: Made = {
  ruleId: '8b5c1f5e-0000-4000-8000-000000000001',
  ruleName: 'Cluster Admin Bound to a Service Account',
  severity: 'critical',
  riskScore: 91,
};
const secrets: Made = {
  ruleId: '8b5c1f5e-0000-4000-8000-000000000002',
  ruleName: 'Secrets Listed Across Namespaces',
  severity: 'high',
  riskScore: 68,
};
const exec: Made = {
  ruleId: '8b5c1f5e-0000-4000-8000-000000000003',
  ruleName: `Exec Into Pod ${HARMFUL}`,
  severity: 'low',
  riskScore: 21,
};

function alert(made: Made, id: string, time: number, line: number, actor: string, target: string): Alert {
  const reason = `${actor} touched ${target}`;
  return {
    ...made,
    id,
    time,
    entity: { actor, target },
    reason,
    buildingBlock: false,
    sources: [{ file: 'logs/audit 1.log', line }],
    document: {
      '@timestamp': new Date(time).toISOString(),
      'kibana.alert.uuid': id,
      'kibana.alert.rule.rule_id': made.ruleId,
      'kibana.alert.severity': made.severity,
      'kibana.alert.reason': reason,
      winnow: { schema: 1, sources: [{ file: 'logs/audit 1.log', line }] },
    },
  };
}

const exporter: BehaviourShare = {
  behaviour: 'BP-0001',
  title: 'A metrics exporter lists objects of every namespace',
  grade: 'A',
  explains: 34,
  first: 34,
};
const probe: BehaviourShare = {
  behaviour: 'BP-0036',
  title: 'A probe runs a command in its container',
  grade: 'D',
  explains: 1,
  first: 1,
};

const fitOf = ({ behaviour, title, grade }: BehaviourShare): Fit => ({
  behaviour,
  title,
  grade,
  profile: 'user.name: "a"',
});

export const alerts: readonly Alert[] = [
  alert(
    clusterAdmin,
    'a1',
    at(9, 12, 3),
    41,
    'system:serviceaccount:ci:deployer',
    'clusterrolebindings/ci-admin',
  ),
  {
    ...alert(secrets, 'a2', at(9, 14), 57, 'eve@example.com', 'secrets/kube-system'),
    explanations: [
      { ...fitOf(exporter), events: [0], whole: true },
      { ...fitOf(probe), events: [], whole: false },
    ],
  },
  {
    ...alert(secrets, 'a3', at(10, 30), 99, 'eve@example.com', 'secrets/payments'),
    sources: [
      { file: 'logs/audit 1.log', line: 99 },
      { file: 'logs/batch.json', offset: 4096, item: 2 },
    ],
  },
  alert(exec, 'a4', at(23, 59, 58), 120, HARMFUL, `pods/prod/${HARMFUL}`),
];

/** What a rule says in its field. */
const known = (texts: readonly string[], behaviours: KnownBenign['behaviours'] = []): KnownBenign => ({
  statements: texts.map((text) => ({ text, origin: 'field', via: 'rule' })),
  behaviours,
});

/** So many alerts, of which these behaviours explain some. */
function share(total: number, behaviours: readonly BehaviourShare[]): ExplainedShare {
  const count = (grade: Grade): number =>
    behaviours.reduce((sum, one) => sum + (one.grade === grade ? one.first : 0), 0);
  const byGrade = { A: count('A'), B: count('B'), C: count('C'), D: count('D') };
  return { total, explained: byGrade.A + byGrade.B, byGrade, behaviours };
}

const group = (made: Made, own: Partial<AlertGroup>): AlertGroup => ({
  ...made,
  count: 1,
  first: undefined,
  last: undefined,
  actors: [],
  actorCount: 0,
  actorsOver: false,
  targets: [],
  targetCount: 0,
  targetsOver: false,
  unexplainedActors: [],
  example: '',
  benign: { statements: [], behaviours: [] },
  explained: share(0, []),
  techniques: [],
  ...own,
});

const groups: readonly AlertGroup[] = [
  group(clusterAdmin, {
    first: at(9, 12, 3),
    last: at(9, 12, 3),
    actors: [{ what: 'system:serviceaccount:ci:deployer', count: 1 }],
    actorCount: 1,
    targets: [{ what: 'clusterrolebindings/ci-admin', count: 1 }],
    targetCount: 1,
    example: 'system:serviceaccount:ci:deployer touched clusterrolebindings/ci-admin',
    benign: known([
      'GitOps controllers bind roles when they install an operator. Compare the actor with the service account\nthat your deployment tool runs as, and the time with its last release.',
      'Break-glass access by an administrator: ask for the incident that it belongs to.',
    ]),
    techniques: [{ id: 'T1098.006', name: 'Additional Container Cluster Roles' }],
  }),
  group(secrets, {
    count: 1234,
    first: at(9, 14),
    last: at(10, 30),
    actors: [
      { what: 'eve@example.com', count: 1200 },
      { what: 'system:serviceaccount:monitoring:a-controller-with-quite-a-long-name-indeed', count: 34 },
    ],
    actorCount: 2,
    targets: [
      { what: 'secrets/kube-system', count: 700 },
      { what: 'secrets/payments', count: 300 },
      { what: 'secrets', count: 100 },
    ],
    targetCount: 1000,
    targetsOver: true,
    example: 'eve@example.com touched secrets/kube-system',
    benign: {
      statements: [
        {
          id: 'FP-0000000000',
          text: 'A cleanup job may\nlist secrets.',
          origin: 'guide-ai',
          source: 'elastic',
          license: 'Elastic-2.0',
          via: 'rule',
        },
        { text: 'not user.name: "system:admin"', origin: 'inline-exclusion', via: 'rule' },
      ],
      behaviours: [
        { id: exporter.behaviour, title: exporter.title, grade: 'A', via: 'rule' },
        { id: 'BP-0028', title: 'A scanner takes an inventory', via: 'technique' },
      ],
    },
    explained: share(1234, [exporter]),
    unexplainedActors: [{ what: 'eve@example.com', count: 1200 }],
  }),
  group(exec, {
    first: at(23, 59, 58),
    last: at(23, 59, 58),
    actors: [{ what: HARMFUL, count: 1 }],
    actorCount: 1,
    targets: [{ what: `pods/prod/${HARMFUL}`, count: 1 }],
    targetCount: 1,
    example: `${HARMFUL} touched pods/prod/${HARMFUL}`,
    benign: known([`Debugging. ${HARMFUL}`]),
    explained: share(1, [probe]),
  }),
];

export const summary: RunSummary = {
  schema: 1,
  input: {
    files: 2,
    bytes: 41_234_567,
    records: 20_502,
    events: 20_481,
    span: { from: at(0, 0, 3), to: at(23, 59, 58) },
    withoutTime: 2,
    skipped: [
      { what: 'RequestReceived stage', count: 9120 },
      { what: 'repeated record', count: 12 },
    ],
    repaired: [{ what: 'invalid UTF-8', count: 3 }],
    refused: [
      {
        code: 'INP007',
        what: 'a record is cut off',
        count: 7,
        examples: ['logs/audit 1.log:17', 'logs/audit 1.log:99'],
      },
    ],
    shapes: [
      { what: 'kubernetes.audit', count: 20_400 },
      { what: 'tetragon', count: 81 },
    ],
    unreadable: 31,
    missingFields: [
      { what: 'process.args', count: 12 },
      { what: 'kubernetes.audit.requestObject.spec.containers.securityContext.capabilities.add', count: 1 },
    ],
  },
  rules: {
    loaded: 6,
    runnable: 4,
    notRunnable: [
      {
        what: 'type:threshold',
        count: 1,
        explanation: 'Threshold rules are read but not run yet.',
        rules: ['Many Forbidden Requests'],
      },
      {
        what: 'deprecated',
        count: 1,
        explanation: 'Deprecated rules are off unless asked for.',
        rules: ['An Old Rule'],
      },
    ],
    refusedFiles: [{ file: 'rules/broken.toml', message: 'RULE001 not valid TOML: unterminated string' }],
    neverMatched: 1,
    withoutData: 1,
    undecided: [{ what: 'regexpSteps', count: 2, rules: ['Secrets Listed Across Namespaces'] }],
  },
  alerts: {
    total: 1236,
    bySeverity: { low: 1, medium: 0, high: 1234, critical: 1 },
    buildingBlocks: 3,
    foldedStages: 12,
    releasedEarly: 5,
    explained: share(1236, [exporter, probe]),
    excepted: {
      alerts: 41,
      events: 7,
      items: [
        {
          list: 'shared',
          item: 'backup',
          name: 'Backup reads secrets',
          owner: 'storage@example.com',
          expires: '2027-01-31T23:59:59.999Z',
          alerts: 41,
          events: 0,
          rules: ['Secrets Listed Across Namespaces'],
        },
        {
          list: 'shared',
          item: 'ci',
          name: 'Builds run shells',
          alerts: 0,
          events: 7,
          rules: ['Many Forbidden Requests'],
        },
        { list: 'shared', item: 'old', name: 'An old probe', alerts: 0, events: 0, rules: [] },
      ],
    },
  },
  groups,
  state: {
    late: 12,
    untimed: 1,
    ahead: 3,
    evictions: [{ what: 'sequenceKeys', count: 33, rules: ['Secrets Listed Across Namespaces'] }],
    learning: [{ rule: 'First Time Seen User', until: at(23, 0), count: 4 }],
    remembered: [
      { what: 'terms', count: 1402, bytes: 231_000 },
      { what: 'sequence', count: 17, bytes: 48_120 },
    ],
    largest: [
      { rule: 'First Time Seen User', bytes: 231_000 },
      { rule: 'Secrets Listed Across Namespaces', bytes: 48_120 },
    ],
    sequenceParts: 6,
    suppressed: 8,
    looped: 1,
    folded: 230,
    dropped: 2,
    gaps: [{ rule: 'Many Forbidden Requests', milliseconds: 240_000 }],
  },
  elapsed: { milliseconds: 1234, ruleLoadMilliseconds: 312, eventsPerSecond: 22_213.4 },
  interrupted: false,
};

/** Nothing was read and nothing found, in the shortest time. */
export const emptySummary: RunSummary = {
  ...summary,
  input: {
    files: 1,
    bytes: 0,
    records: 0,
    events: 0,
    withoutTime: 0,
    skipped: [],
    repaired: [],
    refused: [],
    shapes: [],
    unreadable: 0,
    missingFields: [],
  },
  rules: { ...summary.rules, loaded: 4, notRunnable: [], refusedFiles: [], undecided: [] },
  alerts: {
    total: 0,
    bySeverity: { low: 0, medium: 0, high: 0, critical: 0 },
    buildingBlocks: 0,
    foldedStages: 0,
    releasedEarly: 0,
    explained: share(0, []),
    excepted: { alerts: 0, events: 0, items: [] },
  },
  groups: [],
  state: {
    late: 0,
    untimed: 0,
    ahead: 0,
    evictions: [],
    learning: [],
    remembered: [],
    largest: [],
    sequenceParts: 0,
    suppressed: 0,
    looped: 0,
    folded: 0,
    dropped: 0,
    gaps: [],
  },
};

/** Of a run that used everything that reads or keeps more than events. */
export const statefulSummary: RunSummary = {
  ...summary,
  input: {
    ...summary.input,
    beside: [
      { what: 'indicators', files: 2, records: 41, used: 40, refused: 1 },
      {
        what: 'history',
        files: 1,
        records: 900,
        used: 900,
        refused: 0,
        span: { from: at(0, 0) - 86_400_000, to: at(0, 0) },
      },
    ],
  },
  resumed: {
    passed: 10_240,
    retold: 2,
    anew: ['Many Forbidden Requests'],
    otherExceptions: ['Secrets Listed'],
    changed: ['logs/audit 1.log'],
    open: true,
  },
  modes: {
    mode: 'stream',
    rules: [
      {
        ruleId: secrets.ruleId,
        ruleName: secrets.ruleName,
        stream: {
          alerts: 3,
          only: 2,
          example: {
            id: 'a2',
            time: at(9, 14),
            reason: 'eve@example.com touched secrets',
            places: ['a.log:1', 'a.log:2', 'a.log:3'],
          },
        },
        compat: { alerts: 1, only: 0 },
      },
      {
        ruleId: '8b5c1f5e-0000-4000-8000-000000000005',
        ruleName: 'First Time Seen User',
        stream: { alerts: 0, only: 0 },
        compat: {
          alerts: 4,
          only: 4,
          example: { id: 'a9', time: undefined, reason: 'eve@example.com is new', places: [] },
        },
        learningUntil: at(23, 0),
      },
    ],
    notCompared: 7,
  },
};

const loaded = (made: Made, keys: Parameters<typeof rule>[1] = {}): LoadedRule => {
  const plain = rule(
    { kind: 'and', args: [] },
    {
      rule_id: made.ruleId,
      name: made.ruleName,
      severity: made.severity,
      risk_score: made.riskScore,
      ...keys,
    },
  );
  return { ...plain, file: `rules/${made.ruleId.slice(-1)}.toml` };
};

export const ruleSet: RuleSet = {
  rules: [
    loaded(clusterAdmin, {
      description: 'Finds a service account that is given all rights over the cluster.',
      query:
        '\nkubernetes.audit.verb: "create"\n  and kubernetes.audit.objectRef.resource: "clusterrolebindings"\n',
      index: ['logs-kubernetes.audit_logs-*'],
      tags: ['Data Source: Kubernetes'],
      false_positives: groups[0]?.benign.statements.map(({ text }) => text) ?? [],
      references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/'],
      note: '## Triage\n\n- Look at who made the binding, and whether that account has ever made one before in this cluster.\n  1. Then look at what the service account did since.\n',
      threat: [
        {
          framework: 'MITRE ATT&CK',
          tactic: { id: 'TA0003', name: 'Persistence' },
          technique: [
            {
              id: 'T1098',
              name: 'Account Manipulation',
              subtechnique: [{ id: 'T1098.006', name: 'Additional Container Cluster Roles' }],
            },
          ],
        },
      ],
    }),
    loaded(secrets),
    loaded(exec, { description: `Finds. ${HARMFUL}`, references: ['not a URL'], tags: [HARMFUL] }),
    {
      ...loaded({
        ...secrets,
        ruleId: '8b5c1f5e-0000-4000-8000-000000000004',
        ruleName: 'Many Forbidden Requests',
      }),
      status: {
        runnable: false,
        reason: 'type:threshold',
        explanation: 'Threshold rules are read but not run yet.',
      },
    },
  ],
  refused: [],
  diagnostics: [],
  milliseconds: 312,
};
