/**
 * Who says what a field says (false-positives §3.4). What the platform asserts cannot be forged by whoever sends a
 * request; what a request carries can. A field that does not stand here has no grade, and a profile cannot use it.
 */
import type { Grade } from './model.ts';

export interface Trust {
  readonly grade: Grade;
  readonly reason: string;
}

interface Entry extends Trust {
  /** Names, and for all fields below a path its name with `.*`. */
  readonly fields: string;
}

const table: readonly Entry[] = [
  {
    fields: `data_stream.dataset data_stream.type event.dataset event.module event.provider event.kind
      event.category event.type agent.type`,
    grade: 'A',
    reason: 'set by the collector that read the event',
  },
  {
    fields: `user.name user.id user.domain kubernetes.audit.user.username kubernetes.audit.user.uid
      kubernetes.audit.user.groups kubernetes.audit.user.extra.*`,
    grade: 'A',
    reason: 'the identity that was authenticated',
  },
  {
    fields: `event.action event.outcome kubernetes.audit.verb kubernetes.audit.stage kubernetes.audit.level
      kubernetes.audit.objectRef.resource kubernetes.audit.objectRef.subresource
      kubernetes.audit.objectRef.apiGroup kubernetes.audit.objectRef.apiVersion orchestrator.resource.type`,
    grade: 'A',
    reason: 'what was really done: to ask for something else is to do something else',
  },
  {
    fields: `kubernetes.audit.annotations.authorization_k8s_io/decision
      kubernetes.audit.annotations.authorization_k8s_io/reason kubernetes.audit.responseStatus.code`,
    grade: 'A',
    reason: 'the API server’s own decision',
  },
  {
    fields: `kubernetes.audit.impersonatedUser.username kubernetes.audit.impersonatedUser.groups`,
    grade: 'B',
    reason: 'chosen by the caller among the identities that it may take on',
  },
  {
    fields: `kubernetes.audit.objectRef.namespace orchestrator.namespace orchestrator.cluster.name`,
    grade: 'B',
    reason: 'asserted by the platform, and shared by everything that lives there',
  },
  {
    fields: 'kubernetes.audit.objectRef.name orchestrator.resource.name orchestrator.resource.label',
    grade: 'D',
    reason: 'a name or label that whoever makes the object chooses',
  },
  {
    fields: 'kubernetes.audit.requestURI url.path url.original',
    grade: 'D',
    reason: 'the path and the query string are what the client writes',
  },
  {
    fields: 'user_agent.original kubernetes.audit.userAgent',
    grade: 'D',
    reason: 'the client writes its own user agent',
  },
  {
    fields: 'source.ip client.ip kubernetes.audit.sourceIPs',
    grade: 'D',
    reason: 'may hold addresses from X-Forwarded-For, which the client writes',
  },
  {
    fields: 'kubernetes.audit.requestObject.*',
    grade: 'C',
    reason: 'chosen by the requester, and takes effect as written',
  },
  {
    fields: `container.id host.os.type host.id container.security_context.privileged
      process.entry_leader.entry_meta.type process.entry_leader.same_as_process process.thread.capabilities.*`,
    grade: 'A',
    reason: 'a fact of the kernel or of the container runtime',
  },
  {
    fields: `process.interactive process.parent.interactive process.entry_leader.interactive`,
    grade: 'B',
    reason: 'a fact of the kernel, but whoever starts a process chooses whether it gets a terminal',
  },
  {
    fields: 'container.image.name container.image.hash.all',
    grade: 'C',
    reason: 'chosen by whoever makes the pod; the registry’s path or the digest ties it down',
  },
  {
    fields: 'container.name container.image.tag',
    grade: 'D',
    reason: 'a free text of whoever makes the pod; tags can be moved',
  },
  {
    fields: `process.executable process.parent.executable file.path`,
    grade: 'C',
    reason: 'the path of a file, which whoever may write there can replace',
  },
  {
    fields: `process.code_signature.subject_name process.code_signature.trusted process.hash.sha256`,
    grade: 'C',
    reason: 'ties the file to its maker, not to the use that is made of it',
  },
  {
    fields: `process.name process.args process.command_line process.working_directory process.parent.name
      process.parent.args process.parent.command_line file.name file.extension`,
    grade: 'D',
    reason: 'whoever starts a process names it and gives it its arguments',
  },
  {
    fields: `aws.cloudtrail.user_identity.type aws.cloudtrail.user_identity.invoked_by
      aws.cloudtrail.user_identity.session_context.session_issuer.arn`,
    grade: 'A',
    reason: 'the identity that AWS authenticated',
  },
  {
    fields: 'aws.cloudtrail.user_identity.arn',
    grade: 'D',
    reason: 'ends with the name of the session, which the caller chooses',
  },
  {
    fields: `okta.actor.type okta.actor.id okta.actor.alternate_id okta.outcome.result`,
    grade: 'A',
    reason: 'the identity that Okta authenticated, and what Okta decided',
  },
];

const exact = new Map<string, Trust>();
const below: (readonly [prefix: string, trust: Trust])[] = [];
for (const { fields, ...trust } of table)
  for (const name of fields.split(/\s+/))
    if (name.endsWith('.*')) below.push([name.slice(0, -1), trust]);
    else exact.set(name, trust);

/** Undefined for a field that nobody has looked at. */
export const trustOf = (field: string): Trust | undefined =>
  exact.get(field) ?? below.find(([prefix]) => field.startsWith(prefix))?.[1];

/** Every field and subtree (`name.*`) that has a grade, for hints and the reference. */
export const trustedFields = (): string[] => [...exact.keys(), ...below.map(([prefix]) => `${prefix}*`)];
