/** A Kubernetes API request as a sentence: who, with what and from where, did what to which object, with what result. */
import type { JsonObject } from '../../../data/document.ts';
import { firstText, textAt, textsAt } from '../read.ts';
import { commandLine, name, program, singular, verbatim, words } from '../wording.ts';

const AUDIT = 'kubernetes.audit.';

export const isAudit = (document: JsonObject): boolean => textAt(document, `${AUDIT}verb`) !== undefined;

export const auditReason = (document: JsonObject): string =>
  `${who(document)} ${did(document)}: ${outcome(document)}`;

function who(document: JsonObject): string {
  const user = firstText(document, 'user.name', `${AUDIT}user.username`);
  const as = textAt(document, `${AUDIT}impersonatedUser.username`);
  const agent = firstText(document, 'user_agent.original', `${AUDIT}userAgent`);
  const how = words(agent !== undefined && program(agent), from(document));
  return words(
    user === undefined ? 'an unauthenticated client' : name(user),
    as !== undefined && `as ${name(as)}`,
    how !== '' && `(${how})`,
  );
}

/** Only the last address was seen by the API server; whatever stands before it, the client claims (kubernetes §1.1). */
function from(document: JsonObject): string {
  const audited = textsAt(document, `${AUDIT}sourceIPs`);
  const addresses = audited.length > 0 ? audited : textsAt(document, 'source.ip');
  const peer = addresses.at(-1);
  if (peer === undefined) return '';
  const claimed = addresses.slice(0, -1);
  return words(
    `from ${name(peer)}`,
    claimed.length > 0 && `claiming to forward for ${name(claimed.join(', '))}`,
  );
}

function did(document: JsonObject): string {
  const verb = textAt(document, `${AUDIT}verb`) ?? '';
  const resource = textAt(document, `${AUDIT}objectRef.resource`);
  if (resource === undefined) return `sent ${name(verb)} ${name(path(document), 80)}`;
  const subresource = textAt(document, `${AUDIT}objectRef.subresource`);
  const object = objectName(document, resource);
  const special = subresource === undefined ? undefined : SUBRESOURCES[subresource]?.(object, document);
  if (special !== undefined) return special;
  return words(
    VERBS[verb] ?? `did ${name(verb)} on`,
    subresource !== undefined && `${name(subresource)} of`,
    verb === 'list' || verb === 'watch' || verb === 'deletecollection'
      ? collectionName(document, resource)
      : object,
  );
}

const VERBS: Readonly<Record<string, string>> = {
  get: 'read',
  list: 'listed',
  watch: 'watched',
  create: 'created',
  update: 'replaced',
  patch: 'changed',
  delete: 'deleted',
  deletecollection: 'deleted all',
};

/** Requests whose subresource says more than their verb does. */
const SUBRESOURCES: Readonly<Record<string, (object: string, document: JsonObject) => string | undefined>> = {
  exec: (object, document) => words('ran', commandOf(document), 'in', object, containerOf(document)),
  attach: (object, document) => words('attached to', object, containerOf(document)),
  portforward: (object) => `forwarded a port to ${object}`,
  log: (object, document) => words('read the log of', object, containerOf(document)),
  proxy: (object) => `sent a request through ${object}`,
  ephemeralcontainers: (object) => `changed the ephemeral containers of ${object}`,
  eviction: (object) => `evicted ${object}`,
  binding: (object) => `bound ${object} to a node`,
  token: (object, document) =>
    textAt(document, `${AUDIT}verb`) === 'create' ? `requested a token for ${object}` : undefined,
  approval: (object) => `decided on ${object}`,
};

function objectName(document: JsonObject, resource: string): string {
  const object = textAt(document, `${AUDIT}objectRef.name`);
  const namespace = textAt(document, `${AUDIT}objectRef.namespace`);
  const kind = name(singular(resource));
  if (object === undefined) return words('a', kind, namespace !== undefined && `in ${name(namespace)}`);
  return `${kind} ${namespace === undefined ? '' : `${name(namespace)}/`}${name(object)}`;
}

function collectionName(document: JsonObject, resource: string): string {
  const namespace = textAt(document, `${AUDIT}objectRef.namespace`);
  const object = textAt(document, `${AUDIT}objectRef.name`);
  if (object !== undefined) return objectName(document, resource);
  return words(name(resource), namespace === undefined ? 'of the whole cluster' : `in ${name(namespace)}`);
}

function outcome(document: JsonObject): string {
  const code = textAt(document, `${AUDIT}responseStatus.code`);
  const reason = textAt(document, `${AUDIT}responseStatus.reason`);
  const detail = words(code, reason !== undefined && name(reason, 40));
  return words(judgement(document, Number(code ?? Number.NaN)), detail !== '' && `(${detail})`);
}

/** The authoriser's word first, then the code: an allowed request can still fail (kubernetes §8.5). */
function judgement(document: JsonObject, code: number): string {
  const decision = textAt(document, `${AUDIT}annotations.authorization_k8s_io/decision`);
  if (decision === 'forbid' || code === 403) return 'forbidden';
  if (code === 401) return 'not authenticated';
  if (code >= 400) return decision === 'allow' ? 'allowed but failed' : 'failed';
  if (decision === 'allow') return 'allowed';
  return Number.isNaN(code) ? 'not yet answered' : 'answered';
}

function commandOf(document: JsonObject): string {
  const command = parameters(document, 'command');
  return command.length === 0 ? 'a command' : verbatim(commandLine(command), 90);
}

function containerOf(document: JsonObject): string {
  const [container] = parameters(document, 'container');
  return container === undefined ? '' : `(container ${name(container)})`;
}

const uri = (document: JsonObject): string => textAt(document, `${AUDIT}requestURI`) ?? '';
const path = (document: JsonObject): string => uri(document).split('?', 1)[0] ?? '';

/** The values of a parameter of the request's URI, in order, decoded as far as they can be. */
function parameters(document: JsonObject, wanted: string): string[] {
  const query = uri(document).split('?').slice(1).join('?');
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
