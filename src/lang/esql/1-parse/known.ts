/** What the language has and Winnow does not run, by name, with what to do instead; and words of other languages. */

/** Commands of ES|QL. */
export const NOT_RUN_COMMANDS: ReadonlyMap<string, string> = new Map([
  ['change_point', 'compare counts of two periods with STATS … WHERE'],
  ['explain', 'leave it out'],
  ['fork', 'write a rule for each branch, or one condition with OR'],
  ['fuse', 'sort by a value of your own'],
  ['highlight', 'leave it out'],
  ['insist_🐔', 'leave it out: fields without a mapping are read anyway'],
  ['limit_by', 'use STATS … BY with TOP or VALUES'],
  ['metrics', 'read events with FROM'],
  ['mmr', 'leave it out'],
  ['promql', 'read events with FROM'],
  ['registered_domain', 'cut the text with GROK or DISSECT'],
  ['rerank', 'sort by a value of your own'],
  ['sample', 'leave it out: a rule reads every event'],
  ['set', 'leave it out: fields without a mapping are read anyway'],
  ['show', 'read events with FROM'],
  ['ts', 'read events with FROM'],
  ['ts_info', 'read events with FROM'],
  ['metrics_info', 'read events with FROM'],
  ['uri_parts', 'cut the text with GROK or DISSECT'],
  ['user_agent', 'cut the text with GROK or DISSECT'],
]);

/** Words that begin a step in other languages. */
export const FOREIGN_COMMANDS: ReadonlyMap<string, string> = new Map([
  ['select', 'write KEEP for the columns, and FROM … first'],
  ['filter', 'write WHERE'],
  ['search', 'write WHERE, with KQL("…") for a query in KQL'],
  ['having', 'write WHERE behind STATS'],
  ['group', 'write STATS … BY'],
  ['order', 'write SORT'],
  ['head', 'write LIMIT'],
  ['tail', 'write SORT @timestamp DESC | LIMIT'],
  ['take', 'write LIMIT'],
  ['top', 'write SORT … DESC | LIMIT, or STATS TOP(…)'],
  ['project', 'write KEEP'],
  ['table', 'write KEEP'],
  ['fields', 'write KEEP'],
  ['extend', 'write EVAL'],
  ['summarize', 'write STATS'],
  ['rex', 'write GROK or DISSECT'],
  ['parse', 'write GROK or DISSECT'],
  ['expand', 'write MV_EXPAND'],
  ['mvexpand', 'write MV_EXPAND'],
  ['dedup', 'write STATS … BY'],
  ['distinct', 'write STATS … BY'],
  ['uniq', 'write STATS … BY'],
  ['join', 'write LOOKUP JOIN'],
  ['inlinestats', 'write INLINE STATS'],
  ['count', 'write STATS COUNT(*)'],
]);

/** Commands that people go on with; their words are no operators. */
const COMMANDS: ReadonlySet<string> = new Set([
  'where',
  'eval',
  'stats',
  'keep',
  'drop',
  'rename',
  'sort',
  'limit',
  'grok',
  'dissect',
  'mv_expand',
]);

/** What to do about the name of a command where none may stand; undefined for any other word. */
export const missingPipe = (word: string): string | undefined =>
  COMMANDS.has(word.toLowerCase()) ? `a pipe stands before a command: | ${word.toUpperCase()}` : undefined;
