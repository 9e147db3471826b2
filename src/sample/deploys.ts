/** How pods come to be on an ordinary day: releases by the GitOps controller and jobs of the CI runner. */
import type { JsonObject } from '../data/document.ts';
import type { ObjectReference, Request } from './audit.ts';
import type { Actor, Workload } from './cluster.ts';
import { actors, nodeActor, nodes, podName, workloads } from './cluster.ts';
import type { Random } from './random.ts';

const MINUTE = 60_000;

export const apps = (resource: string, namespace: string, name: string): ObjectReference => ({
  group: 'apps',
  resource,
  namespace,
  name,
});

/** A container as people write one, with nothing dangerous about it. */
const container = ({ name, image }: Workload): JsonObject => ({
  name,
  image,
  resources: { limits: { memory: '512Mi' } },
  securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: { drop: ['ALL'] } },
});

const podBody = (workload: Workload): JsonObject => ({
  kind: 'Pod',
  apiVersion: 'v1',
  metadata: { generateName: `${workload.name}-`, namespace: workload.namespace },
  spec: { serviceAccountName: workload.name, containers: [container(workload)], restartPolicy: 'Always' },
});

/** A new pod from its controller to its node. */
function rollOut(at: number, random: Random, workload: Workload, controller: Actor): Request[] {
  const name = podName(workload, random);
  const pod: ObjectReference = { resource: 'pods', namespace: workload.namespace, name };
  const node = random.between(0, nodes.length - 1);
  return [
    { at, actor: controller, verb: 'create', object: pod, body: podBody(workload) },
    { at: at + 40, actor: actors.scheduler, verb: 'create', object: { ...pod, subresource: 'binding' } },
    {
      at: at + 300,
      actor: nodeActor(nodes[node] ?? 'node-a1', node),
      verb: 'create',
      object: tokenOf(workload),
    },
    {
      at: at + 900,
      actor: actors.controllers,
      verb: 'create',
      object: { resource: 'events', namespace: workload.namespace },
    },
  ];
}

export const tokenOf = (workload: Workload): ObjectReference => ({
  resource: 'serviceaccounts',
  namespace: workload.namespace,
  name: workload.name,
  subresource: 'token',
});

/** One job of a pipeline: its credentials, its pod, the runner attached to it, and the clearing up. */
export function pipelineJob(at: number, random: Random): Request[] {
  const name = `runner-${random.suffix(8)}-project-${random.between(10, 40)}-concurrent-0-${random.suffix(6)}`;
  const pod: ObjectReference = { resource: 'pods', namespace: 'ci', name };
  const image = random.pick([
    'docker.io/library/node:24',
    'docker.io/library/golang:1.25',
    'gcr.io/kaniko-project/executor:v1.24.0',
  ]);
  const body = podBody({ namespace: 'ci', name: 'build', image, replicas: 1 });
  const runner = actors.runner;
  return [
    {
      at,
      actor: runner,
      verb: 'create',
      object: { resource: 'secrets', namespace: 'ci', name: `${name}-credentials` },
    },
    { at: at + 200, actor: runner, verb: 'create', object: pod, body },
    { at: at + 260, actor: actors.scheduler, verb: 'create', object: { ...pod, subresource: 'binding' } },
    ...[1, 2, 3, 4].map((n): Request => ({ at: at + 600 * n, actor: runner, verb: 'get', object: pod })),
    {
      at: at + 5_000,
      actor: runner,
      verb: 'create',
      object: { ...pod, subresource: 'attach' },
      query: 'container=build&stdin=true&stdout=true&stderr=true',
      takes: 3 * MINUTE,
    },
    {
      at: at + 6_000,
      actor: runner,
      verb: 'get',
      object: { ...pod, subresource: 'log' },
      query: 'container=build&follow=true',
      takes: 3 * MINUTE,
    },
    { at: at + 4 * MINUTE, actor: runner, verb: 'delete', object: pod },
    {
      at: at + 4 * MINUTE + 100,
      actor: runner,
      verb: 'delete',
      object: { resource: 'secrets', namespace: 'ci', name: `${name}-credentials` },
    },
  ];
}

/** A deployment by the GitOps controller, and the pods that follow from it. */
export function release(at: number, random: Random): Request[] {
  const workload = random.pick(workloads);
  const object = apps('deployments', workload.namespace, workload.name);
  const body = { spec: { template: { spec: { containers: [container(workload)] } } } };
  const pods = Array.from({ length: workload.replicas }, (_, i) =>
    rollOut(at + 2_000 + i * 9_000, random, workload, actors.replicaSets),
  );
  return [{ at, actor: actors.gitops, verb: 'patch', object, body }, ...pods.flat()];
}
