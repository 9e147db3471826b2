/**
 * Falco's JSON alerts of system calls to cloud_defend documents (kubernetes §4.3). Falco tells only the fields that the
 * rule's output names, so any of them may be absent.
 */
import { isObject, type JsonObject } from '../../data/document.ts';
import type { Delivery } from '../delivery.ts';
import { type Fields, numberAt, objectAt, present, some, textAt, wordAt } from '../fields.ts';
import type { IngestOptions } from '../types.ts';
import { splitFalco } from './arguments.ts';
import { fileOf, frameOf, type RuntimeAction } from './process.ts';
import type { NormalisedEvent, SignedShape } from './shape.ts';
import { firstTime, isoText } from './time.ts';

export const falcoShape: SignedShape = {
  name: 'falco',
  fits: (record) => isObject(record.output_fields) && typeof record.rule === 'string',
  signs: ['output_fields'],
  normalise(record, delivery, options) {
    const fields = objectAt(record, 'output_fields') ?? {};
    const action = actionOf(record, fields);
    return action === undefined
      ? 'Falco alert that is neither process nor file'
      : [eventOf(record, fields, action, delivery, options)];
  },
  hasIdentity: () => true,
  keyedByContent: true,
};

const PROCESS_CALL = /^(?:execve|execveat|clone|clone3|fork|vfork)$/;
const FILE_CALL =
  /^(?:open|openat|openat2|creat|open_by_handle_at|unlink|unlinkat|rename|renameat|renameat2|link|linkat|mknod|mknodat)$/;

/** Without the name of the call, an alert that names a process is about that process. */
function actionOf(record: JsonObject, fields: JsonObject): RuntimeAction | undefined {
  const call = textAt(fields, 'evt.type');
  const source = textAt(record, 'source');
  if ((source !== undefined && source !== 'syscall') || textAt(fields, 'proc.name') === undefined)
    return undefined;
  if (call === undefined || PROCESS_CALL.test(call)) {
    const forked = call !== undefined && !call.startsWith('execve');
    return { category: 'process', type: 'start', action: forked ? 'fork' : 'exec' };
  }
  return FILE_CALL.test(call) && textAt(fields, 'fd.name') !== undefined
    ? fileAction(call, fields)
    : undefined;
}

function fileAction(call: string, fields: JsonObject): RuntimeAction {
  if (call.startsWith('unlink')) return { category: 'file', type: 'deletion', action: 'deletion' };
  if (call.startsWith('rename')) return { category: 'file', type: 'change', action: 'rename' };
  if (call.startsWith('link')) return { category: 'file', type: 'change', action: 'link' };
  const created =
    call === 'creat' || call.startsWith('mknod') || /O_CREAT/.test(textAt(fields, 'evt.arg.flags') ?? '');
  if (created) return { category: 'file', type: 'creation', action: 'creation' };
  return { category: 'file', type: 'change', action: 'open' };
}

function eventOf(
  record: JsonObject,
  fields: JsonObject,
  action: RuntimeAction,
  delivery: Delivery,
  options: IngestOptions,
): NormalisedEvent {
  const host = textAt(record, 'hostname');
  const time = firstTime(record.time, delivery.time);
  const user = wordAt(fields, 'user.uid');
  const path = action.category === 'file' ? textAt(fields, 'fd.name') : undefined;
  const document = present({
    '@timestamp': time === undefined ? undefined : isoText(record.time, time),
    ...frameOf(action),
    agent: { type: 'falco' },
    rule: { name: textAt(record, 'rule') },
    host: present({ name: host, hostname: host, os: { type: 'linux' } }),
    user: some({ id: user, name: textAt(fields, 'user.name') }),
    process: processOf(fields, host),
    file: path === undefined ? undefined : fileOf(path),
    container: containerOf(fields),
    orchestrator: orchestratorOf(fields, delivery.cluster ?? options.cluster),
  });
  const identity = [
    'falco',
    host,
    textAt(record, 'rule'),
    textAt(record, 'time'),
    wordAt(fields, 'proc.pid'),
    textAt(record, 'output'),
  ];
  return { document, time, identity };
}

