/** CloudTrail: the parts of requests and responses that the integration flattens (kql §4.9). */
import type { FieldTable } from './table.ts';

export const awsFields: FieldTable = {
  types: {
    flattened: `
      aws.cloudtrail.flattened
      aws.cloudtrail.flattened.additional_eventdata aws.cloudtrail.flattened.request_parameters
      aws.cloudtrail.flattened.response_elements aws.cloudtrail.flattened.service_event_details`,
    keyword: `
      aws.cloudtrail.additional_eventdata aws.cloudtrail.error_code aws.cloudtrail.request_parameters
      aws.cloudtrail.response_elements aws.cloudtrail.user_identity.access_key_id
      aws.cloudtrail.user_identity.arn aws.cloudtrail.user_identity.invoked_by
      aws.cloudtrail.user_identity.type`,
    boolean: 'aws.cloudtrail.console_login.additional_eventdata.mfa_used',
  },
};
