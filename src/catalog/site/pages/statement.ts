/** One statement: what is said, how to check it, which rules it excuses. */
import { behaviourPath, statementPath } from '../paths.ts';
import type { Linker } from '../paths.ts';
import type { Occurrence, SourceRule, Statement, Tombstone } from '../../model.ts';
import { weakest } from '../../behaviour/grade.ts';
import { wordDiff } from '../diff.ts';
import type { SiteContext } from '../context.ts';
import { voiceOf } from '../context.ts';
import type { Content } from '../html.ts';
import { html, inline, joined, paragraphs } from '../html.ts';
import { actorLabels, originLabels, plural, words } from '../labels.ts';
import type { SiteFile } from '../layout.ts';
import { page, section } from '../layout.ts';
import { logicBlock } from '../logic.ts';
import {
  attribution,
  badge,
  badges,
  behaviourCards,
  dataBadges,
  gradeBadge,
  ruleLink,
  ruleTable,
  severityRange,
  techniqueList,
} from '../parts.ts';

/** So many rules are shown with description and logic; of more, only the first, and the table has them all. */
const SHOWN_RULES = 3;
/** A bullet of a guide was written about its rule, and is read on that rule's page; its own page is not another copy. */
const isOnlyInGuides = ({ origins }: Statement): boolean =>
  origins.every((origin) => origin === 'guide' || origin === 'guide-ai');
const SHOWN_ALIKE = 20;

export function statementPage(context: SiteContext, statement: Statement): SiteFile {
  const { id, title, text } = statement;
  return page({
    path: statementPath(id),
    title,
    description: text.slice(0, 160),
    record: statement,
    body: (to) => [
      head(context, statement, to),
      said(context, statement),
      checklist(context, statement, to),
      behaviours(context, statement, to),
      rules(context, statement, to),
      alike(context, statement, to),
      past(statement),
    ],
  });
}

function head(context: SiteContext, statement: Statement, to: Linker): Content {
  const { id, title, kind, origins, rules: keys, severities, actors, data, deprecated } = statement;
  const profiles = statement.behaviours.flatMap((one) => context.behaviour.get(one)?.profile ?? []);
  return html`<p class="kicker">
      <span class="id">${id}</span> ${kind === 'clause' ? 'Condition that rules exclude' : 'False positive'}
    </p>
    <h1>${kind === 'clause' ? title : inline(title)}</h1>
    ${badges([
      ...origins.map((origin) => badge(originLabels[origin], origin === 'guide-ai' ? 'warn' : '')),
      badge(plural(keys.length, 'rule')),
      severityRange(severities),
      // Whichever behaviour it is, it is no harder to imitate than this.
      gradeBadge(profiles.length === 0 ? undefined : weakest(profiles)),
      ...dataBadges(to, data),
      ...actors.map((actor) => badge(actorLabels[actor])),
      deprecated ? badge('only in deprecated rules', 'warn') : undefined,
    ])}
    ${techniqueList(context, to, statement.techniques)} `;
}

/** The words as the rules have them, and whose words they are. */
function said(context: SiteContext, statement: Statement): Content {
  const first = statement.occurrences[0];
  const rule = first === undefined ? undefined : context.rules.get(first.rule);
  const machine = voiceOf(statement) === 'machine';
  return html`<figure class="said">
    ${
      statement.kind === 'clause'
        ? logicBlock(statement.text, { language: rule?.language ?? '' })
        : html`<blockquote>${paragraphs(statement.text)}</blockquote>`
    }
    <figcaption>
      ${rule === undefined ? undefined : attribution(rule)}${
        machine
          ? html`<p class="by">
              The guide says of itself that a machine wrote it. Check before relying on it.
            </p>`
          : undefined
      }
    </figcaption>
  </figure> `;
}

/** Questions that the text asks, then those of our own behaviours. */
function checklist(context: SiteContext, statement: Statement, to: Linker): Content {
  const own = statement.sentences
    .filter(({ role }) => role === 'verify')
    .map(({ text }) => html`<li>${inline(text)}</li>`);
  const curated = statement.behaviours.flatMap((id) => {
    const behaviour = context.behaviour.get(id);
    if (behaviour === undefined) return [];
    const from = html`<small><a href="${to(behaviourPath(id))}">${id}</a></small>`;
    return behaviour.tellApart.map((question) => html`<li>${inline(question.trim())} ${from}</li>`);
  });
  const advice = statement.sentences.filter(({ role }) => role === 'advice' || role === 'likelihood');
  return [
    section(
      'How to tell it from an attack',
      own.length + curated.length === 0
        ? undefined
        : html`<ul class="checks">
            ${own}${curated}
          </ul>`,
    ),
    section(
      'What the rule advises',
      advice.length === 0
        ? undefined
        : html`<ul>
            ${advice.map(({ text }) => html`<li>${inline(text)}</li>`)}
          </ul>`,
      { lead: 'Sorted by rules of thumb.' },
    ),
  ];
}

function behaviours(context: SiteContext, statement: Statement, to: Linker): Content {
  const gathered = statement.behaviours.flatMap((id) => context.behaviour.get(id) ?? []);
  const hiding = gathered.slice(0, 1).map(({ hiding: text }) => paragraphs(text));
  return [
    section('Benign behaviours like this', behaviourCards(gathered, to)),
    section('How attackers hide here', hiding),
  ];
}

