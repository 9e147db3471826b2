/** Results and facets of one search. */
import type { Finding, Found } from './contract.ts';
import { element } from './dom.ts';
import {
  actorLabels,
  dataLabels,
  originLabels,
  plural,
  sourceLabels,
  words,
} from '../catalog/site/labels.ts';
import { hasFilter } from '../catalog/search/filter-text.ts';
import { wholeOf } from '../catalog/text/whole.ts';

/** What facets are called; those that are not here are not offered. */
const FACETS: Readonly<Record<string, string>> = {
  origin: 'Found in',
  source: 'Rule set',
  data: 'Data source',
  actor: 'Actor',
  has: 'Comes with',
  spoof: 'Grade of its profile',
  severity: 'Severity of its rules',
  tactic: 'Tactic',
  tech: 'Technique',
  family: 'Kind',
  is: 'State',
};
/** Values of a facet that are shown before one asks for the rest. */
const FIRST = 6;

export interface Actions {
  readonly toggle: (facet: string, value: string) => void;
  readonly more: () => void;
}

/** Beside the results where there is room, else folded above them until the reader unfolds it. */
const isWide = matchMedia('(min-width: 52.01rem)');
let isPanelOpen = false;

function facetPanel(query: string, finding: Finding, actions: Actions): Node {
  const groups = facetGroups(query, finding, actions);
  const panel = element(
    'details',
    { class: 'facets', open: isWide.matches || isPanelOpen },
    element('summary', {}, 'Narrow down'),
    ...groups,
  );
  panel.addEventListener('toggle', () => {
    isPanelOpen = panel.open;
  });
  return panel;
}

/** Facets that the reader unfolded stay so. */
const unfolded = new Set<string>();

export function showResults(place: HTMLElement, query: string, finding: Finding, actions: Actions): void {
  const { total, groups, hits, problems } = finding;
  const focused = focusOf(place);
  place.replaceChildren(
    facetPanel(query, finding, actions),
    element(
      'section',
      { class: 'hits', 'aria-label': 'Results' },
      element('h1', { class: 'total' }, totalText(finding)),
      ...problems.map((problem) => element('p', { class: 'problem' }, problem)),
      total === 0 ? nothing() : undefined,
      element('ol', {}, ...hits.map((hit) => resultItem(hit, wordsIn(query)))),
      hits.length < groups ? moreButton(groups - hits.length, actions.more) : undefined,
    ),
  );
  if (focused !== undefined)
    place.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
}

/** The facets count statements; the list has those of a group, which say the same, in one place. */
export const totalText = ({ total, groups }: Finding): string =>
  groups === total
    ? plural(total, 'statement')
    : `${plural(total, 'statement')} in ${plural(groups, 'group')} of the same meaning`;

/** A facet that was just clicked is made anew: the focus goes to its successor. */
const focusOf = (place: HTMLElement): string | undefined => {
  const active = document.activeElement;
  return active instanceof HTMLElement && place.contains(active) ? active.dataset['focus'] : undefined;
};

const nothing = (): Node =>
  element('p', {}, 'Nothing has all of this. Leave out a word, or take away one of the facets.');

function moreButton(left: number, more: () => void): Node {
  const button = element(
    'button',
    { type: 'button', class: 'more' },
    `Show more of ${left.toLocaleString('en-US')}`,
  );
  button.addEventListener('click', more);
  return button;
}

function resultItem(hit: Found, words: readonly string[]): Node {
  const { id, title, text, origins, sources, rules, deprecated, behaviours, alike } = hit;
  const facts = [
    sources.map((source) => labelOf('source', source, {})).join(', '),
    origins.map((origin) => labelOf('origin', origin, {})).join(', '),
    rules === 1 ? '1 rule' : `${rules} rules`,
    ...(deprecated ? ['deprecated'] : []),
  ];
  const isMore = text.replace(/\s+/g, ' ').trim().length > title.length + 12;
  return element(
    'li',
    {},
    element('a', { href: `fp/${id}.html`, title: wholeOf(hit) }, ...marked(title, words)),
    isMore ? element('p', {}, ...marked(excerpt(text, words), words)) : undefined,
    element(
      'p',
      { class: 'facts' },
      facts.join(' · '),
      ...behaviours
        .slice(0, 3)
        .flatMap((one) => [
          ' · ',
          element('a', { href: `behaviour/${one.id}.html`, title: one.title }, one.id),
        ]),
      ...(alike.length === 0 ? [] : [' · and in other words: ', ...alikeLinks(alike)]),
    ),
  );
}

