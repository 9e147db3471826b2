/** Azure: the flattened bodies of platform logs (AKS audit logs among them) and activity logs (kql §4.9). */
import type { FieldTable } from './table.ts';

export const azureFields: FieldTable = {
  types: { flattened: 'azure.activitylogs.properties azure.platformlogs.properties' },
};
