/** Tetragon's JSON export to cloud_defend documents (kubernetes §4.2). What Tetragon does not know stays absent. */
import { isObject, type JsonObject } from '../../data/document.ts';
import type { Delivery } from '../delivery.ts';
import {
  booleanAt,
  type Fields,
  listAt,
  numberAt,
  objectAt,
  present,
  some,
  textAt,
  wordAt,
} from '../fields.ts';
import type { IngestOptions } from '../types.ts';
import { splitTetragon } from './arguments.ts';
import { baseName, containerId, fileOf, frameOf, imageOf, type RuntimeAction, textsOf } from './process.ts';
import type { NormalisedEvent, SignedShape } from './shape.ts';
import { firstTime, isoText } from './time.ts';

export const tetragonShape: SignedShape = {
  name: 'tetragon',
  fits: (record) => kindOf(record) !== undefined,
  signs: ['process_*'],
  normalise(record, delivery, options) {
    const kind = kindOf(record);
    const body = kind === undefined ? undefined : objectAt(record, kind);
    if (kind === undefined || body === undefined) return OTHER;
    const action = actionOf(kind, body);
    return typeof action === 'string' ? action : [eventOf(record, body, action, delivery, options)];
  },
  hasIdentity: () => true,
  keyedByContent: true,
};

const OTHER = 'Tetragon event that is neither process nor file';

/** The kind of the event is its first field's name; most have a process, and all have the node. */
function kindOf(record: JsonObject): string | undefined {
  for (const key in record) {
    const body = key.startsWith('process_') ? objectAt(record, key) : undefined;
    if (body !== undefined && (isObject(body.process) || typeof record.node_name === 'string')) return key;
  }
  return undefined;
}

interface Action extends RuntimeAction {
  /** The path of a file event. */
  readonly path?: string;
  readonly access?: 'read' | 'write';
}

/** What happened, or the reason why it is left out. */
function actionOf(kind: string, body: JsonObject): Action | string {
  if (kind === 'process_exec') {
    const inventory = /\bprocFS\b/.test(textAt(objectAt(body, 'process') ?? {}, 'flags') ?? '');
    return inventory ? 'Tetragon procFS inventory' : { category: 'process', type: 'start', action: 'exec' };
  }
  if (kind === 'process_exit') return { category: 'process', type: 'end', action: 'end' };
  if (!['process_kprobe', 'process_lsm', 'process_tracepoint'].includes(kind)) return OTHER;
  return fileAction(body);
}

/** Kernel functions that act on files, by what they do. */
const FILE_FUNCTIONS: Readonly<Record<string, Pick<RuntimeAction, 'action' | 'type'>>> = {
  security_path_unlink: { action: 'deletion', type: 'deletion' },
  security_inode_unlink: { action: 'deletion', type: 'deletion' },
  path_unlink: { action: 'deletion', type: 'deletion' },
  security_path_rename: { action: 'rename', type: 'change' },
  security_inode_rename: { action: 'rename', type: 'change' },
  path_rename: { action: 'rename', type: 'change' },
  security_path_truncate: { action: 'modification', type: 'change' },
  path_truncate: { action: 'modification', type: 'change' },
  security_inode_create: { action: 'creation', type: 'creation' },
  security_path_mknod: { action: 'creation', type: 'creation' },
  security_path_link: { action: 'link', type: 'change' },
  security_file_permission: { action: 'open', type: 'change' },
  file_permission: { action: 'open', type: 'change' },
  security_file_open: { action: 'open', type: 'change' },
  file_open: { action: 'open', type: 'change' },
  security_mmap_file: { action: 'open', type: 'change' },
  mmap_file: { action: 'open', type: 'change' },
  fd_install: { action: 'open', type: 'change' },
};

const MAY_WRITE = 2;
const MAY_READ = 4;

function fileAction(body: JsonObject): Action | string {
  const name = (textAt(body, 'function_name') ?? textAt(body, 'event') ?? '').replace(/^bpf_lsm_/, '');
  const known = Object.hasOwn(FILE_FUNCTIONS, name) ? FILE_FUNCTIONS[name] : undefined;
  const values = (listAt(body, 'args') ?? []).filter(isObject);
  const path = values.map((value) => filePath(value)).find((found) => found !== undefined);
  if (known === undefined || path === undefined) return OTHER;
  const mask = name.endsWith('file_permission')
    ? values.map((value) => numberAt(value, 'int_arg')).find(Number.isInteger)
    : undefined;
  const access = mask === undefined ? {} : accessOf(mask);
  const wrote = access.access === 'write';
  return { category: 'file', ...known, ...(wrote ? { action: 'modification' } : {}), path, ...access };
}

function accessOf(mask: number): { readonly access?: 'read' | 'write' } {
  if ((mask & MAY_WRITE) !== 0) return { access: 'write' };
  return (mask & MAY_READ) === 0 ? {} : { access: 'read' };
}

const filePath = (value: JsonObject): string | undefined =>
  textAt(objectAt(value, 'file_arg') ?? objectAt(value, 'path_arg') ?? {}, 'path');

