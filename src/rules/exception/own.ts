/**
 * Winnow's own form of exceptions, in YAML. It reads like a sentence, and has no exception without somebody who answers
 * for it:
 *
 *     exceptions:
 *       - name: Backup reads secrets
 *         owner: storage@example.com
 *         reason: The nightly backup lists secrets in every namespace.
 *         expires: 2027-01-31
 *         rules: { tags: ["Domain: Kubernetes"] }
 *         when:
 *           user.name: system:serviceaccount:velero:velero
 *           source.ip: { in cidr: 10.0.0.0/8 }
 */
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { success } from '../../base/result.ts';
import type { Source } from '../../base/source.ts';
import { isObject } from '../../data/document.ts';
import { Cursor } from '../format/cursor.ts';
import { parseYaml } from '../format/yaml.ts';
import { exceptionCodes, expiryAt, unlessBroken } from './common.ts';
import type { ExceptionFile, ExceptionItem, RuleChoice, ValueList } from './model.ts';
import { noRules, osTypes } from './model.ts';
import { readConditions } from './own-conditions.ts';

const FILE_KEYS = ['list', 'name', 'rules', 'exceptions', 'value_lists'];
const ITEM_KEYS = ['id', 'name', 'owner', 'reason', 'expires', 'rules', 'os', 'when'];
const RULE_KEYS = ['ids', 'names', 'tags'];
const VALUE_LIST_KEYS = ['id', 'type', 'values'];

/** `stem` is the id of the list unless it names one. Fails with EXC001; what else is wrong comes with the value. */
export function readOwn(source: Source, stem: string): Result<ExceptionFile> {
  const parsed = parseYaml(source);
  if (!parsed.ok) return parsed;
  const diagnostics: Diagnostic[] = [];
  const file = Cursor.over(parsed.value, exceptionCodes, diagnostics);
  file.table(FILE_KEYS);
  const listId = file.child('list').text() ?? stem;
  const rules = rulesAt(file.child('rules'));
  const exceptions = file.child('exceptions');
  const items = exceptions.list().flatMap((item) => readItem(item, rules, diagnostics));
  const valueLists = file.child('value_lists').list().flatMap(readValueList);
  if (!exceptions.isSet && valueLists.length === 0) file.say('EXC002', 'the file has no "exceptions"');
  const list = { listId, name: file.child('name').text() ?? listId, type: 'detection', items } as const;
  const lists = exceptions.isSet ? [{ ...list, place: exceptions.keyPlace }] : [];
  return success({ lists, valueLists, diagnostics });
}

function readItem(cursor: Cursor, others: RuleChoice, found: readonly Diagnostic[]): ExceptionItem[] {
  return unlessBroken(found, () => {
    if (!isObject(cursor.value)) cursor.wrong('an exception with name, owner, reason and when');
    cursor.table(ITEM_KEYS);
    const name = cursor.child('name').needText() ?? '';
    const expires = expiryAt(cursor.child('expires'));
    const when = cursor.child('when');
    if (!when.isSet) when.missing('write the conditions as "field: value"');
    return {
      id: cursor.child('id').text() ?? name,
      name,
      owner: cursor.child('owner').needText() ?? '',
      reason: cursor.child('reason').needText() ?? '',
      ...(expires === undefined ? {} : { expires }),
      osTypes: cursor
        .child('os')
        .oneOrMore()
        .flatMap((one) => one.choice(osTypes) ?? []),
      rules: cursor.child('rules').isSet ? rulesAt(cursor.child('rules')) : others,
      entries: readConditions(when),
      place: cursor.child('name').place,
    };
  });
}

/** `all`, or the ids, names and tags of rules. */
function rulesAt(cursor: Cursor): RuleChoice {
  if (!cursor.isSet) return noRules;
  if (cursor.value === 'all') return { ...noRules, all: true };
  if (!isObject(cursor.value)) {
    cursor.wrong('all, or a table with ids, names or tags');
    return noRules;
  }
  cursor.table(RULE_KEYS);
  const words = (key: string): string[] => cursor.child(key).scalars();
  return { all: false, ids: words('ids'), names: words('names'), tags: words('tags') };
}

function readValueList(cursor: Cursor): ValueList[] {
  cursor.table(VALUE_LIST_KEYS);
  const id = cursor.child('id').needText();
  const type = cursor.child('type').text();
  const values = cursor.child('values');
  if (!values.isSet) values.missing();
  const listed = values
    .oneOrMore()
    .flatMap((value) => (value.isSet ? [{ text: value.scalar() ?? '', place: value.place }] : []));
  return id === undefined ? [] : [{ id, ...(type === undefined ? {} : { type }), values: listed }];
}
