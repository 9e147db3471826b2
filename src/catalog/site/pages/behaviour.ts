/** The curated behaviours: all of them, and each by itself. */
import type { Behaviour, Profile, ProfileCase } from '../../behaviour/model.ts';
import { actorClasses } from '../../behaviour/model.ts';
import type { SiteContext } from '../context.ts';
import { behaviourRecord } from '../exports/records.ts';
import { ranked } from '../context.ts';
import type { Content } from '../html.ts';
import { html, inline, paragraphs } from '../html.ts';
import { actorLabels, count, gradeLabels, plural } from '../labels.ts';
import type { SiteFile } from '../layout.ts';
import { page, section } from '../layout.ts';
import { logicBlock } from '../logic.ts';
import {
  actorBadge,
  badges,
  behaviourCards,
  dataBadges,
  familyText,
  gradeBadge,
  statementLists,
  table,
  techniqueList,
} from '../parts.ts';
import type { Linker } from '../paths.ts';
import { behaviourPath } from '../paths.ts';

export function behavioursPage({ behaviours }: SiteContext): SiteFile {
  const byActor = Map.groupBy(behaviours, ({ actor }) => actor);
  const profiles = behaviours.filter(({ profile }) => profile !== undefined).length;
  return page({
    path: 'behaviours.html',
    title: 'Benign behaviours',
    section: 'behaviours.html',
    body: (to) => [
      html`<h1>Benign behaviours</h1>
        <p class="lead">
          ${plural(behaviours.length, 'thing')} that people, controllers and tools do every day and that rules
          take for an attack. ${profiles} of them can be told from the fields of an event: they have a profile
          that runs, with a grade that says how hard its evidence is to forge.
        </p> `,
      actorClasses.map((actor) => {
        const own = byActor.get(actor) ?? [];
        return own.length === 0
          ? undefined
          : section(actorLabels[actor], behaviourCards(own, to), { id: actor });
      }),
    ],
  });
}

export function behaviourPage(context: SiteContext, behaviour: Behaviour): SiteFile {
  const { id, title, summary, actor, dataSources, families, techniques, profile } = behaviour;
  return page({
    path: behaviourPath(id),
    title,
    description: summary.trim().slice(0, 160),
    section: 'behaviours.html',
    record: behaviourRecord(behaviour, context),
    body: (to) => [
      html`<p class="kicker"><span class="id">${id}</span> Benign behaviour</p>
        <h1>${title}</h1>
        ${badges([gradeBadge(profile?.grade), actorBadge(to, actor), ...dataBadges(to, dataSources)])}
        <div class="summary">${paragraphs(summary)}</div> `,
      section('What it looks like', paragraphs(behaviour.looksLike)),
      section(
        'How to tell it from an attack',
        html`<ul class="checks">
          ${behaviour.tellApart.map((one) => html`<li>${inline(one.trim())}</li>`)}
        </ul>`,
      ),
      section('How attackers hide here', paragraphs(behaviour.hiding)),
      section('What it is mistaken for', techniqueList(context, to, techniques), {
        lead: html`Kind: ${familyText(families)}.`,
      }),
      profile === undefined ? undefined : profileSection(profile),
      gathered(context, behaviour, to),
    ],
  });
}

function profileSection(profile: Profile): Content {
  const { grade, restsOn, parameters } = profile;
  return section('Profile', [
    html`<p>
      ${gradeBadge(grade)} ${gradeLabels[grade]}. A profile is worth as much as the weakest field that it
      needs.
    </p> `,
    logicBlock(profile.query.trim(), { language: profile.language }),
    parameters.length === 0
      ? undefined
      : [
          html`<h3>Parameters</h3>`,
          table(
            'Parameters',
            ['Name', 'Type', 'What', 'Values'],
            parameters.map(({ name, type, describe, values }) => [
              html`<code>${name}</code>`,
              type,
              inline(describe),
              values.map((value) => html`<code>${value}</code> `),
            ]),
          ),
        ],
    html`<h3>Fields that it rests on</h3>`,
    table(
      'Fields that the profile rests on',
      ['Field', 'Grade', 'Why'],
      restsOn.map((one) => [html`<code>${one.field}</code>`, gradeBadge(one.grade), one.reason]),
    ),
    cases('Events that it explains', profile.matches),
    cases('Events that look alike and that it must not explain', profile.differs),
  ]);
}

const cases = (heading: string, all: readonly ProfileCase[]): Content =>
  html`<h3>${heading}</h3>
    ${all.map(
      ({ name, record }) =>
        html`<details>
          <summary>${capital(name)}</summary>
          <pre tabindex="0"><code>${JSON.stringify(record, undefined, 2)}</code></pre>
        </details> `,
    )}`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function gathered(context: SiteContext, { id }: Behaviour, to: Linker): Content {
  const reference = context.catalogue.behaviours.find((one) => one.id === id);
  const statements = ranked(context, reference?.statements ?? []);
  if (statements.length === 0)
    return section(
      'What rules say about it',
      html`<p>None of the rule sets of this catalogue speaks of it.</p>`,
    );
  return html`<section>
    <h2>What rules say about it <span class="count">${count(statements.length)}</span></h2>
    ${statementLists(statements, to, 3)}
  </section> `;
}
