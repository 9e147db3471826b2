/** How well rule sets, and the teams that write them, document false positives. */
import type { Catalogue, Quality, SourceName, SourceRule } from './model.ts';
import { qualities } from './model.ts';

export interface QualityRow {
  readonly source: SourceName;
  /** Empty: all rules of the source. */
  readonly team: string;
  readonly rules: number;
  readonly deprecated: number;
  /** Rules by the best that they say (model). */
  readonly quality: Readonly<Record<Quality, number>>;
  /** Rules of which a text or condition is more than junk, of all: 0 to 1. */
  readonly documented: number;
}

/** A team of fewer rules is not judged. */
const FEWEST = 5;

/** The sources in the order of the catalogue, each with its teams of at least five rules, the largest first. */
export function qualityRows({ rules }: Pick<Catalogue, 'rules'>): QualityRow[] {
  return [...Map.groupBy(rules, ({ source }) => source)].flatMap(([source, own]) => {
    const teams = Map.groupBy(
      own.flatMap((rule) => rule.teams.map((team) => ({ team, rule }))),
      ({ team }) => team,
    );
    const rows = [...teams]
      .filter(([, all]) => all.length >= FEWEST)
      .map(([team, all]) =>
        row(
          source,
          team,
          all.map(({ rule }) => rule),
        ),
      );
    return [
      row(source, '', own),
      ...rows.toSorted((a, b) => b.rules - a.rules || (a.team < b.team ? -1 : 1)),
    ];
  });
}

function row(source: SourceName, team: string, rules: readonly SourceRule[]): QualityRow {
  const count = (quality: Quality): number => rules.filter((rule) => rule.quality === quality).length;
  const quality = Object.fromEntries(qualities.map((name) => [name, count(name)])) as QualityRow['quality'];
  return {
    source,
    team,
    rules: rules.length,
    deprecated: rules.filter(({ status }) => status === 'deprecated').length,
    quality,
    documented: rules.length === 0 ? 0 : 1 - (quality.none + quality.junk) / rules.length,
  };
}
