/** Alerts as documents: rules may read other rules' alerts, also under the names of before version 8 (kql §5.3). */
import type { FieldTable } from './table.ts';

export const kibanaFields: FieldTable = {
  types: {
    keyword: `
      kibana.alert.rule.name kibana.alert.rule.rule_id kibana.alert.rule.tags[] kibana.alert.rule.type
      kibana.alert.rule.threat.tactic.id[] kibana.alert.rule.threat.tactic.name[] kibana.alert.severity
      kibana.alert.uuid kibana.alert.workflow_status`,
    long: 'kibana.alert.depth',
    double: 'kibana.alert.risk_score',
    date: 'kibana.alert.original_time kibana.alert.start',
  },
  aliases: {
    'signal.rule.name': 'kibana.alert.rule.name',
    'signal.rule.tags': 'kibana.alert.rule.tags',
    'signal.rule.threat.tactic.name': 'kibana.alert.rule.threat.tactic.name',
  },
};
