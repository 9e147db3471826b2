/** Pieces that several pages share. */
import { tacticName, technique, techniqueLabel } from '../attack/attack.ts';
import type { Behaviour } from '../behaviour/model.ts';
import type { Grade, RuleSeverity, SourceRule, Statement } from '../model.ts';
import { wholeOf } from '../text/whole.ts';
import type { SiteContext, Voice } from './context.ts';
import { voiceOf } from './context.ts';
import type { Content } from './html.ts';
import { html, inline, joined, outside } from './html.ts';
import {
  actorLabels,
  count,
  dataLabels,
  gradeLabels,
  originLabels,
  plural,
  sourceLabels,
  voiceLabels,
  words,
} from './labels.ts';
import type { Linker } from './paths.ts';
import { actorPath, behaviourPath, dataPath, statementPath, techniquePath } from './paths.ts';

export const badge = (text: Content, kind = ''): Content =>
  html`<span class="badge${kind === '' ? '' : ` ${kind}`}">${text}</span>`;

export const badges = (all: readonly Content[]): Content => html`<p class="badges">${joined(all, ' ')}</p>`;

export const severityBadge = (severity: RuleSeverity | undefined): Content =>
  severity === undefined ? undefined : badge(severity, `severity ${severity}`);

export const gradeBadge = (grade: Grade | undefined): Content =>
  grade === undefined
    ? undefined
    : html`<span class="badge grade ${grade.toLowerCase()}" title="${gradeLabels[grade]}"
        >grade ${grade}</span
      >`;

/** `low – high`. */
export function severityRange(severities: readonly RuleSeverity[]): Content {
  const [lowest, highest] = [severities[0], severities.at(-1)];
  if (lowest === undefined || highest === undefined) return undefined;
  return lowest === highest ? severityBadge(lowest) : badge(`${lowest} – ${highest}`, `severity ${highest}`);
}

/** Id, name and what replaces it, as a link to its page where it has one. */
export function techniqueLink(context: SiteContext, to: Linker, id: string): Content {
  const known = technique(id);
  const label = html`<span class="id">${techniqueLabel(known)}</span> ${known.now?.name ?? known.name}`;
  return context.byTechnique.has(id) ? html`<a href="${to(techniquePath(id))}">${label}</a>` : label;
}

export const techniqueList = (context: SiteContext, to: Linker, ids: readonly string[]): Content =>
  ids.length === 0
    ? undefined
    : html`<ul class="inline">
        ${ids.map((id) => html`<li>${techniqueLink(context, to, id)}</li>`)}
      </ul>`;

export const dataBadges = (to: Linker, data: Statement['data']): Content[] =>
  data.map((one) => html`<a class="badge" href="${to(dataPath(one))}">${dataLabels[one]}</a>`);

export const actorBadge = (to: Linker, actor: Behaviour['actor']): Content =>
  html`<a class="badge" href="${to(actorPath(actor))}">${actorLabels[actor]}</a>`;

/** `Credential Access, Persistence`. */
export const tacticNames = (tactics: readonly string[]): string => tactics.map(tacticName).join(', ');

/** One line: title, and below it where it comes from. */
function statementItem(statement: Statement, to: Linker): Content {
  const { id, title, sources, rules, kind, deprecated } = statement;
  const facts = [
    sources.map((source) => sourceLabels[source]).join(', '),
    statement.origins.map((origin) => originLabels[origin]).join(', '),
    plural(rules.length, 'rule'),
    deprecated ? 'deprecated' : undefined,
  ];
  const whole = wholeOf(statement);
  const shown = kind === 'clause' ? title : inline(title);
  const link =
    whole === undefined
      ? html`<a href="${to(statementPath(id))}">${shown}</a>`
      : html`<a href="${to(statementPath(id))}" title="${whole}">${shown}</a>`;
  return html`<li>
    ${link}
    <small>${joined(facts, ' · ')}</small>
  </li> `;
}

/** Statements that are in order of rank, with a heading wherever another voice begins. */
export function statementLists(statements: readonly Statement[], to: Linker, level: 2 | 3 = 2): Content {
  const byVoice = Map.groupBy(statements, voiceOf);
  return [...byVoice].map(([voice, own]) => [
    voiceHeading(voice, own.length, level),
    html`<ul class="list">
      ${own.map((one) => statementItem(one, to))}
    </ul> `,
  ]);
}

function voiceHeading(voice: Voice, size: number, level: 2 | 3): Content {
  const text = html`${voiceLabels[voice]} <span class="count">${count(size)}</span>`;
  return level === 2 ? html`<h2>${text}</h2> ` : html`<h3>${text}</h3> `;
}

const behaviourCard = ({ id, title, summary, profile, actor }: Behaviour, to: Linker): Content =>
  html`<li class="card">
    <a href="${to(behaviourPath(id))}">${title}</a>
    <p>${inline(summary.trim())}</p>
    <p class="badges">
      <span class="id">${id}</span> ${badge(actorLabels[actor])} ${gradeBadge(profile?.grade)}
    </p>
  </li> `;

export const behaviourCards = (behaviours: readonly Behaviour[], to: Linker): Content =>
  behaviours.length === 0
    ? undefined
    : html`<ul class="cards">
        ${behaviours.map((one) => behaviourCard(one, to))}
      </ul>`;

/** A table that scrolls by itself when it is wider than the page, or whose rows are stacked on narrow ones. */
export const table = (
  label: string,
  heads: readonly string[],
  rows: readonly (readonly Content[])[],
  kind: 'plain' | 'stacked' = 'plain',
): Content =>
  html`<div class="wide" role="region" aria-label="${label}" tabindex="0">
    <table ${kind === 'stacked' ? html`class="stacked"` : undefined}>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell) => html`<td>${cell}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;

export const ruleLink = (context: SiteContext, to: Linker, { key, name }: SourceRule): Content =>
  html`<a href="${to(context.rulePath.get(key) ?? '')}">${name}</a>`;

export const ruleTable = (context: SiteContext, to: Linker, rules: readonly SourceRule[]): Content =>
  table(
    'Rules',
    ['Rule', 'Severity', 'Techniques', 'Source', 'Status'],
    rules.map((rule) => [
      ruleLink(context, to, rule),
      severityBadge(rule.severity),
      joined(
        rule.techniques.map(({ id }) => techniqueLink(context, to, id)),
        html`<br />`,
      ),
      sourceLabels[rule.source],
      statusOf(rule),
    ]),
    'stacked',
  );

const statusOf = ({ status, maturity }: SourceRule): Content =>
  status === 'active' ? maturity : badge(status, 'warn');

/** Who wrote a rule, under which licence, and where it stands: shown wherever its words are. */
export function attribution(rule: SourceRule): Content {
  const place =
    rule.url === undefined
      ? html`<code>${rule.path}</code>`
      : outside(rule.url, html`<code>${rule.path}</code>`);
  const authors = rule.authors.length === 0 ? 'author not named' : rule.authors.join(', ');
  const parts = [
    html`by ${authors}`,
    html`licence ${rule.license}`,
    place,
    rule.commit === undefined ? undefined : html`commit <code>${rule.commit.slice(0, 10)}</code>`,
  ];
  return html`<p class="by">${sourceLabels[rule.source]}, ${joined(parts, ' · ')}</p>`;
}

/** Family names as words. */
export const familyText = (families: readonly string[]): string => families.map(words).join(', ');
