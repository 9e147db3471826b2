/**
 * What the browser searches, as a script: pages that are opened from a folder may load scripts and nothing else. Values
 * that many statements share are written once; the texts of rules are only in the index.
 */
import type { Grade } from '../../behaviour/model.ts';
import type { ChangeKind, SourceRule, Statement } from '../../model.ts';
import { ruleDocument, statementDocument } from '../../search/search.ts';
import type { SiteContext } from '../context.ts';
import { writeRows } from '../../search/numbers.ts';
import type { SavedWords } from '../../search/word-index.ts';
import { indexWords } from '../../search/word-index.ts';

/** The function that the script calls, which the search has put there. */
export const RECEIVER = 'winnowCatalogue';

/** Lists of names: all that occur, and for every row the places of its own among them. */
export interface PackedColumn {
  readonly names: readonly string[];
  readonly rows: string;
}

export const listColumns = [
  'origins',
  'sources',
  'techniques',
  'tactics',
  'data',
  'severities',
  'actors',
  'families',
  'fields',
  'behaviours',
  'aliases',
] as const satisfies readonly (keyof Statement)[];

/** What else there is to say about a statement in yes and no. */
const flagNames = ['clause', 'deprecated', 'history'] as const;

export interface SearchData {
  readonly as_of: string;
  readonly ids: readonly string[];
  readonly titles: readonly string[];
  readonly texts: readonly string[];
  readonly lists: Readonly<Record<(typeof listColumns)[number], PackedColumn>>;
  readonly roles: PackedColumn;
  readonly flags: PackedColumn;
  /** The group of near-duplicates of each, if it is in one. */
  readonly clusters: PackedColumn;
  readonly rules: {
    readonly keys: readonly string[];
    readonly names: readonly string[];
    readonly licenses: PackedColumn;
    readonly people: PackedColumn;
    /** By rule: places of its statements. */
    readonly statements: string;
  };
  readonly behaviours: readonly {
    readonly id: string;
    readonly title: string;
    readonly grade?: Grade;
  }[];
  /** Names by id, of those that have one. */
  readonly techniques: Readonly<Record<string, string>>;
  /** Of the last change of the catalogue only. */
  readonly changes: readonly (readonly [id: string, kind: ChangeKind])[];
  readonly ownIndex: SavedWords;
  readonly ruleIndex: SavedWords;
}

/** `winnowCatalogue({…});` */
export const searchData = (context: SiteContext): string =>
  `${RECEIVER}(${JSON.stringify(packSearch(context))});\n`;

export function packSearch({ catalogue }: SiteContext): SearchData {
  const { statements, rules, behaviours, changes, as_of } = catalogue;
  const places = new Map(statements.map(({ id }, place) => [id, place]));
  const last = changes.at(-1)?.at;
  return {
    as_of,
    ids: statements.map(({ id }) => id),
    titles: statements.map(({ title }) => title),
    texts: statements.map(({ text }) => text),
    lists: Object.fromEntries(
      listColumns.map((name) => [name, packColumn(statements.map((one) => one[name]))]),
    ) as SearchData['lists'],
    roles: packColumn(statements.map(({ sentences }) => [...new Set(sentences.map(({ role }) => role))])),
    flags: packColumn(statements.map(flagsOf)),
    clusters: packColumn(statements.map(({ cluster }) => (cluster === undefined ? [] : [cluster]))),
    rules: packRules(rules, places),
    behaviours: behaviours.map(({ id, title, grade }) => ({
      id,
      title,
      ...(grade === undefined ? {} : { grade }),
    })),
    techniques: techniqueNames(rules),
    changes: changes.filter(({ at }) => at === last).map(({ id, kind }) => [id, kind] as const),
    ownIndex: indexWords(statements.map(statementDocument)),
    ruleIndex: indexWords(rules.map(ruleDocument)),
  };
}

const techniqueNames = (rules: readonly SourceRule[]): SearchData['techniques'] =>
  Object.fromEntries(
    rules
      .flatMap(({ techniques }) => techniques)
      .filter(({ id, name }) => name !== id)
      .map(({ id, name }) => [id, name] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

function flagsOf({ kind, deprecated, history }: Statement): string[] {
  const flags = {
    clause: kind === 'clause',
    deprecated,
    history: history.length > 0,
  };
  return flagNames.filter((name) => flags[name]);
}

const packRules = (
  rules: readonly SourceRule[],
  places: ReadonlyMap<string, number>,
): SearchData['rules'] => ({
  keys: rules.map(({ key }) => key),
  names: rules.map(({ name }) => name),
  licenses: packColumn(rules.map(({ license }) => [license])),
  people: packColumn(rules.map(({ authors, teams }) => [...new Set([...authors, ...teams])])),
  statements: writeRows(rules.map(({ statements }) => statements.flatMap((id) => places.get(id) ?? []))),
});

function packColumn(rows: readonly (readonly string[])[]): PackedColumn {
  const numbers = new Map<string, number>();
  const numberOf = (name: string): number => {
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  };
  const text = writeRows(rows.map((row) => row.map(numberOf)));
  return { names: [...numbers.keys()], rows: text };
}
