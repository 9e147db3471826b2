/** A Kubernetes API request as a sentence: who, with what and from where, did what to which object, with what result. */
import type { AuditEvent } from '../../audit-event.ts';
import { commandLine, name, program, singular, verbatim, withArticle, words } from '../wording.ts';

export const auditReason = (event: AuditEvent): string => `${who(event)} ${did(event)}: ${outcome(event)}`;

function who(event: AuditEvent): string {
  const user = event.user;
  const as = event.text('impersonatedUser.username');
  const agent = event.userAgent;
  const how = words(agent !== undefined && program(agent), from(event));
  return words(
    user === undefined ? 'an unauthenticated client' : name(user),
    as !== undefined && `as ${name(as)}`,
    how !== '' && `(${how})`,
  );
}

function from(event: AuditEvent): string {
  const addresses = event.addresses;
  const peer = addresses.at(-1);
  if (peer === undefined) return '';
  const claimed = addresses.slice(0, -1);
  return words(
    `from ${name(peer)}`,
    claimed.length > 0 && `claiming to forward for ${name(claimed.join(', '))}`,
  );
}

function did(event: AuditEvent): string {
  const verb = event.text('verb') ?? '';
  const resource = event.text('objectRef.resource');
  if (resource === undefined) return `sent ${name(verb)} ${name(path(event), 80)}`;
  const subresource = event.text('objectRef.subresource');
  const object = objectName(event, resource);
  const special = subresource === undefined ? undefined : SUBRESOURCES.get(subresource)?.(object, event);
  if (special !== undefined) return special;
  return words(
    VERBS.get(verb) ?? `did ${name(verb)} on`,
    subresource !== undefined && `${name(subresource)} of`,
    verb === 'list' || verb === 'watch' || verb === 'deletecollection'
      ? collectionName(event, resource)
      : object,
  );
}

const VERBS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    get: 'read',
    list: 'listed',
    watch: 'watched',
    create: 'created',
    update: 'replaced',
    patch: 'changed',
    delete: 'deleted',
    deletecollection: 'deleted all',
  }),
);

type Special = (object: string, event: AuditEvent) => string | undefined;

/** Requests whose subresource says more than their verb does. */
const SUBRESOURCES: ReadonlyMap<string, Special> = new Map(
  Object.entries<Special>({
    exec: (object, event) => words('ran', commandOf(event), 'in', object, containerOf(event)),
    attach: (object, event) => words('attached to', object, containerOf(event)),
    portforward: (object) => `forwarded a port to ${object}`,
    log: (object, event) => words('read the log of', object, containerOf(event)),
    proxy: (object) => `sent a request through ${object}`,
    ephemeralcontainers: (object) => `changed the ephemeral containers of ${object}`,
    eviction: (object) => `evicted ${object}`,
    binding: (object) => `bound ${object} to a node`,
    token: (object, event) =>
      event.text('verb') === 'create' ? `requested a token for ${object}` : undefined,
    approval: (object) => `decided on ${object}`,
  }),
);

function objectName(event: AuditEvent, resource: string): string {
  const object = event.text('objectRef.name');
  const namespace = event.text('objectRef.namespace');
  const kind = name(singular(resource));
  if (object === undefined)
    return words(withArticle(kind), namespace !== undefined && `in ${name(namespace)}`);
  return `${kind} ${namespace === undefined ? '' : `${name(namespace)}/`}${name(object)}`;
}

function collectionName(event: AuditEvent, resource: string): string {
  const namespace = event.text('objectRef.namespace');
  const object = event.text('objectRef.name');
  if (object !== undefined) return objectName(event, resource);
  return words(name(resource), namespace === undefined ? 'of the whole cluster' : `in ${name(namespace)}`);
}

function outcome(event: AuditEvent): string {
  const code = event.text('responseStatus.code');
  const reason = event.text('responseStatus.reason');
  const detail = words(code, reason !== undefined && name(reason, 40));
  return words(judgement(event, Number(code ?? Number.NaN)), detail !== '' && `(${detail})`);
}

/** The authoriser's word first, then the code: an allowed request can still fail (kubernetes §8.5). */
function judgement(event: AuditEvent, code: number): string {
  const { decision } = event;
  if (decision === 'forbid' || code === 403) return 'forbidden';
  if (code === 401) return 'not authenticated';
  if (code >= 400) return decision === 'allow' ? 'allowed but failed' : 'failed';
  if (decision === 'allow') return 'allowed';
  return Number.isNaN(code) ? 'not yet answered' : 'answered';
}

function commandOf(event: AuditEvent): string {
  const command = parameters(event, 'command');
  return command.length === 0 ? 'a command' : verbatim(commandLine(command), 90);
}

function containerOf(event: AuditEvent): string {
  const [container] = parameters(event, 'container');
  return container === undefined ? '' : `(container ${name(container)})`;
}

const uri = (event: AuditEvent): string => event.text('requestURI') ?? '';
const path = (event: AuditEvent): string => uri(event).split('?', 1)[0] ?? '';

/** The values of a parameter of the request's URI, in order, decoded as far as they can be. */
function parameters(event: AuditEvent, wanted: string): string[] {
  const query = uri(event).split('?').slice(1).join('?');
  return query
    .split('&')
    .filter((pair) => pair.startsWith(`${wanted}=`))
    .map((pair) => decoded(pair.slice(wanted.length + 1)));
}

function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
