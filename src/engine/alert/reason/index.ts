/** The one sentence that says what happened. A request to the Kubernetes API tells itself; else the first kind of event that fits. */
import type { JsonObject } from '../../../data/document.ts';
import { AuditEvent } from '../../audit-event.ts';
import { clipped } from '../wording.ts';
import { anomalyReason, isAnomaly } from './anomaly.ts';
import { auditReason } from './audit.ts';
import { generalReason } from './general.ts';
import { fileReason, isFile, isNetwork, isProcess, networkReason, processReason } from './runtime.ts';

interface Telling {
  readonly fits: (document: JsonObject) => boolean;
  readonly tell: (document: JsonObject) => string;
}

const tellings: readonly Telling[] = [
  { fits: isAnomaly, tell: anomalyReason },
  { fits: isFile, tell: fileReason },
  { fits: isNetwork, tell: networkReason },
  { fits: isProcess, tell: processReason },
  { fits: () => true, tell: generalReason },
];

export const REASON_LIMIT = 240;

/** At most 240 characters in one line, with everything unprintable escaped. */
export function reasonOf(document: JsonObject): string {
  const audited = AuditEvent.in(document);
  if (audited !== undefined) return clipped(auditReason(audited), REASON_LIMIT);
  const telling = tellings.find(({ fits }) => fits(document));
  return clipped(telling?.tell(document) ?? '', REASON_LIMIT);
}
