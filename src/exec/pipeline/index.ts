/** Pipelines of ES|QL over events. */
export type { ArrayOrder } from './field.ts';
export { jsonOf } from './json.ts';
export { Groups, keyPartText } from './groups.ts';
export type { StoredGroup } from './groups.ts';
export { pipelineLimits } from './limits.ts';
export type { LocalTable } from './operator.ts';
export { necessaryCondition } from './necessary.ts';
export { preparePipeline, PreparedPipeline } from './pipeline.ts';
export type { PipelineOptions, ResultTable } from './pipeline.ts';
export { computedColumns } from './reads.ts';
export type { Counter, PipelineEvent, Row, RunContext } from './row.ts';
