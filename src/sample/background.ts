/** An ordinary day: what components, controllers, tools and people do, benign look-alikes of attacks among it. */
import type { ObjectReference, Request } from './audit.ts';
import type { Actor } from './cluster.ts';
import { actors, namespaces, nodeActor, nodes, podName, workloads } from './cluster.ts';
import { apps, pipelineJob, release, tokenOf } from './deploys.ts';
import type { Random } from './random.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Something that happens again and again, all day or between two hours. */
interface Routine {
  readonly every: number;
  readonly from?: number;
  readonly until?: number;
  readonly does: (at: number, random: Random) => readonly Request[];
}

/** All requests of the day that are not part of the attack, in no particular order. */
export function backgroundRequests(random: Random): Request[] {
  return routines.flatMap(({ every, from = 0, until = DAY, does }) => {
    const times = Array.from(
      { length: Math.floor((until - from) / every) },
      (_, i) => from + (i + random.next()) * every,
    );
    return times.filter((at) => at < DAY - MINUTE).flatMap((at) => does(at, random));
  });
}

const read =
  (actor: Actor, verb: 'get' | 'list' | 'watch', object: ObjectReference) =>
  (at: number): Request => ({
    at,
    actor,
    verb,
    object,
    ...(verb === 'watch'
      ? { takes: 7 * MINUTE, query: 'allowWatchBookmarks=true&timeoutSeconds=420&watch=true' }
      : {}),
  });

const rbac = (resource: string): ObjectReference => ({ group: 'rbac.authorization.k8s.io', resource });

const watched: readonly ObjectReference[] = [
  { resource: 'pods' },
  { resource: 'services' },
  { resource: 'configmaps' },
  { resource: 'secrets' },
  { resource: 'nodes' },
  { resource: 'serviceaccounts' },
  { group: 'apps', resource: 'deployments' },
  { group: 'apps', resource: 'replicasets' },
  { group: 'batch', resource: 'jobs' },
  rbac('clusterroles'),
];

/** `kubectl exec`, as the WebSocket client of today sends it. */
export function execRequest(
  at: number,
  actor: Actor,
  pod: { readonly namespace: string; readonly name: string },
  container: string,
  command: readonly string[],
  interactive: boolean,
): Request {
  const words = command.map((word) => `command=${encodeURIComponent(word).replaceAll('%20', '+')}`).join('&');
  const streams = interactive ? 'stdin=true&stdout=true&tty=true' : 'stderr=true&stdout=true';
  return {
    at,
    actor,
    verb: 'get',
    object: { resource: 'pods', ...pod, subresource: 'exec' },
    query: `${words}&container=${container}&${streams}`,
    takes: interactive ? 4 * MINUTE : 900,
  };
}

/** A person looking around with kubectl: discovery, a list, and now and then a log. */
function lookAround(at: number, random: Random): Request[] {
  const actor = random.pick([actors.alice, actors.bob, actors.carol, actors.dave]);
  const workload = random.pick(workloads);
  const { namespace } = workload;
  const name = podName(workload, random);
  const looks: readonly Request[] = [
    { at, actor, verb: 'list', object: { resource: 'pods', namespace }, query: 'limit=500' },
    { at: at + 4_000, actor, verb: 'get', object: { resource: 'pods', namespace, name } },
    { at: at + 9_000, actor, verb: 'list', object: { resource: 'events', namespace }, query: 'limit=500' },
    { at: at + 15_000, actor, verb: 'get', object: apps('deployments', namespace, workload.name) },
    {
      at: at + 22_000,
      actor,
      verb: 'get',
      object: { resource: 'pods', namespace, name, subresource: 'log' },
      query: `container=${workload.name}&tailLines=200`,
      takes: 700,
    },
    {
      at: at + 60_000,
      actor,
      verb: 'get',
      object: { resource: 'configmaps', namespace, name: `${workload.name}-config` },
    },
  ];
  return looks.slice(0, random.between(2, looks.length));
}

function backup(at: number): Request[] {
  const resources = [
    'configmaps',
    'secrets',
    'serviceaccounts',
    'services',
    'persistentvolumeclaims',
    'pods',
    'endpoints',
    'limitranges',
  ];
  return namespaces.flatMap((namespace, n) =>
    resources.map((resource, r): Request => ({
      at: at + n * 9_000 + r * 800,
      actor: actors.backup,
      verb: 'list',
      object: { resource, namespace },
    })),
  );
}

const carolHelpsCassandra = (at: number): Request[] => [
  { at, actor: actors.carol, verb: 'list', object: { resource: 'pods', namespace: 'data' } },
  execRequest(
    at + 20_000,
    actors.carol,
    { namespace: 'data', name: 'cassandra-1' },
    'cassandra',
    ['nodetool', 'status'],
    false,
  ),
  execRequest(
    at + 90_000,
    actors.carol,
    { namespace: 'data', name: 'cassandra-1' },
    'cassandra',
    ['cat', '/var/log/cassandra/system.log'],
    false,
  ),
];

const aliceDebugsHerPod = (at: number, random: Random): Request[] => {
  const cart = workloads[0] ?? { namespace: 'shop', name: 'cart', image: '', replicas: 1 };
  return [
    execRequest(at, actors.alice, { namespace: 'shop', name: podName(cart, random) }, 'cart', ['sh'], true),
  ];
};

