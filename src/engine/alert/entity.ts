/** Who acted and on what: what a person groups alerts by. */
import type { JsonObject } from '../../data/document.ts';
import type { Entity } from '../../model/alert.ts';
import { containerOf, hostOf, podOf } from './place.ts';
import { firstText, textAt } from './read.ts';

export function entityOf(document: JsonObject): Entity {
  const audited = textAt(document, 'kubernetes.audit.verb') !== undefined;
  return audited ? auditEntity(document) : runtimeEntity(document);
}

function auditEntity(document: JsonObject): Entity {
  return {
    actor: firstText(document, 'user.name', 'kubernetes.audit.user.username') ?? '(unauthenticated)',
    target: auditTarget(document),
  };
}

/** `secrets/kube-system/token`, `pods/shop/cart/exec`, or the path of a request without an object. */
function auditTarget(document: JsonObject): string {
  const object = (['resource', 'namespace', 'name', 'subresource'] as const).map((part) =>
    textAt(document, `kubernetes.audit.objectRef.${part}`),
  );
  if (object[0] !== undefined) return object.filter((part) => part !== undefined).join('/');
  return textAt(document, 'kubernetes.audit.requestURI')?.split('?', 1)[0] ?? '';
}

function runtimeEntity(document: JsonObject): Entity {
  const user = textAt(document, 'user.name');
  const where = podOf(document) ?? containerOf(document) ?? hostOf(document);
  const file = textAt(document, 'file.path');
  const target =
    file ?? (user === undefined ? firstText(document, 'process.executable', 'process.name') : where);
  return { actor: user ?? where ?? '(unknown)', target: target ?? '' };
}
