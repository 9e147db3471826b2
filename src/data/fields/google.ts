/** Google Cloud audit logs: labels, requests and responses are flattened (kql §4.9). */
import type { FieldTable } from './table.ts';

export const googleFields: FieldTable = {
  types: { flattened: 'gcp.audit.labels gcp.audit.request gcp.audit.response' },
};
