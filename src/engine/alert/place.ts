/** Who stands behind an event, on which resource of a cloud, and where it happened: pod, container or host. */
import type { JsonObject } from '../../data/document.ts';
import { firstText, textAt } from './read.ts';
import { name, words } from './wording.ts';

/** A name that people know; ids of users are left to those who know what kind they are. */
export const userOf = (document: JsonObject): string | undefined =>
  firstText(document, 'user.name', 'user.email', 'client.user.email');

/** What a cloud's audit log calls the thing that was acted on. */
export const resourceOf = (document: JsonObject): string | undefined =>
  textAt(document, 'gcp.audit.resource_name');

/** `shop/cart-7c9d`: the pod of a runtime event. */
export function podOf(document: JsonObject): string | undefined {
  const type = textAt(document, 'orchestrator.resource.type');
  const pod =
    textAt(document, 'kubernetes.pod.name') ??
    (type === undefined || type === 'pod' ? textAt(document, 'orchestrator.resource.name') : undefined);
  if (pod === undefined) return undefined;
  const namespace = firstText(document, 'kubernetes.namespace', 'orchestrator.namespace');
  return namespace === undefined ? pod : `${namespace}/${pod}`;
}

export const containerOf = (document: JsonObject): string | undefined =>
  textAt(document, 'container.name') ?? textAt(document, 'container.id')?.slice(0, 12);

export const hostOf = (document: JsonObject): string | undefined =>
  firstText(document, 'host.name', 'host.hostname', 'host.id');

/** `in container cart of pod shop/cart-7c9d`, `on node-a`, or nothing. */
export function place(document: JsonObject): string {
  const container = containerOf(document);
  const pod = podOf(document);
  const inside = words(
    container !== undefined && `container ${name(container)}`,
    container !== undefined && pod !== undefined && 'of',
    pod !== undefined && `pod ${name(pod, 90)}`,
  );
  if (inside !== '') return `in ${inside}`;
  const host = hostOf(document);
  return host === undefined ? '' : `on ${name(host)}`;
}
