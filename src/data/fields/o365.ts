/**
 * Microsoft 365 audit logs. Members is flattened; the limit of a mail rule's size is a keyword, so that a range over it
 * goes by text (kql §4.9, §7.3).
 */
import type { FieldTable } from './table.ts';

export const o365Fields: FieldTable = {
  types: {
    flattened: 'o365.audit.Members',
    keyword: 'o365.audit.Parameters.WithinSizeRangeMaximum o365.audit.Parameters.WithinSizeRangeMinimum',
  },
};
