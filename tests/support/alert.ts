/** An alert of which only the id and the document matter. */
import type { JsonObject } from '../../src/data/document.ts';
import type { Alert } from '../../src/model/alert.ts';

export const alertWith = (id: string, document: JsonObject): Alert => ({
  id,
  ruleId: 'r',
  ruleName: 'A rule',
  severity: 'low',
  riskScore: 1,
  time: 0,
  entity: { actor: 'a', target: '' },
  reason: 'why',
  buildingBlock: false,
  sources: [],
  document,
});
