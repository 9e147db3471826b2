/** Elastic's TOML files of exceptions: containers with their items, and the rules that they are for (engine A7). */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { failure, success } from '../../base/result.ts';
import type { Source } from '../../base/source.ts';
import { Cursor } from '../format/cursor.ts';
import { parseToml } from '../format/toml.ts';
import { exceptionCodes } from './common.ts';
import { readContainer, readItem } from './elastic.ts';
import type { ExceptionFile, ExceptionList, RuleChoice } from './model.ts';

const FILE_KEYS = ['metadata', 'exceptions'];
const METADATA_KEYS =
  'creation_date updated_date list_name rule_ids rule_names maturity min_stack_version comments'.split(' ');

/** Fails with RULE001 for bad TOML and EXC002 for a file without exceptions; what else is wrong comes with the value. */
export function readElasticToml(source: Source): Result<ExceptionFile> {
  const parsed = parseToml(source);
  if (!parsed.ok) return parsed;
  if (!('exceptions' in parsed.value.value))
    return failure(diagnostic('EXC002', 'the file has no [[exceptions]]', { source }));
  const diagnostics: Diagnostic[] = [];
  const file = Cursor.over(parsed.value, exceptionCodes, diagnostics);
  file.table(FILE_KEYS);
  const rules = rulesOf(file.child('metadata'));
  const lists = file
    .child('exceptions')
    .list()
    .flatMap((one) => readList(one, rules, diagnostics));
  return success({ lists, valueLists: [], diagnostics });
}

function rulesOf(metadata: Cursor): RuleChoice {
  metadata.table(METADATA_KEYS);
  return {
    all: false,
    ids: metadata.child('rule_ids').scalars(),
    names: metadata.child('rule_names').scalars(),
    tags: [],
  };
}

function readList(cursor: Cursor, rules: RuleChoice, found: readonly Diagnostic[]): ExceptionList[] {
  cursor.table(['container', 'items']);
  const container = cursor.child('container');
  if (!container.isSet) container.missing();
  const list = container.isSet ? readContainer(container) : undefined;
  const items = cursor
    .child('items')
    .list()
    .flatMap((item, position) => readItem(item, position, rules, found));
  return list === undefined ? [] : [{ ...list, items }];
}
