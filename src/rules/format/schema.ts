export type RuleDocument = never; // placeholder until rules/format lands
