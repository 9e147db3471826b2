/** Where everything comes from, under which licences, and in which formats it can be had. */
import { facetNames, facetTable } from '../../search/facets.ts';
import type { SiteContext } from '../context.ts';
import type { Content } from '../html.ts';
import { html, inline } from '../html.ts';
import { count, gradeLabels, originLabels, sourceLabels } from '../labels.ts';
import { grades } from '../../behaviour/model.ts';
import type { SourceName, SourceRule } from '../../model.ts';
import { origins } from '../../model.ts';
import type { SiteFile } from '../layout.ts';
import { page, section } from '../layout.ts';
import { gradeBadge, table } from '../parts.ts';
import type { Linker } from '../paths.ts';

export const aboutPage = ({ catalogue }: SiteContext): SiteFile =>
  page({
    path: 'about.html',
    title: 'About',
    section: 'about.html',
    body: (to) => [
      html`<h1>About this catalogue</h1>
        <p class="lead">
          Winnow built it on ${catalogue.as_of} (the latest date in any rule) from checkouts of public rule
          sets. Texts are verbatim; titles, roles of sentences, actors and families are assigned by rules of
          thumb and may be wrong.
        </p> `,
      section('Sources and licences', licences(catalogue.rules), {
        lead: 'Every page of a rule names its authors, its licence and its file.',
      }),
      section(
        'Where statements are found',
        html`<dl>
          ${origins.map(
            (origin) =>
              html`<dt><code>origin:${origin}</code></dt>
                <dd>${originLabels[origin]}</dd>`,
          )}
        </dl>`,
      ),
      section(
        'Grades of profiles',
        html`<ul class="legend">
          ${grades.map((grade) => html`<li>${gradeBadge(grade)} ${gradeLabels[grade]}</li>`)}
        </ul>`,
      ),
      section('How to search', grammar()),
      section('Everything as data', formats(to)),
      section(
        'MITRE ATT&CK',
        html`<p>${catalogue.attack.attribution} Version ${catalogue.attack.version}.</p>`,
      ),
    ],
  });

function licences(rules: readonly SourceRule[]): Content {
  const bySource = [...Map.groupBy(rules, ({ source }) => source)];
  return table(
    'Sources and licences',
    ['Source', 'Licence', 'Rules'],
    bySource.flatMap(([source, own]) => licencesOf(source, own)),
  );
}

const licencesOf = (source: SourceName, rules: readonly SourceRule[]): Content[][] =>
  [...Map.groupBy(rules, ({ license }) => license)]
    .toSorted(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .map(([license, own]) => [sourceLabels[source], license, count(own.length)]);

const grammar = (): Content => [
  html`<p>
    Words must all be there, in any order. <code>"exact phrase"</code> keeps texts that hold it,
    <code>-</code> turns a word, a phrase or a facet around, <code>a,b</code> is either, <code>*</code> in a
    value is any run of characters.
  </p> `,
  html`<dl>
    ${facetNames.map(
      (name) =>
        html`<dt><code>${name}:</code></dt>
          <dd>${inline(facetTable[name].doc)}${choices(facetTable[name].choices)}</dd> `,
    )}
  </dl>`,
];

const choices = (values: readonly string[] | undefined): Content =>
  values === undefined ? undefined : html` <small>${values.join(', ')}</small>`;

const KINDS = ['statements', 'behaviours', 'rules', 'profiles'] as const;
const FORMATS = ['json', 'ndjson', 'csv'] as const;

const formats = (to: Linker): Content =>
  html`<ul>
    ${KINDS.map((kind) => html`<li>${kind}: ${FORMATS.map((format) => html`<a href="${to(`api/v1/${kind}.${format}`)}">${format}</a> `)}</li>`)}
    <li>CSV leaves out what fits no cell: queries, sentences, places in files, events of tests</li>
    <li>
      what they hold: <a href="${to('api/v1/schema.json')}">JSON Schema</a>,
      <a href="${to('api/v1/index.json')}">index</a>
    </li>
    <li><a href="${to('api/v1/navigator-layer.json')}">layer for ATT&amp;CK Navigator</a></li>
    <li>what is new: <a href="${to('feed.atom')}">Atom</a>, <a href="${to('feed.json')}">JSON Feed</a></li>
  </ul>`;
