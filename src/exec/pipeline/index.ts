/** Pipelines of ES|QL over events. */
export { jsonOf } from './json.ts';
export { groupKeyText, Groups, keyPartText, keyParts, storedGroupText } from './groups.ts';
export type { GroupKey, Grouping, StoredGroup } from './groups.ts';
export { LateGroups } from './late-groups.ts';
export type { ArrayOrder } from './field.ts';
export { tracePipeline } from './trace.ts';
export type { TracedOperator } from './trace.ts';
export { localTable } from './table.ts';
export type { StoredRow } from './stored-row.ts';
export type { LocalTable } from './operator.ts';
export { necessaryCondition } from './necessary.ts';
export { preparePipeline, PreparedPipeline } from './pipeline.ts';
export type { ResultTable } from './pipeline.ts';
export { computedColumns } from './reads.ts';
export type { Counter, PipelineEvent, Row, RunContext } from './row.ts';
