/** Techniques: the heat matrix, and each technique by itself. */
import { tacticName, tacticOrder, technique, techniqueLabel } from '../../attack/attack.ts';
import type { SiteContext, TechniqueEntry } from '../context.ts';
import { tacticsOf } from '../context.ts';
import type { Content } from '../html.ts';
import { html } from '../html.ts';
import { count, plural } from '../labels.ts';
import type { SiteFile } from '../layout.ts';
import { page, section } from '../layout.ts';
import { statementListing } from '../listing.ts';
import { behaviourCards, ruleLink, tacticNames, techniqueLink } from '../parts.ts';
import type { Linker } from '../paths.ts';
import { techniquePath } from '../paths.ts';

const WITHOUT = 'without-tactic';

/** Tactics in ATT&CK's order, then those that only rules name, then techniques that have none. */
function columns(
  context: SiteContext,
): readonly (readonly [tactic: string, techniques: readonly TechniqueEntry[]])[] {
  const parents = [...context.byTechnique.values()].filter(({ id }) => !id.includes('.'));
  const byTactic = new Map<string, TechniqueEntry[]>();
  for (const entry of parents) {
    const own = tacticsOf(entry.id);
    for (const tactic of own.length === 0 ? [WITHOUT] : own)
      byTactic.set(tactic, [...(byTactic.get(tactic) ?? []), entry]);
  }
  const place = (tactic: string): number =>
    tactic === WITHOUT
      ? tacticOrder.length + 1
      : (tacticOrder.indexOf(tactic) + tacticOrder.length + 1) % (tacticOrder.length + 1);
  const most = (a: TechniqueEntry, b: TechniqueEntry): number =>
    b.statements.length - a.statements.length || (a.id < b.id ? -1 : 1);
  return [...byTactic]
    .toSorted(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1))
    .map(([tactic, entries]) => [tactic, entries.toSorted(most)] as const);
}

export function matrixPage(context: SiteContext): SiteFile {
  const { attack } = context.catalogue;
  const most = Math.max(...[...context.byTechnique.values()].map(({ statements }) => statements.length));
  return page({
    path: 'techniques.html',
    title: 'Techniques',
    section: 'techniques.html',
    body: (to) =>
      html`<h1>What looks like which technique</h1>
        <p class="lead">
          Number of benign explanations by technique of MITRE ATT&amp;CK ${attack.version}; sub-techniques
          count with their parents. The stronger the colour, the more. Also as a
          <a href="${to('api/v1/navigator-layer.json')}">layer for ATT&amp;CK Navigator</a>.
        </p>
        <div class="matrix" role="region" aria-label="Matrix of tactics and techniques" tabindex="0">
          ${columns(context).map(([tactic, entries]) => column(tactic, entries, most, to))}
        </div>
        <p class="by">${attack.attribution}</p> `,
  });
}

const column = (tactic: string, entries: readonly TechniqueEntry[], most: number, to: Linker): Content =>
  html`<section>
    <h2>${tactic === WITHOUT ? 'No tactic' : tacticName(tactic)}</h2>
    <ul>
      ${entries.map((entry) => cell(entry, most, to))}
    </ul>
  </section> `;

const cell = ({ id, statements }: TechniqueEntry, most: number, to: Linker): Content => {
  const known = technique(id);
  return html`<li>
    <a class="heat h${heat(statements.length, most)}" href="${to(techniquePath(id))}"
      ><span>${known.now?.name ?? known.name}</span> <span class="id">${techniqueLabel(known)}</span>
      <b>${count(statements.length)}</b></a
    >
  </li> `;
};

/** Of five steps, so that few have the darkest and the small ones can still be told apart. */
const heat = (size: number, most: number): number => Math.ceil(5 * Math.sqrt(size / Math.max(1, most)));

export function* techniquePages(context: SiteContext): Generator<SiteFile> {
  for (const entry of context.byTechnique.values()) yield* techniquePage(context, entry);
}

function techniquePage(context: SiteContext, entry: TechniqueEntry): Generator<SiteFile> {
  const { id, statements, rules, behaviours } = entry;
  const known = technique(id);
  const tactics = tacticsOf(id);
  return statementListing({
    path: techniquePath(id),
    title: `${id} ${known.name}`,
    description: `${plural(statements.length, 'benign explanation')} of what looks like ${known.name}`,
    section: 'techniques.html',
    items: statements,
    head: (to) => [
      html`<p class="kicker">
          <span class="id">${techniqueLabel(known)}</span>
          ${tactics.length === 0 ? 'Technique' : tacticNames(tactics)}
        </p>
        <h1>${known.name}</h1>
        ${known.now === undefined ? undefined : html`<p>${id} is now ${techniqueLink(context, to, known.now.id)}.</p>`}
        <p class="lead">
          ${plural(statements.length, 'benign explanation')} from ${plural(rules.length, 'rule')}.
        </p>
        ${family(context, id, to)} `,
      section('Benign behaviours', behaviourCards(behaviours, to)),
      rules.length === 0
        ? undefined
        : html`<details>
            <summary>${plural(rules.length, 'rule')} for this technique</summary>
            <ul class="columns">
              ${rules.map((rule) => html`<li>${ruleLink(context, to, rule)}</li> `)}
            </ul>
          </details> `,
    ],
  });
}

/** A technique's sub-techniques, or a sub-technique's parent. */
function family(context: SiteContext, id: string, to: Linker): Content {
  const [parent = id] = id.split('.');
  if (parent !== id) return html`<p>Sub-technique of ${techniqueLink(context, to, parent)}.</p>`;
  const below = [...context.byTechnique.keys()].filter((other) => other.startsWith(`${id}.`));
  if (below.length === 0) return undefined;
  return html`<ul class="inline">
    ${below.map(
      (other) =>
        html`<li>
          ${techniqueLink(context, to, other)}
          <span class="count">${count(context.byTechnique.get(other)?.statements.length ?? 0)}</span>
        </li>`,
    )}
  </ul>`;
}
