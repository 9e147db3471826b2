/** Who acted and on what: what a person groups alerts by. */
import type { JsonObject } from '../../data/document.ts';
import type { Entity } from '../../model/alert.ts';
import { AuditEvent } from '../audit-event.ts';
import { containerOf, hostOf, podOf, resourceOf, userOf } from './place.ts';
import { firstText, textAt } from './read.ts';
import { anomalyEntity, isAnomaly } from './reason/anomaly.ts';

export function entityOf(document: JsonObject): Entity {
  const audited = AuditEvent.in(document);
  return audited === undefined ? otherEntity(document) : auditEntity(audited);
}

const auditEntity = (event: AuditEvent): Entity => ({
  actor: event.user ?? '(unauthenticated)',
  target: auditTarget(event),
});

/** `secrets/kube-system/token`, `pods/shop/cart/exec`, or the path of a request without an object. */
function auditTarget(event: AuditEvent): string {
  const object = (['resource', 'namespace', 'name', 'subresource'] as const).map((part) =>
    event.text(`objectRef.${part}`),
  );
  if (object[0] !== undefined) return object.filter((part) => part !== undefined).join('/');
  return event.text('requestURI')?.split('?', 1)[0] ?? '';
}

function otherEntity(document: JsonObject): Entity {
  const user = userOf(document);
  const where = podOf(document) ?? containerOf(document) ?? hostOf(document);
  const target =
    textAt(document, 'file.path') ??
    resourceOf(document) ??
    (user === undefined ? firstText(document, 'process.executable', 'process.name') : where);
  const anomaly = isAnomaly(document) ? anomalyEntity(document) : {};
  return {
    actor: user ?? anomaly.actor ?? where ?? '(unknown)',
    target: target ?? anomaly.target ?? '',
  };
}
