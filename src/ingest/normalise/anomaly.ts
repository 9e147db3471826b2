/**
 * Records of anomalies, as the machine learning jobs of Elasticsearch write them: read as they are, at their own time,
 * for the rules that wait for them (engine A5.8).
 */
import { checkDepth } from './prune.ts';
import { redactDocument } from './redact.ts';
import type { SignedShape } from './shape.ts';
import { timeOf } from './time.ts';

export const anomalyShape: SignedShape = {
  name: 'ml.anomaly',
  fits: ({ result_type, job_id }) => typeof job_id === 'string' && result_type === 'record',
  signs: ['job_id'],
  normalise(record, { index, id }) {
    checkDepth(record);
    redactDocument(record);
    const document = index === undefined ? record : { ...record, _index: index };
    return [{ document, time: timeOf(record.timestamp), identity: ['ml', index, id] }];
  },
  hasIdentity: () => true,
  keyedByContent: true,
};