const daveForwardsGrafana = (at: number, random: Random): Request[] => [
  {
    at,
    actor: actors.dave,
    verb: 'get',
    object: {
      resource: 'pods',
      namespace: 'monitoring',
      name: `grafana-${random.suffix(9)}-${random.suffix(5)}`,
      subresource: 'portforward',
    },
    query: 'ports=3000',
    takes: 20 * MINUTE,
  },
];

/** The node exporter is rolled out again: a DaemonSet with host paths and the host's network, and it is meant to be so. */
const nodeExporter = (at: number): Request[] => [
  {
    at,
    actor: actors.gitops,
    verb: 'patch',
    object: apps('daemonsets', 'monitoring', 'node-exporter'),
    body: {
      spec: {
        template: {
          spec: {
            hostNetwork: true,
            hostPID: true,
            containers: [{ name: 'node-exporter', image: 'quay.io/prometheus/node-exporter:v1.9.1' }],
            volumes: [{ name: 'root', hostPath: { path: '/' } }],
          },
        },
      },
    },
  },
];

const tokenReview = (at: number): Request => ({
  at,
  actor: actors.stateMetrics,
  verb: 'create',
  object: { group: 'authentication.k8s.io', resource: 'tokenreviews' },
});

const routines: readonly Routine[] = [
  {
    every: 7 * MINUTE,
    does: (at) => watched.map((object, i) => read(actors.controllers, 'watch', object)(at + i * 900)),
  },
  {
    every: 12 * MINUTE,
    does: (at) =>
      watched.slice(0, 6).map((object, i) => read(actors.stateMetrics, 'list', object)(at + i * 300)),
  },
  { every: 3 * MINUTE, does: (at, r) => gitopsSync(at, r) },
  { every: 1 * MINUTE, does: (at) => [tokenReview(at)] },
  {
    every: 2 * MINUTE,
    does: (at) =>
      workloads.slice(0, 4).map((w, i) =>
        read(actors.controllers, 'get', {
          group: 'autoscaling',
          version: 'v2',
          resource: 'horizontalpodautoscalers',
          namespace: w.namespace,
          name: w.name,
        })(at + i * 50),
      ),
  },
  {
    every: 30 * MINUTE,
    does: (at) =>
      nodes.map((name, i): Request => ({
        at: at + i * 400,
        actor: actors.metrics,
        verb: 'get',
        object: { resource: 'nodes', name, subresource: 'proxy' },
        takes: 300,
      })),
  },
  {
    every: 20 * MINUTE,
    does: (at, r) =>
      nodes.map((node, i): Request => ({
        at: at + i * 700,
        actor: nodeActor(node, i),
        verb: 'create',
        object: tokenOf(r.pick(workloads)),
      })),
  },
  {
    every: 15 * MINUTE,
    does: (at) =>
      namespaces.map((namespace, i): Request => ({
        at: at + i * 250,
        actor: actors.secretsOperator,
        verb: 'update',
        object: { resource: 'secrets', namespace, name: 'registry-credentials' },
      })),
  },
  {
    every: 45 * MINUTE,
    does: (at) => [
      {
        at,
        actor: actors.certificates,
        verb: 'update',
        object: { resource: 'secrets', namespace: 'ingress', name: 'wildcard-tls' },
      },
    ],
  },
  {
    every: 90_000,
    does: (at) => [read(actors.ingress, 'list', { group: 'networking.k8s.io', resource: 'ingresses' })(at)],
  },
  { every: 5 * MINUTE, does: (at) => [{ at, actor: actors.anonymous, verb: 'get', path: '/version' }] },
  {
    every: 30_000,
    does: (at, r) => [
      {
        at,
        actor: actors.controllers,
        verb: 'create',
        object: { resource: 'events', namespace: r.pick(namespaces) },
      },
    ],
  },
  { every: 9 * MINUTE, from: 7 * HOUR, until: 20 * HOUR, does: pipelineJob },
  { every: 100_000, from: 8 * HOUR, until: 18 * HOUR, does: lookAround },
  { every: 50 * MINUTE, from: 9 * HOUR, until: 17 * HOUR, does: release },
  { every: DAY, from: 2 * HOUR, until: 26 * HOUR, does: () => backup(2 * HOUR + 5 * MINUTE) },
  { every: 3 * HOUR, from: 9 * HOUR, until: 18 * HOUR, does: carolHelpsCassandra },
  { every: 4 * HOUR, from: 9 * HOUR, until: 17 * HOUR, does: aliceDebugsHerPod },
  { every: 5 * HOUR, from: 10 * HOUR, until: 20 * HOUR, does: daveForwardsGrafana },
  { every: DAY, does: () => nodeExporter(11 * HOUR) },
];

function gitopsSync(at: number, random: Random): Request[] {
  const { namespace, name } = random.pick(workloads);
  const seen: readonly ObjectReference[] = [
    apps('deployments', namespace, name),
    { resource: 'services', namespace, name },
    { resource: 'configmaps', namespace, name: `${name}-config` },
    { resource: 'serviceaccounts', namespace, name },
    { group: 'networking.k8s.io', resource: 'ingresses', namespace, name },
  ];
  return seen.map((object, i) => read(actors.gitops, 'get', object)(at + i * 120));
}
