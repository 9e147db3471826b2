/** A candidate that no language model has confirmed (esql §1.7): shown, and never more than low. */
import { isObject } from '../../data/document.ts';
import type { Alert } from '../../model/alert.ts';

const SEVERITY = 'low';
const RISK_SCORE = 21;

export function asLead(alert: Alert): Alert {
  const { winnow } = alert.document;
  return {
    ...alert,
    severity: SEVERITY,
    riskScore: RISK_SCORE,
    lead: true,
    document: {
      ...alert.document,
      'kibana.alert.severity': SEVERITY,
      'kibana.alert.risk_score': RISK_SCORE,
      winnow: { ...(isObject(winnow) ? winnow : {}), lead: true },
    },
  };
}
