/** Made-up events as JSON lines: Kubernetes audit events (about 2 KB) and Linux process events, in ECS. */
import type { Random } from '../src/sample/random.ts';
import { seededRandom } from '../src/sample/random.ts';

const namespaces = ['default', 'kube-system', 'payments', 'web', 'monitoring', 'ci', 'data'];
const resources = [
  'pods',
  'secrets',
  'configmaps',
  'leases',
  'deployments',
  'events',
  'nodes',
  'services',
  'endpoints',
];
const verbs = ['get', 'get', 'get', 'list', 'watch', 'watch', 'update', 'patch', 'create', 'delete'];
const users = [
  'system:node:worker-1',
  'system:node:worker-2',
  'system:kube-scheduler',
  'system:kube-controller-manager',
  'system:serviceaccount:kube-system:coredns',
  'system:serviceaccount:ci:deployer',
  'system:apiserver',
  'anna',
  'ben',
];
const agents = [
  'kubelet/v1.33.2 (linux/amd64)',
  'kube-scheduler/v1.33.2',
  'kubectl/v1.33.1 (linux/amd64)',
  'Go-http-client/2.0',
];
const programs = [
  'sh',
  'bash',
  'curl',
  'cat',
  'node',
  'python3',
  'nginx',
  'runc',
  'pause',
  'sleep',
  'ps',
  'grep',
];

const moment = (i: number): string => new Date(Date.UTC(2026, 1, 3) + i * 211).toISOString();

function auditEvent(random: Random, i: number) {
  const [namespace, resource, verb] = [random.pick(namespaces), random.pick(resources), random.pick(verbs)];
  const user = random.pick(users);
  const name = `${resource}-${random.between(0, 499)}-${random.hex(5)}`;
  const uri = `/api/v1/namespaces/${namespace}/${resource}/${name}`;
  return {
    '@timestamp': moment(i),
    ecs: { version: '9.4.0' },
    event: {
      kind: 'event',
      dataset: 'kubernetes.audit_logs',
      module: 'kubernetes',
      action: verb,
      outcome: random.between(0, 19) === 0 ? 'failure' : 'success',
      category: ['configuration'],
      type: ['access'],
      id: random.hex(32),
    },
    data_stream: { type: 'logs', dataset: 'kubernetes.audit_logs', namespace: 'default' },
    orchestrator: {
      type: 'kubernetes',
      cluster: { name: 'bench' },
      namespace,
      resource: { name, type: resource },
    },
    user: { name: user },
    user_agent: { original: random.pick(agents) },
    source: { ip: `10.${random.between(0, 3)}.${random.between(0, 255)}.${random.between(0, 255)}` },
    related: { user: [user], ip: [`10.0.0.${random.between(0, 255)}`] },
    kubernetes: {
      audit: {
        kind: 'Event',
        apiVersion: 'audit.k8s.io/v1',
        level: 'RequestResponse',
        auditID: random.hex(32),
        stage: 'ResponseComplete',
        requestURI: uri,
        verb,
        user: { username: user, uid: random.hex(32), groups: ['system:authenticated', 'system:masters'] },
        sourceIPs: [`10.0.0.${random.between(0, 255)}`],
        userAgent: random.pick(agents),
        objectRef: {
          resource,
          namespace,
          name,
          apiVersion: 'v1',
          resourceVersion: String(random.between(0, 999999)),
        },
        responseStatus: { code: random.between(0, 19) === 0 ? 403 : 200 },
        requestObject: {
          kind: 'Pod',
          apiVersion: 'v1',
          metadata: { name, namespace, labels: { app: name, 'pod-template-hash': random.hex(10) } },
          spec: {
            serviceAccountName: 'default',
            hostNetwork: false,
            nodeName: `worker-${random.between(0, 8)}`,
            containers: [
              {
                name: 'main',
                image: `registry.example/${namespace}/app:${random.between(0, 89)}`,
                command: ['/bin/app', '--serve'],
                ports: [{ containerPort: 8080, protocol: 'TCP' }],
                resources: { limits: { cpu: '500m', memory: '256Mi' } },
                securityContext: {
                  privileged: false,
                  allowPrivilegeEscalation: false,
                  capabilities: { drop: ['ALL'] },
                },
                volumeMounts: [
                  { name: 'data', mountPath: '/data' },
                  { name: 'token', mountPath: '/var/run/secrets' },
                ],
              },
            ],
            volumes: [
              { name: 'data', emptyDir: {} },
              { name: 'token', projected: { sources: [{ serviceAccountToken: {} }] } },
            ],
          },
        },
        requestReceivedTimestamp: moment(i),
        stageTimestamp: moment(i),
        annotations: {
          authorization_k8s_io: { decision: 'allow', reason: 'RBAC: allowed by ClusterRoleBinding "bench"' },
        },
      },
    },
  };
}