const ALIKE = 5;

function alikeLinks(ids: readonly string[]): (Node | string)[] {
  const shown = ids.slice(0, ALIKE).map((id) => element('a', { href: `fp/${id}.html` }, id));
  const left = ids.length - shown.length;
  return [
    ...shown.flatMap((link, index) => (index === 0 ? [link] : [', ', link])),
    ...(left === 0 ? [] : [` and ${left} more`]),
  ];
}

/** Words that were typed, without facets and what must be missing. */
const wordsIn = (query: string): string[] =>
  query
    .replace(/(^|\s)-?[a-z]+:("[^"]*"|\S+)/gi, ' ')
    .replace(/(^|\s)-("[^"]*"|\S+)/g, ' ')
    .toLowerCase()
    .match(/[\p{L}\p{N}]{2,}/gu) ?? [];

const LONGEST = 260;

/** The part of the text in which the first word stands. */
function excerpt(text: string, words: readonly string[]): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= LONGEST) return line;
  const first = Math.min(...words.map((word) => line.toLowerCase().indexOf(word)).filter((at) => at >= 0));
  const start = Number.isFinite(first) && first > LONGEST - 60 ? line.lastIndexOf(' ', first - 80) + 1 : 0;
  const end = line.lastIndexOf(' ', start + LONGEST);
  return `${start > 0 ? '…' : ''}${line.slice(start, end > start ? end : start + LONGEST)}…`;
}

/** Beginnings of words that were typed, marked. */
function marked(text: string, words: readonly string[]): (Node | string)[] {
  if (words.length === 0) return [text];
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})`, 'giu');
  const parts: (Node | string)[] = [];
  let at = 0;
  for (const { 0: found, index } of text.matchAll(pattern)) {
    parts.push(text.slice(at, index), element('mark', {}, found));
    at = index + found.length;
  }
  return [...parts, text.slice(at)];
}

/** The words of the pages for a value that is typed otherwise. */
const LABELS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  origin: originLabels,
  source: sourceLabels,
  data: dataLabels,
  actor: actorLabels,
};

function labelOf(facet: string, value: string, names: Finding['techniques']): string {
  const id = value.toUpperCase();
  if (facet === 'tech') return names[id] === undefined ? id : `${id} ${names[id]}`;
  if (facet === 'spoof') return id;
  return LABELS[facet]?.[value] ?? words(value);
}

function facetGroups(query: string, { facets, techniques }: Finding, actions: Actions): Node[] {
  return Object.entries(FACETS).flatMap(([facet, label]) => {
    const values = Object.entries(facets[facet] ?? {});
    return values.length === 0 ? [] : [facetGroup(query, [facet, label], values, techniques, actions)];
  });
}

function facetGroup(
  query: string,
  [facet, label]: readonly [facet: string, label: string],
  values: readonly (readonly [value: string, count: number])[],
  names: Finding['techniques'],
  { toggle }: Actions,
): Node {
  const items = values.map(([value, count], index) => {
    const box = element('input', {
      type: 'checkbox',
      'data-focus': `${facet}:${value}`,
      checked: hasFilter(query, facet, value),
    });
    box.addEventListener('change', () => toggle(facet, value));
    return element(
      'li',
      { hidden: index >= FIRST && !unfolded.has(facet) && !box.checked },
      element(
        'label',
        {},
        box,
        element('span', {}, labelOf(facet, value, names)),
        element('small', {}, count.toLocaleString('en-US')),
      ),
    );
  });
  const list = element('ul', {}, ...items);
  const rest = items.filter(({ hidden }) => hidden).length;
  return element(
    'fieldset',
    {},
    element('legend', {}, label),
    list,
    rest === 0 ? undefined : unfoldButton(facet, rest, items),
  );
}

function unfoldButton(facet: string, rest: number, items: readonly HTMLElement[]): Node {
  const button = element('button', { type: 'button', class: 'unfold' }, `${rest} more`);
  button.addEventListener('click', () => {
    unfolded.add(facet);
    const first = items.find(({ hidden }) => hidden);
    for (const item of items) item.hidden = false;
    button.remove();
    first?.querySelector('input')?.focus();
  });
  return button;
}
