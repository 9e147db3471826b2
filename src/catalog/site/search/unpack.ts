/** Search data back to what the search works on; of rules and behaviours only what it asks for. */
import type { BehaviourReference, SourceRule, Statement } from '../../model.ts';
import type { Searchable } from '../../search/answer.ts';
import { StatementSearch } from '../../search/answer.ts';
import { readRows } from '../../search/numbers.ts';
import type { PackedColumn, SearchData } from './search-data.ts';
import { listColumns } from './search-data.ts';

/** The same search as on the command line. */
export const searchOf = (data: SearchData): StatementSearch =>
  new StatementSearch(unpack(data), { own: data.ownIndex, rules: data.ruleIndex });

function unpack(data: SearchData): Searchable {
  const ofRules = readRows(data.rules.statements);
  const { statements, rules } = { statements: statementsOf(data, ofRules), rules: rulesOf(data, ofRules) };
  const at = data.as_of;
  return {
    as_of: at,
    statements,
    rules,
    behaviours: data.behaviours as readonly BehaviourReference[],
    changes: data.changes.map(([id, kind]) => ({ id, kind, at, title: '' })),
  };
}

function statementsOf(data: SearchData, ofRules: readonly (readonly number[])[]): Statement[] {
  const lists = listColumns.map((name) => [name, column(data.lists[name])] as const);
  const [roles, flags, clusters] = [column(data.roles), column(data.flags), column(data.clusters)];
  const rules = rulesOfStatements(data, ofRules);
  return data.ids.map((id, place) => {
    const has = (flag: string): boolean => flags[place]?.includes(flag) ?? false;
    const [cluster] = clusters[place] ?? [];
    const statement = {
      ...Object.fromEntries(lists.map(([name, rows]) => [name, rows[place] ?? []])),
      id,
      title: data.titles[place],
      text: data.texts[place],
      kind: has('clause') ? 'clause' : 'text',
      deprecated: has('deprecated'),
      history: has('history') ? [{ text: '', until: '' }] : [],
      ...(cluster === undefined ? {} : { cluster }),
      sentences: (roles[place] ?? []).map((role) => ({ role, text: '' })),
      rules: rules[place] ?? [],
    };
    return statement as unknown as Statement;
  });
}

function rulesOfStatements({ ids, rules }: SearchData, ofRules: readonly (readonly number[])[]): string[][] {
  const keys: string[][] = ids.map(() => []);
  for (const [rule, places] of ofRules.entries())
    for (const place of places) keys[place]?.push(rules.keys[rule] ?? '');
  return keys;
}

function rulesOf({ ids, rules }: SearchData, ofRules: readonly (readonly number[])[]): SourceRule[] {
  const [licenses, people] = [column(rules.licenses), column(rules.people)];
  return rules.keys.map((key, place) => {
    const rule = {
      key,
      name: rules.names[place],
      license: licenses[place]?.[0] ?? '',
      authors: people[place] ?? [],
      teams: [],
      statements: (ofRules[place] ?? []).map((statement) => ids[statement] ?? ''),
    };
    return rule as unknown as SourceRule;
  });
}

const column = ({ names, rows }: PackedColumn): string[][] =>
  readRows(rows).map((row) => row.map((number) => names[number] ?? ''));
