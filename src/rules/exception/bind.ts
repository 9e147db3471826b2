/** Which exceptions are for which rules (engine A7). */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import { didYouMean } from '../../base/typo.ts';
import type { Located } from '../format/cursor.ts';
import type { RuleFile } from '../format/rule-file.ts';
import { fits } from '../load/select.ts';
import type { Overlay } from '../overlay/model.ts';
import type { RuleException } from '../rule.ts';
import type { ExceptionSet, LoadedItem, LoadedList } from './load.ts';
import type { RuleChoice } from './model.ts';

/** A rule, and the overlay that may add lists to those that it names itself. */
export interface Bindable {
  readonly rule: RuleFile;
  readonly overlay?: Overlay;
}

export interface Bound {
  /** For each rule, in the same order. */
  readonly rules: readonly {
    readonly exceptions: readonly RuleException[];
    readonly diagnostics: readonly Diagnostic[];
  }[];
  /** About exceptions: EXC102, EXC103. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The agent's list, which Kibana's detection engine leaves out by this id. */
const ENDPOINT_LIST = 'endpoint_list';

const isForEndpoints = ({ listId, type }: Pick<LoadedList, 'listId' | 'type'>): boolean =>
  type === 'endpoint' || listId === ENDPOINT_LIST;

/** The exceptions of each rule: those whose lists it or its overlay names, and those that choose it themselves. */
export function bindExceptions(rules: readonly Bindable[], set: ExceptionSet): Bound {
  const lists = set.lists.filter((list) => !isForEndpoints(list));
  const used = new Set<LoadedItem>();
  const bound = rules.map((one) => {
    const items = lists.flatMap((list) =>
      list.items.filter(({ item }) => names(one, list.listId) || chooses(item.rules, one.rule)),
    );
    for (const item of items) used.add(item);
    const exceptions = items.map(({ exception }) => exception);
    return { exceptions, diagnostics: missingLists(one, set) };
  });
  const unused = lists.flatMap(({ items }) => items.filter((item) => !used.has(item)));
  const known = rules.flatMap(({ rule }) => [rule.document.rule.rule_id, rule.document.rule.name]);
  const forEndpoints = set.lists.filter(isForEndpoints).map(notForRules);
  return { rules: bound, diagnostics: [...forEndpoints, ...unused.map((item) => fitsNone(item, known))] };
}

const names = ({ rule, overlay }: Bindable, listId: string): boolean =>
  overlay?.lists.includes(listId) === true ||
  (rule.document.rule.exceptions_list ?? []).some((reference) => reference.list_id === listId);

function chooses({ all, ids, names, tags }: RuleChoice, { document }: RuleFile): boolean {
  const { rule_id: id, name, tags: own = [] } = document.rule;
  if (all || ids.includes(id)) return true;
  return names.some((word) => fits(word, [name])) || tags.some((word) => fits(word, own));
}

/** Lists that the rule names and that nobody gave. */
function missingLists({ rule, overlay }: Bindable, { lists }: ExceptionSet): Diagnostic[] {
  const given = new Set(lists.map(({ listId }) => listId));
  const { document, positions } = rule;
  const added = (overlay?.lists ?? []).filter((listId) => !given.has(listId));
  const named = (document.rule.exceptions_list ?? []).flatMap(({ list_id: listId, type }, index) => {
    const left = type === 'endpoint' || isForEndpoints({ listId, type: 'detection' });
    if (left || given.has(listId)) return [];
    const path = ['rule', 'exceptions_list', index, 'list_id'];
    const span = positions.value(path) ?? positions.nearest(path);
    return [missingList(listId, given, { source: positions.source, span })];
  });
  const place = overlay?.cursor.child('exceptions').place;
  return [...named, ...added.map((listId) => missingList(listId, given, place))];
}

function missingList(listId: string, given: Iterable<string>, place: Located | undefined): Diagnostic {
  const message = `the exception list "${listId}" was not given, so none of its items apply`;
  return diagnostic('EXC101', message, { ...place, hint: didYouMean(listId, given) });
}

const notForRules = ({ name, place }: LoadedList): Diagnostic =>
  diagnostic('EXC102', `"${name}" is a list for endpoints and excepts no alert of a rule`, place);

function fitsNone({ item }: LoadedItem, known: readonly string[]): Diagnostic {
  const { ids, names: words } = item.rules;
  const near = [...ids, ...words].map((word) => didYouMean(word, known)).find((hint) => hint !== undefined);
  return diagnostic('EXC103', `"${item.name}" fits none of the loaded rules`, { ...item.place, hint: near });
}
