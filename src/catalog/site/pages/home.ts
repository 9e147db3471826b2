/** The first page: what this is, how much there is, where to go. The script puts the results of a search here too. */
import type { SiteContext } from '../context.ts';
import { voiceOf } from '../context.ts';
import type { Content } from '../html.ts';
import { html } from '../html.ts';
import { count, sourceLabels } from '../labels.ts';
import type { SiteFile } from '../layout.ts';
import { page, section } from '../layout.ts';
import { behaviourCards } from '../parts.ts';
import type { Linker } from '../paths.ts';
import { searchPath } from '../paths.ts';
import { dataTiles } from './subject.ts';

const EXAMPLES: readonly (readonly [query: string, what: string])[] = [
  ['exec pod data:kubernetes', 'commands in pods'],
  ['secret actor:gitops', 'controllers that read secrets'],
  ['tech:T1552 has:profile', 'unsecured credentials, with something that runs'],
  ['origin:field -is:deprecated source:elastic', "one rule set's own words"],
  ['spoof:A', 'evidence that cannot be forged'],
];

const FIRST_BEHAVIOURS = 9;

export const homePage = (context: SiteContext): SiteFile =>
  page({
    path: 'index.html',
    title: 'Catalogue of false positives',
    description:
      'What is known to be benign about the alerts of public detection rules, and how to tell it from an attack.',
    body: (to) =>
      html`<div id="results" hidden></div>
        <div id="home">
          <h1>What is benign about that alert?</h1>
          <p class="lead">
            Public detection rules say in thousands of places what else might have set them off. Here it is in
            one place: whose words they are, which rules they excuse, how to check, and how an attacker hides
            behind them.
          </p>
          ${numbers(context, to)}
          <p class="hint" hidden>
            Type anywhere to search.
            ${EXAMPLES.map(
              ([query, what]) =>
                html`<a class="query" href="${to(searchPath(query))}" title="${what}">${query}</a> `,
            )}
          </p>
          ${section('Benign behaviours', [
            behaviourCards(context.behaviours.slice(0, FIRST_BEHAVIOURS), to),
            context.behaviours.length > FIRST_BEHAVIOURS
              ? html`<p>
                  <a href="${to('behaviours.html')}">All ${context.behaviours.length} behaviours</a>
                </p>`
              : undefined,
          ])}${section('By data source', dataTiles(context, to))}
        </div> `,
  });

function numbers({ catalogue, behaviours, statements }: SiteContext, to: Linker): Content {
  const texts = [...statements.values()].filter((one) => voiceOf(one) !== 'condition').length;
  const profiles = behaviours.filter(({ profile }) => profile !== undefined).length;
  const sources = [...new Set(catalogue.checkouts.map(({ source }) => sourceLabels[source]))];
  const facts: readonly (readonly [number: number, what: Content])[] = [
    [texts, html`<a href="${to('statements.html')}">statements</a>`],
    [statements.size - texts, 'conditions that rules exclude'],
    [catalogue.rules.length, html`<a href="${to('rules.html')}">rules</a> of ${sources.join(', ')}`],
    [
      behaviours.length,
      html`<a href="${to('behaviours.html')}">behaviours</a>, ${profiles} with a profile that runs`,
    ],
  ];
  return html`<ul class="numbers">
    ${facts.map(([number, what]) => html`<li><b>${count(number)}</b> ${what}</li>`)}
  </ul>`;
}
