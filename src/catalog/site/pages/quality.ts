/** How well rule sets, and the teams that write for them, describe their false positives. */
import type { Quality, SourceRule } from '../../model.ts';
import { qualities, sourceNames } from '../../model.ts';
import type { SiteContext } from '../context.ts';
import type { Content } from '../html.ts';
import { html } from '../html.ts';
import { count, plural, qualityDocs, qualityLabels, share, sourceLabels } from '../labels.ts';
import type { SiteFile } from '../layout.ts';
import { page, section } from '../layout.ts';
import { table } from '../parts.ts';

/** Best first, as people read. */
const shown: readonly Quality[] = qualities.toReversed();

export function qualityPage({ catalogue }: SiteContext): SiteFile {
  const bySource = Map.groupBy(catalogue.rules, ({ source }) => source);
  const sources = sourceNames.flatMap((source) => {
    const rules = bySource.get(source);
    return rules === undefined ? [] : [[sourceLabels[source], rules] as const];
  });
  return page({
    path: 'quality.html',
    title: 'Quality',
    section: 'quality.html',
    body: () => [
      html`<h1>Who says what is benign</h1>
        <p class="lead">
          What rules tell about their false positives. A rule counts where its best explanation is.
        </p>
        ${legend()} `,
      section('By rule set', shares('Quality by rule set', 'Rule set', sources)),
      section('By author team', shares('Quality by author team', 'Team', teams(catalogue.rules)), {
        lead: 'Teams as the rules name them. A rule of two teams counts for both.',
      }),
      section('Read, left out, refused', checkouts(catalogue.checkouts)),
    ],
  });
}

const legend = (): Content =>
  html`<ul class="legend">
    ${shown.map(
      (quality) =>
        html`<li>
          <span class="swatch q-${quality}"></span> <b>${qualityLabels[quality]}</b> ${qualityDocs[quality]}
        </li>`,
    )}
  </ul>`;

function teams(rules: readonly SourceRule[]): readonly (readonly [string, readonly SourceRule[]])[] {
  const byTeam = new Map<string, SourceRule[]>();
  for (const rule of rules)
    for (const team of new Set(rule.teams)) byTeam.set(team, [...(byTeam.get(team) ?? []), rule]);
  return [...byTeam].toSorted(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
}

const shares = (
  label: string,
  head: string,
  rows: readonly (readonly [name: string, rules: readonly SourceRule[]])[],
): Content =>
  table(
    label,
    [head, 'Rules', 'Deprecated', 'Best explanation', ...shown.map((quality) => qualityLabels[quality])],
    rows.map(([name, rules]) => {
      const sizes = shown.map((quality) => rules.filter((rule) => rule.quality === quality).length);
      const deprecated = rules.filter(({ status }) => status !== 'active').length;
      return [
        name,
        count(rules.length),
        count(deprecated),
        bar(sizes),
        ...sizes.map((size) => percent(size, rules.length)),
      ];
    }),
  );

const percent = (part: number, whole: number): Content =>
  html`${share(part, whole)} <small>${count(part)}</small>`;

/** Decoration of the numbers beside it. */
function bar(sizes: readonly number[]): Content {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let at = 0;
  const pieces = sizes.map((size, index) => {
    const [x, width] = [at, total === 0 ? 0 : (size / total) * 100];
    at += width;
    return width === 0
      ? undefined
      : html`<rect class="q-${shown[index]}" x="${x.toFixed(2)}" width="${width.toFixed(2)}" height="10" />`;
  });
  return html`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    ${pieces}
  </svg>`;
}

const checkouts = (all: SiteContext['catalogue']['checkouts']): Content =>
  table(
    'Checkouts',
    ['Checkout', 'Source', 'Commit', 'Licence', 'Rules', 'Other files', 'Refused'],
    all.map(({ name, source, commit, license, rules, left_out, refused }) => [
      html`<code>${name}</code>`,
      sourceLabels[source],
      commit === undefined ? 'unknown' : html`<code>${commit.slice(0, 10)}</code>`,
      license,
      count(rules),
      count(left_out),
      refused.length === 0
        ? '0'
        : html`<details>
            <summary>${plural(refused.length, 'file')}</summary>
            <ul>
              ${refused.map(({ path, problem }) => html`<li><code>${path}</code>: ${problem}</li>`)}
            </ul>
          </details>`,
    ]),
  );