function rules(context: SiteContext, statement: Statement, to: Linker): Content {
  const excused = statement.rules.flatMap((key) => context.rules.get(key) ?? []);
  const shown = isOnlyInGuides(statement) ? [] : excused.slice(0, SHOWN_RULES);
  return section('Rules it excuses', [
    ruleTable(context, to, excused),
    shown.map((rule) => excerpt(context, rule, statement, to)),
  ]);
}

function excerpt(
  context: SiteContext,
  rule: SourceRule,
  { id, occurrences }: Statement,
  to: Linker,
): Content {
  const own = occurrences.filter((one) => one.rule === rule.key);
  const marks = rule.exclusions.filter(({ statement }) => statement === id);
  return html`<details>
    <summary>${rule.name}</summary>
    ${paragraphs(rule.description)}
    <p class="by">${joined(own.map(place), '; ')}</p>
    ${rule.logic === '' ? undefined : logicBlock(rule.logic, { language: rule.language, marks, current: id })}
    ${attribution(rule)}
    <p>${ruleLink(context, to, rule)}: everything benign about this rule</p>
  </details> `;
}

/** `named filter filter_main_snap, line 12`. */
function place({ origin, label, line, text }: Occurrence): Content {
  const parts = [
    html`${originLabels[origin]}${label === undefined ? undefined : html` <code>${label}</code>`}`,
    line === undefined ? undefined : `line ${line}`,
    text === undefined ? undefined : html`written as “${inline(text)}”`,
  ];
  return joined(parts, ', ');
}

function alike(context: SiteContext, statement: Statement, to: Linker): Content {
  const members = context.clusters.get(statement.cluster ?? '')?.members ?? [];
  const others = members
    .filter((id) => id !== statement.id)
    .flatMap((id) => context.statements.get(id) ?? []);
  const shown = others.slice(0, SHOWN_ALIKE);
  const more = others.slice(SHOWN_ALIKE);
  const items = shown.map(
    (other) =>
      html`<li>
        <a href="${to(statementPath(other.id))}">${other.id}</a> ${wordDiff(statement.text, other.text)}
      </li> `,
  );
  return section(
    'Almost the same',
    others.length === 0
      ? undefined
      : [
          html`<ul class="list">
            ${items}
          </ul>`,
          more.length === 0
            ? undefined
            : html`<p>
                Also
                ${joined(
                  more.map(({ id }) => html`<a href="${to(statementPath(id))}">${id}</a>`),
                  ', ',
                )}.
              </p>`,
        ],
    { lead: html`What differs from this statement is <ins>marked</ins>.` },
  );
}

function past({
  id,
  aliases,
  first_seen,
  last_changed,
  history,
  families,
  split_from,
}: Pick<
  Statement,
  'id' | 'aliases' | 'first_seen' | 'last_changed' | 'history' | 'families' | 'split_from'
>): Content {
  const earlier = history.map(
    ({ text, until }) => html`<li><time>${until}</time> <q>${inline(text)}</q></li>`,
  );
  const facts: readonly (readonly [string, Content])[] = [
    ['Id', html`<code>${id}</code>, which outlives edits of the text`],
    ['Also known as', aliases.join(', ')],
    ['Split off from', split_from],
    ['First seen', html`<time>${first_seen}</time>`],
    ['Last changed', last_changed === first_seen ? undefined : html`<time>${last_changed}</time>`],
    ['Kind', families.map(words).join(', ')],
  ];
  return section('History', [
    definitions(facts),
    earlier.length === 0
      ? undefined
      : html`<p>Until then it read:</p>
          <ol>
            ${earlier}
          </ol>`,
  ]);
}

const definitions = (facts: readonly (readonly [string, Content])[]): Content =>
  html`<dl>
    ${facts
      .filter(([, value]) => value !== undefined && value !== '')
      .map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd> `,
      )}
  </dl>`;

/** An old id goes on answering: this page leads to the statement that it means now. */
export const aliasPage = (alias: string, { id, title }: Statement): SiteFile =>
  page({
    path: statementPath(alias),
    title: `${alias}, now ${id}`,
    body: (to) =>
      html`<p class="kicker"><span class="id">${alias}</span> Former id</p>
        <h1>${inline(title)}</h1>
        <p>
          This statement was joined with another one. It is now <a href="${to(statementPath(id))}">${id}</a>.
        </p> `,
  });

export const tombstonePage = (context: SiteContext, gone: Tombstone): SiteFile =>
  page({
    path: statementPath(gone.id),
    title: `${gone.title} (gone)`,
    body: (to) => [
      html`<p class="kicker"><span class="id">${gone.id}</span> No rule says this any more</p>
        <h1>${inline(gone.title)}</h1>
        <p>Gone since <time>${gone.gone}</time>. It read:</p>
        <figure class="said"><blockquote>${paragraphs(gone.text)}</blockquote></figure> `,
      section(
        'Rules that said it',
        html`<ul>
          ${gone.rules.map((key) => {
            const rule = context.rules.get(key);
            return html`<li>
              ${rule === undefined ? html`<code>${key}</code>` : ruleLink(context, to, rule)}
            </li>`;
          })}
        </ul>`,
      ),
      past({ ...gone, families: [] }),
    ],
  });
