/** What a process did, on a host or in a container: started, ended, touched a file, opened a connection. */
import type { JsonObject } from '../../../data/document.ts';
import { firstText, textAt, textsAt } from '../read.ts';
import { commandLine, name, verbatim, words } from '../wording.ts';
import { place, userOf } from '../place.ts';

const has = (document: JsonObject, category: string): boolean =>
  textsAt(document, 'event.category').includes(category);

export const isFile = (document: JsonObject): boolean =>
  has(document, 'file') && textAt(document, 'file.path') !== undefined;

export const isNetwork = (document: JsonObject): boolean =>
  has(document, 'network') && processName(document) !== undefined;

export const isProcess = (document: JsonObject): boolean =>
  processName(document) !== undefined &&
  (has(document, 'process') || textsAt(document, 'event.category').length === 0);

export function processReason(document: JsonObject): string {
  const args = textsAt(document, 'process.args');
  const line = textAt(document, 'process.command_line') ?? commandLine(args);
  const parent = firstText(document, 'process.parent.name', 'process.parent.executable');
  return words(
    user(document) ?? 'an unknown user',
    PROCESS_VERBS.get(what(document)) ?? 'ran',
    verbatim(line === '' ? (processName(document) ?? '') : line, 110),
    parent !== undefined && `under ${name(parent)}`,
    place(document),
  );
}

export function fileReason(document: JsonObject): string {
  const path = textAt(document, 'file.path') ?? '';
  const before = textAt(document, 'file.Ext.original.path');
  return words(
    actor(document),
    FILE_VERBS.get(what(document)) ?? 'touched',
    before !== undefined && `${name(before, 80)} to`,
    name(path, 100),
    place(document),
  );
}

export function networkReason(document: JsonObject): string {
  const to = firstText(document, 'destination.domain', 'dns.question.name', 'destination.ip');
  const port = textAt(document, 'destination.port');
  return words(
    actor(document),
    what(document) === 'lookup_requested' ? 'looked up' : 'talked',
    to !== undefined && `${textAt(document, 'dns.question.name') === to ? '' : 'to '}${name(to, 80)}`,
    port !== undefined && `port ${name(port)}`,
    place(document),
  );
}

/** Actions as agents write them, and event types for those that write no action. */
const PROCESS_VERBS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    end: 'ended',
    fork: 'forked',
  }),
);

const FILE_VERBS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    creation: 'created',
    modification: 'changed',
    change: 'changed',
    overwrite: 'overwrote',
    deletion: 'deleted',
    rename: 'renamed',
    link: 'linked',
    open: 'opened',
    access: 'read',
  }),
);

const what = (document: JsonObject): string => firstText(document, 'event.action', 'event.type') ?? '';

const processName = (document: JsonObject): string | undefined =>
  firstText(document, 'process.name', 'process.executable');

function user(document: JsonObject): string | undefined {
  const known = userOf(document);
  if (known !== undefined) return name(known);
  const id = textAt(document, 'user.id');
  return id === undefined ? undefined : id === '0' ? 'root' : `user ${name(id)}`;
}

/** `sh (root)`: the program, and for whom it ran. */
function actor(document: JsonObject): string {
  const program = processName(document);
  const whom = user(document);
  if (program === undefined) return whom ?? 'a process';
  return words(name(program), whom !== undefined && `(${whom})`);
}
