/** One rule with all its benign explanations, and lists of rules. */
import type { Occurrence, SourceName, SourceRule, Statement } from '../../model.ts';
import { sourceNames } from '../../model.ts';
import type { SiteContext } from '../context.ts';
import { ranked } from '../context.ts';
import type { Content } from '../html.ts';
import { html, inline, joined, outside, paragraphs } from '../html.ts';
import { count, originLabels, plural, qualityDocs, qualityLabels, sourceLabels } from '../labels.ts';
import type { SiteFile } from '../layout.ts';
import { page, section } from '../layout.ts';
import { listing } from '../listing.ts';
import { logicBlock } from '../logic.ts';
import { attribution, badge, badges, dataBadges, ruleTable, severityBadge, techniqueList } from '../parts.ts';
import type { Linker } from '../paths.ts';
import { statementPath } from '../paths.ts';
import { wordsOfFilter } from '../../text/title.ts';

export function rulePage(context: SiteContext, rule: SourceRule): SiteFile {
  const { name, description, status, severity, type, source, data, quality } = rule;
  return page({
    path: context.rulePath.get(rule.key) ?? '',
    title: name,
    description: description.slice(0, 160),
    section: 'rules.html',
    body: (to) => [
      html`<p class="kicker">${sourceLabels[source]} rule${type === '' ? undefined : ` · ${type}`}</p>
        <h1>${name}</h1>
        ${badges([
          status === 'active' ? undefined : badge(status, 'warn'),
          severityBadge(severity),
          badge(`false positives: ${qualityLabels[quality].toLowerCase()}`),
          ...dataBadges(to, data),
        ])}
        ${attribution(rule)} ${paragraphs(description)}
        ${techniqueList(
          context,
          to,
          rule.techniques.map(({ id }) => id),
        )} `,
      explanations(context, rule, to),
      logic(rule, to),
      references(rule),
      facts(rule),
    ],
  });
}

function explanations(context: SiteContext, rule: SourceRule, to: Linker): Content {
  const statements = ranked(context, rule.statements);
  const nothing = html`<p>
    The rule
    ${qualityDocs[rule.quality]}${
      rule.junk.length === 0
        ? undefined
        : html`:
          ${joined(
            rule.junk.map((text) => html`<q>${text}</q>`),
            ', ',
          )}`
    }.
  </p>`;
  return section(
    'What is known to be benign',
    statements.length === 0
      ? nothing
      : html`<ul class="list full">
          ${statements.map((one) => explanation(one, rule, to))}
        </ul>`,
  );
}

/** Texts in full: whoever reads about a rule wants all of them at once. */
function explanation(statement: Statement, rule: SourceRule, to: Linker): Content {
  const here = statement.occurrences.filter((one) => one.rule === rule.key);
  const others = statement.rules.length - 1;
  const facts = [
    ...here.map(where),
    others === 0 ? undefined : `also in ${plural(others, 'other rule')}`,
    ...statement.behaviours.map((id) => html`<a href="${to(`behaviour/${id}.html`)}">${id}</a>`),
  ];
  const shown =
    statement.kind === 'clause' ? clauseTitle(statement, here) : inline(here[0]?.text ?? statement.text);
  return html`<li>
    ${shown}
    <small><a href="${to(statementPath(statement.id))}">${statement.id}</a> · ${joined(facts, ' · ')}</small>
  </li> `;
}

/** On the page of a rule the title of its filter need not name the rule. */
function clauseTitle({ title }: Statement, [first]: readonly Occurrence[]): Content {
  const filter = first?.origin === 'named-filter' ? first.label : undefined;
  return filter === undefined ? title : wordsOfFilter(filter);
}

const where = ({ origin, label }: Occurrence): Content =>
  html`${originLabels[origin]}${label === undefined ? undefined : html` <code>${label}</code>`}`;

function logic({ logic: text, language, exclusions }: SourceRule, to: Linker): Content {
  if (text === '')
    return section(
      'Logic',
      html`<p>The rule has no query: it is made of a trained model or of settings.</p>`,
    );
  const lead =
    exclusions.length === 0
      ? undefined
      : html`What the rule excludes is <mark>marked</mark>; each mark leads to its page.`;
  const block = logicBlock(text, { language, marks: exclusions, linkOf: (id) => to(statementPath(id)) });
  return section('Logic', block, lead === undefined ? {} : { lead });
}

const references = ({ references: all }: SourceRule): Content =>
  section(
    'References',
    all.length === 0
      ? undefined
      : html`<ul>
          ${all.map((url) => html`<li>${outside(url)}</li>`)}
        </ul>`,
  );

function facts({ id, maturity, created, updated, tags, path, set }: SourceRule): Content {
  const known: readonly (readonly [string, Content])[] = [
    ['Id', html`<code>${id}</code>`],
    ['File', html`<code>${path}</code>`],
    ['Set', set],
    ['Maturity', maturity],
    ['Created', created],
    ['Updated', updated],
    ['Tags', tags.join(', ')],
  ];
  return section(
    'About the rule',
    html`<dl>
      ${known
        .filter(([, value]) => value !== undefined && value !== '')
        .map(
          ([name, value]) =>
            html`<dt>${name}</dt>
              <dd>${value}</dd> `,
        )}
    </dl>`,
  );
}

const RULES_A_PAGE = 250;

const listPath = (source: SourceName): string => `rules/${source}.html`;

export function* ruleLists(context: SiteContext): Generator<SiteFile> {
  const bySource = Map.groupBy(context.catalogue.rules, ({ source }) => source);
  const present = sourceNames.filter((source) => bySource.has(source));
  yield page({
    path: 'rules.html',
    title: 'Rules',
    section: 'rules.html',
    body: (to) =>
      html`<h1>Rules</h1>
        <p class="lead">
          Each rule with everything that is known to be benign about it, from its field, its guide and what
          its query excludes.
        </p>
        <ul class="tiles">
          ${present.map(
            (source) =>
              html`<li>
                <a href="${to(listPath(source))}">${sourceLabels[source]}</a>
                <span class="count">${count(bySource.get(source)?.length ?? 0)}</span>
              </li>`,
          )}
        </ul> `,
  });
  for (const source of present) yield* rulesOf(context, source, bySource.get(source) ?? []);
}

const rulesOf = (
  context: SiteContext,
  source: SourceName,
  rules: readonly SourceRule[],
): Generator<SiteFile> =>
  listing({
    path: listPath(source),
    title: `Rules of ${sourceLabels[source]}`,
    section: 'rules.html',
    items: rules.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.key < b.key ? -1 : 1)),
    aPage: RULES_A_PAGE,
    head: () =>
      html`<h1>Rules of ${sourceLabels[source]} <span class="count">${count(rules.length)}</span></h1> `,
    list: (items, to) => ruleTable(context, to, items),
  });
