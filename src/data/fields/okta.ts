/** Okta's system log (kql §4.9). */
import type { FieldTable } from './table.ts';

export const oktaFields: FieldTable = {
  types: {
    flattened: 'okta.debug_context.debug_data.flattened',
    boolean: 'okta.security_context.is_proxy',
  },
};