function processOf(fields: JsonObject, host: string | undefined): Fields {
  const name = textAt(fields, 'proc.name');
  const terminal = fields['proc.tty'];
  const list = argumentsOf(fields, name);
  return present({
    name,
    executable: textAt(fields, 'proc.exepath'),
    args: list,
    args_count: list.length,
    command_line: textAt(fields, 'proc.cmdline'),
    pid: numberAt(fields, 'proc.pid'),
    entity_id: entityId(host, wordAt(fields, 'proc.pid'), wordAt(fields, 'proc.pid.ts')),
    working_directory: textAt(fields, 'proc.cwd'),
    interactive: terminal === undefined || terminal === null ? undefined : Number(terminal) !== 0,
    parent: parentOf(fields, host),
    entry_leader: entryLeader(fields),
  });
}

/** One field for each argument is exact; the joined text is the next best. argv[0] comes first (kubernetes §8.25). */
function argumentsOf(fields: JsonObject, name: string | undefined): string[] {
  const first = textAt(fields, 'proc.exe') ?? name;
  const listed = listedArguments(fields);
  const rest = listed.length > 0 ? listed : splitFalco(joinedArguments(fields, name), name);
  return first === undefined ? rest : [first, ...rest];
}

function listedArguments(fields: JsonObject): string[] {
  const numbered: (readonly [number, string])[] = [];
  for (const key of Object.keys(fields)) {
    const index = /^proc\.args\[(\d+)\]$/.exec(key)?.[1];
    const value = index === undefined ? undefined : textAt(fields, key);
    if (index !== undefined && value !== undefined) numbered.push([Number(index), value]);
  }
  return numbered.sort(([a], [b]) => a - b).map(([, value]) => value);
}

function joinedArguments(fields: JsonObject, name: string | undefined): string {
  const joined = textAt(fields, 'proc.args');
  if (joined !== undefined) return joined;
  const line = textAt(fields, 'proc.cmdline') ?? '';
  return name !== undefined && line.startsWith(name) ? line.slice(name.length).trimStart() : line;
}

function parentOf(fields: JsonObject, host: string | undefined): Fields | undefined {
  const line = textAt(fields, 'proc.pcmdline');
  return some({
    name: textAt(fields, 'proc.pname'),
    executable: textAt(fields, 'proc.pexepath'),
    args: line === undefined ? undefined : splitFalco(line, textAt(fields, 'proc.pname')),
    pid: numberAt(fields, 'proc.ppid'),
    entity_id: entityId(host, wordAt(fields, 'proc.ppid'), wordAt(fields, 'proc.ppid.ts')),
  });
}

const entityId = (
  host: string | undefined,
  pid: string | undefined,
  started: string | undefined,
): string | undefined =>
  pid === undefined || started === undefined ? undefined : `${host ?? ''}:${pid}:${started}`;

const containerIdOf = (fields: JsonObject): string | undefined => {
  const id = textAt(fields, 'container.full_id') ?? textAt(fields, 'container.id');
  return id === 'host' ? undefined : id;
};

/** Engines and shims that start the first process of a container, or of an exec into it. */
const STARTERS: ReadonlySet<string> = new Set(
  'runc containerd-shim containerd-shim-runc-v2 conmon crun docker-runc exe'.split(' '),
);

function entryLeader(fields: JsonObject): Fields | undefined {
  if (containerIdOf(fields) === undefined) return undefined;
  const first = wordAt(fields, 'proc.vpid') === '1' || STARTERS.has(textAt(fields, 'proc.pname') ?? '');
  return { same_as_process: first, entry_meta: { type: 'container' } };
}

function containerOf(fields: JsonObject): Fields | undefined {
  const id = containerIdOf(fields);
  if (id === undefined) return undefined;
  const tag = textAt(fields, 'container.image.tag');
  const privileged = wordAt(fields, 'container.privileged');
  return present({
    id,
    name: textAt(fields, 'container.name'),
    image: some({
      name: textAt(fields, 'container.image.repository'),
      tag: tag === undefined ? undefined : [tag],
    }),
    security_context: privileged === undefined ? undefined : { privileged: privileged === 'true' },
  });
}

function orchestratorOf(fields: JsonObject, cluster: string | undefined): Fields | undefined {
  const name = textAt(fields, 'k8s.pod.name');
  if (name === undefined) return undefined;
  return present({
    type: 'kubernetes',
    namespace: textAt(fields, 'k8s.ns.name'),
    resource: { type: 'pod', name },
    cluster: cluster === undefined ? undefined : { name: cluster },
  });
}