function processEvent(random: Random, i: number): object {
  const [name, parent] = [random.pick(programs), random.pick(programs)];
  const args = [name, `--option-${random.between(0, 49)}`, `/srv/data/${random.hex(12)}`];
  return {
    '@timestamp': moment(i),
    ecs: { version: '9.4.0' },
    agent: { id: random.hex(32), type: 'endpoint', version: '9.1.0' },
    event: {
      kind: 'event',
      dataset: 'endpoint.events.process',
      module: 'endpoint',
      action: random.pick(['exec', 'fork', 'end']),
      category: ['process'],
      type: [random.pick(['start', 'end'])],
      id: random.hex(32),
      outcome: 'unknown',
      sequence: i,
    },
    data_stream: { type: 'logs', dataset: 'endpoint.events.process', namespace: 'default' },
    host: {
      id: random.hex(32),
      name: `host-${random.between(0, 39)}`,
      architecture: 'x86_64',
      ip: ['10.0.0.4', 'fe80::1'],
      os: {
        type: 'linux',
        family: 'debian',
        platform: 'debian',
        kernel: '6.1.0',
        name: 'Linux',
        version: '12',
      },
    },
    process: {
      pid: random.between(0, 65535),
      entity_id: random.hex(40),
      name,
      executable: `/usr/bin/${name}`,
      command_line: args.join(' '),
      args,
      args_count: args.length,
      working_directory: '/srv',
      interactive: random.between(0, 8) === 0,
      start: moment(i),
      hash: { sha256: random.hex(64) },
      parent: {
        pid: random.between(0, 65535),
        entity_id: random.hex(40),
        name: parent,
        executable: `/usr/bin/${parent}`,
        args: [parent],
        command_line: parent,
      },
      group_leader: { pid: 1, name: 'systemd', entity_id: random.hex(40) },
      user: { id: '0', name: 'root' },
    },
    user: { id: String(random.between(0, 2) * 1000), name: random.pick(['root', 'www-data', 'app']) },
    container: { id: random.hex(64), image: { name: `registry.example/app:${random.between(0, 89)}` } },
  };
}

/** The audit event as the API server writes it. */
function rawAuditEvent(random: Random, i: number): object {
  const { kind, apiVersion, annotations, ...rest } = auditEvent(random, i).kubernetes.audit;
  const { decision, reason } = annotations.authorization_k8s_io;
  return {
    kind,
    apiVersion,
    ...rest,
    annotations: { 'authorization.k8s.io/decision': decision, 'authorization.k8s.io/reason': reason },
  };
}

const makers = { audit: auditEvent, raw: rawAuditEvent, linux: processEvent } as const;

export type EventKind = keyof typeof makers;

export function eventLines(kind: EventKind, count: number): string[] {
  const random = seededRandom(2026);
  return Array.from({ length: count }, (_, i) => JSON.stringify(makers[kind](random, i)));
}

/** One event, as a value. */
export const madeEvent = (kind: EventKind, random: Random, i: number): object => makers[kind](random, i);

/** Events in blocks of lines, never one twice; of several kinds, each in its turn. */
export function* eventBlocks(kinds: readonly EventKind[], count: number): Generator<Buffer> {
  const random = seededRandom(2026);
  for (let from = 0; from < count; from += BLOCK) {
    const lines = Array.from({ length: Math.min(BLOCK, count - from) }, (_, i) =>
      JSON.stringify(madeEvent(kinds[i % kinds.length] as EventKind, random, from + i)),
    );
    yield Buffer.from(`${lines.join('\n')}\n`);
  }
}

/** Lines of a block: a multiple of the number of kinds. */
const BLOCK = 500;