function eventOf(
  record: JsonObject,
  body: JsonObject,
  action: Action,
  delivery: Delivery,
  options: IngestOptions,
): NormalisedEvent {
  const process = objectAt(body, 'process') ?? {};
  const stamp = record.time ?? process.start_time;
  const time = firstTime(record.time, process.start_time, delivery.time);
  const cluster = textAt(record, 'cluster_name') ?? delivery.cluster ?? options.cluster;
  const node = textAt(record, 'node_name');
  const user = wordAt(process, 'uid');
  const document = present({
    '@timestamp': time === undefined ? undefined : isoText(stamp, time),
    ...frameOf(action),
    agent: { type: 'tetragon' },
    host: present({ name: node, hostname: node, os: { type: 'linux' } }),
    user: user === undefined ? undefined : { id: user },
    process: wholeProcess(record, body, action),
    file: action.path === undefined ? undefined : fileOf(action.path),
    container: containerOf(process),
    orchestrator: orchestratorOf(objectAt(process, 'pod'), cluster),
    winnow: action.access === undefined ? undefined : { file_access: action.access },
  });
  const identity = [
    'tetragon',
    cluster,
    node,
    wordAt(process, 'exec_id'),
    action.action,
    String(time),
    action.path,
  ];
  return { document, time, identity };
}

function wholeProcess(record: JsonObject, body: JsonObject, action: Action): Fields {
  const process = objectAt(body, 'process') ?? {};
  const parent = objectAt(body, 'parent');
  const ended = action.type === 'end';
  return present({
    ...processOf(process),
    end: ended ? textAt(record, 'time') : undefined,
    exit_code: ended ? (numberAt(body, 'status') ?? 0) : undefined,
    parent: parent === undefined ? undefined : processOf(parent),
    entry_leader: entryLeader(process, parent),
  });
}

function processOf(process: JsonObject): Fields {
  const executable = textAt(process, 'binary');
  const name = executable === undefined ? undefined : baseName(executable);
  const text = textAt(process, 'arguments') ?? '';
  const user = wordAt(process, 'uid');
  const list = name === undefined ? undefined : [name, ...argumentsOf(text, executable)];
  return present({
    entity_id: textAt(process, 'exec_id'),
    pid: numberAt(process, 'pid'),
    name,
    executable,
    args: list,
    args_count: list?.length,
    command_line:
      executable === undefined ? undefined : [executable, text].filter((part) => part !== '').join(' '),
    working_directory: textAt(process, 'cwd'),
    start: textAt(process, 'start_time'),
    user: user === undefined ? undefined : { id: user },
    thread: capabilitiesOf(objectAt(process, 'cap')),
  });
}

/** Of a script, `binary` is the script, and the arguments begin with it once more. */
function argumentsOf(text: string, executable: string | undefined): string[] {
  const found = splitTetragon(text);
  return found[0] === executable ? found.slice(1) : found;
}

function capabilitiesOf(caps: JsonObject | undefined): Fields | undefined {
  if (caps === undefined) return undefined;
  const named = (key: string) => {
    const names = textsOf(listAt(caps, key) ?? []);
    return names.length === 0
      ? undefined
      : names.map((name) => (name.startsWith('CAP_') ? name : `CAP_${name}`));
  };
  const capabilities = some({ permitted: named('permitted'), effective: named('effective') });
  return capabilities === undefined ? undefined : { capabilities };
}

const containerIdOf = (process: JsonObject): string | undefined => {
  const id = textAt(objectAt(objectAt(process, 'pod') ?? {}, 'container') ?? {}, 'id');
  return id === undefined ? textAt(process, 'docker') : containerId(id);
};

/**
 * The first process of a container or of `kubectl exec` has its parent outside. That is as near as Tetragon's fields
 * come to an entry leader.
 */
function entryLeader(process: JsonObject, parent: JsonObject | undefined): Fields | undefined {
  if (containerIdOf(process) === undefined) return undefined;
  const inside = parent !== undefined && containerIdOf(parent) !== undefined;
  const executable = textAt(process, 'binary');
  return present({
    same_as_process: !inside,
    entry_meta: { type: 'container' },
    ...(inside
      ? {}
      : {
          entity_id: textAt(process, 'exec_id'),
          pid: numberAt(process, 'pid'),
          name: executable === undefined ? undefined : baseName(executable),
        }),
  });
}

function containerOf(process: JsonObject): Fields | undefined {
  const id = containerIdOf(process);
  if (id === undefined) return undefined;
  const container = objectAt(objectAt(process, 'pod') ?? {}, 'container') ?? {};
  const image = textAt(objectAt(container, 'image') ?? {}, 'name');
  const security = objectAt(container, 'security_context');
  return present({
    id,
    name: textAt(container, 'name'),
    image: image === undefined ? undefined : imageOf(image),
    security_context:
      security === undefined ? undefined : { privileged: booleanAt(security, 'privileged') ?? false },
  });
}

function orchestratorOf(pod: JsonObject | undefined, cluster: string | undefined): Fields | undefined {
  const name = pod && textAt(pod, 'name');
  if (pod === undefined || name === undefined) return undefined;
  const kind = textAt(pod, 'workload_kind');
  const labels = Object.entries(objectAt(pod, 'pod_labels') ?? {}).map(
    ([key, value]) => `${key}:${String(value)}`,
  );
  return present({
    type: 'kubernetes',
    namespace: textAt(pod, 'namespace'),
    resource: present({
      type: 'pod',
      name,
      parent: kind === undefined ? undefined : present({ type: kind, name: textAt(pod, 'workload') }),
      label: labels.length === 0 ? undefined : labels,
    }),
    cluster: cluster === undefined ? undefined : { name: cluster },
  });
}
