/** The made-up cluster: who works in it, from where, with what, and what runs where. Addresses are documentation ranges. */
import type { Random } from './random.ts';

export interface Actor {
  readonly username: string;
  readonly uid?: string;
  readonly groups: readonly string[];
  readonly agent: string;
  readonly ip: string;
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

const AUTHENTICATED = 'system:authenticated';
const VERSION = 'v1.33.4';
const KUBECTL = `kubectl/${VERSION} (linux/amd64) kubernetes/4c1f3a8`;
const KUBECTL_MAC = `kubectl/${VERSION} (darwin/arm64) kubernetes/4c1f3a8`;

const component = (name: string, ip: string): Actor => ({
  username: `system:${name}`,
  groups: [AUTHENTICATED],
  agent: `${name}/${VERSION} (linux/amd64) kubernetes/4c1f3a8`,
  ip,
});

const human = (username: string, team: string, ip: string, agent: string): Actor => ({
  username,
  groups: [`corp:${team}`, AUTHENTICATED],
  agent,
  ip,
});

/** A service account as the API server sees it, its token bound to a pod. */
export const serviceAccount = (namespace: string, name: string, agent: string, ip: string): Actor => ({
  username: `system:serviceaccount:${namespace}:${name}`,
  uid: `5a7c2d10-0000-4000-8000-${hash(`${namespace}/${name}`)}`,
  groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, AUTHENTICATED],
  agent,
  ip,
  extra: { 'authentication.kubernetes.io/pod-name': [`${name}-0`] },
});

/** Twelve hexadecimal digits that stay the same for the same text. */
function hash(text: string): string {
  let h = 0xcbf29ce484222325n;
  for (const character of text)
    h = ((h ^ BigInt(character.codePointAt(0) ?? 0)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return h.toString(16).padStart(16, '0').slice(0, 12);
}

export const nodes = ['node-a1', 'node-a2', 'node-b1', 'node-b2', 'node-c1', 'node-c2'] as const;

export const nodeActor = (node: string, index: number): Actor => ({
  username: `system:node:${node}`,
  groups: ['system:nodes', AUTHENTICATED],
  agent: `kubelet/${VERSION} (linux/amd64) kubernetes/4c1f3a8`,
  ip: `10.20.0.${11 + index}`,
});

export const actors = {
  scheduler: component('kube-scheduler', '10.20.0.5'),
  controllers: component('kube-controller-manager', '10.20.0.5'),
  anonymous: {
    username: 'system:anonymous',
    groups: ['system:unauthenticated'],
    agent: 'Go-http-client/1.1',
    ip: '10.20.0.90',
  },
  replicaSets: serviceAccount(
    'kube-system',
    'replicaset-controller',
    `kube-controller-manager/${VERSION} (linux/amd64) kubernetes/4c1f3a8/system:serviceaccount:kube-system:replicaset-controller`,
    '10.20.0.5',
  ),
  daemonSets: serviceAccount(
    'kube-system',
    'daemon-set-controller',
    `kube-controller-manager/${VERSION} (linux/amd64) kubernetes/4c1f3a8/system:serviceaccount:kube-system:daemon-set-controller`,
    '10.20.0.5',
  ),
  jobs: serviceAccount(
    'kube-system',
    'job-controller',
    `kube-controller-manager/${VERSION} (linux/amd64) kubernetes/4c1f3a8/system:serviceaccount:kube-system:job-controller`,
    '10.20.0.5',
  ),
  gitops: serviceAccount(
    'argocd',
    'argocd-application-controller',
    'argocd-application-controller/v3.1.1',
    '10.42.3.17',
  ),
  certificates: serviceAccount(
    'cert-manager',
    'cert-manager',
    'cert-manager-controller/v1.18.2 (linux/amd64)',
    '10.42.1.33',
  ),
  secretsOperator: serviceAccount(
    'external-secrets',
    'external-secrets',
    'external-secrets/v0.19.0',
    '10.42.2.41',
  ),
  metrics: serviceAccount('monitoring', 'prometheus', 'Prometheus/3.5.0', '10.42.4.12'),
  stateMetrics: serviceAccount(
    'monitoring',
    'kube-state-metrics',
    'kube-state-metrics/v2.16.0',
    '10.42.4.19',
  ),
  backup: serviceAccount('velero', 'velero', 'velero-server/v1.16.2 (linux/amd64)', '10.42.5.8'),
  runner: serviceAccount('ci', 'gitlab-runner', 'gitlab-runner/18.2.0 (linux/amd64)', '10.42.6.20'),
  deployer: serviceAccount('ci', 'deployer', KUBECTL, '10.42.6.31'),
  ingress: serviceAccount(
    'ingress',
    'ingress-nginx',
    'nginx-ingress-controller/v1.13.0 (linux/amd64)',
    '10.42.1.9',
  ),
  alice: human('dev.alice@corp.example', 'developers', '198.51.100.23', KUBECTL_MAC),
  bob: human('dev.bob@corp.example', 'developers', '198.51.100.31', KUBECTL),
  carol: human('sre.carol@corp.example', 'sre', '198.51.100.12', KUBECTL_MAC),
  dave: human('sre.dave@corp.example', 'sre', '198.51.100.14', KUBECTL),
} as const satisfies Readonly<Record<string, Actor>>;

export interface Workload {
  readonly namespace: string;
  readonly name: string;
  readonly image: string;
  readonly replicas: number;
}

export const workloads: readonly Workload[] = [
  { namespace: 'shop', name: 'cart', image: 'registry.example/shop/cart:1.8.2', replicas: 3 },
  { namespace: 'shop', name: 'catalogue', image: 'registry.example/shop/catalogue:4.0.1', replicas: 4 },
  { namespace: 'shop', name: 'frontend', image: 'registry.example/shop/frontend:7.12.0', replicas: 4 },
  { namespace: 'payments', name: 'gateway', image: 'registry.example/payments/gateway:2.3.7', replicas: 2 },
  { namespace: 'payments', name: 'ledger', image: 'registry.example/payments/ledger:1.19.0', replicas: 2 },
  { namespace: 'data', name: 'cassandra', image: 'docker.io/library/cassandra:5.0', replicas: 3 },
  { namespace: 'monitoring', name: 'grafana', image: 'docker.io/grafana/grafana:12.1.0', replicas: 1 },
];

export const namespaces = [
  'shop',
  'payments',
  'data',
  'monitoring',
  'ci',
  'argocd',
  'ingress',
  'kube-system',
] as const;

/** A pod's name as a Deployment would make it. */
export const podName = (workload: Workload, random: Random): string =>
  `${workload.name}-${random.suffix(9)}-${random.suffix(5)}`;
