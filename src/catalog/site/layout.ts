/** What every page has around its content. */
import type { Content } from './html.ts';
import { Html, html } from './html.ts';
import type { Linker, PagePath } from './paths.ts';
import { linkerOf } from './paths.ts';

export interface SiteFile {
  readonly path: PagePath;
  readonly text: string;
}

export interface PageOptions {
  readonly path: PagePath;
  readonly title: string;
  /** One sentence for search engines and previews. */
  readonly description?: string;
  /** The entry of the navigation that it belongs to. */
  readonly section?: string;
  /** What the page is about, as in `api/v1`: for readers who copy it. */
  readonly record?: object;
  readonly body: (to: Linker) => Content;
}

const navigation: readonly (readonly [path: PagePath, name: string])[] = [
  ['behaviours.html', 'Behaviours'],
  ['techniques.html', 'Techniques'],
  ['data.html', 'Data'],
  ['actors.html', 'Actors'],
  ['rules.html', 'Rules'],
  ['quality.html', 'Quality'],
  ['new.html', 'New'],
  ['about.html', 'About'],
];

/** Scripts and styles come from the site itself; nothing is loaded from elsewhere. */
const POLICY = new Html("default-src 'self' file:; base-uri 'none'; form-action 'none'");

/** Pages from which people follow what is new. */
const FOLLOWED: readonly PagePath[] = ['index.html', 'new.html'];

/** There are tens of thousands of pages, so what all of them repeat is short. */
export function page({ path, title, description, section, record, body }: PageOptions): SiteFile {
  const to = linkerOf(path);
  const content = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Winnow</title>
        ${description === undefined || description === title ? undefined : html`<meta name="description" content="${description}" /> `}
        <link rel="icon" href="${to('icon.svg')}" />
        <link rel="stylesheet" href="${to('site.css')}" />
        ${FOLLOWED.includes(path) ? feeds(to) : undefined}
        <script src="${to('site.js')}"></script>
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        ${masthead(to, section)}
        <main id="main" tabindex="-1">${body(to)}</main>
        ${record === undefined ? undefined : recordScript(record)}
        <footer class="foot">
          <p>
            Texts of rule sets belong to their authors and stand under the licence that each page names.
            <a href="${to('about.html')}">Sources, licences and formats</a>.
          </p>
        </footer>
      </body>
    </html> `;
  return { path, text: content.text };
}

const feeds = (to: Linker): Content =>
  html`<link rel="alternate" type="application/atom+xml" title="What is new" href="${to('feed.atom')}" />
    <link rel="alternate" type="application/feed+json" title="What is new" href="${to('feed.json')}" /> `;

/** Data and no script: nothing in it can end the element. */
const recordScript = (record: object): Content =>
  html`<script type="application/json" id="record">
    ${new Html(JSON.stringify(record).replaceAll('<', '\\u003c'))}
  </script> `;

/** The search box and the button for colours are made by the script, without which they would do nothing. */
const masthead = (to: Linker, section: string | undefined): Content =>
  html`<header class="mast">
    <a class="brand" href="${to('index.html')}"
      ><strong>Winnow</strong> <span>catalogue of false positives</span></a
    >
    <nav aria-label="Catalogue">
      <ul>
        ${navigation.map(
          ([path, name]) =>
            html`<li>
              <a href="${to(path)}" ${section === path ? html` aria-current="true"` : undefined}>${name}</a>
            </li>`,
        )}
      </ul>
    </nav>
  </header>`;

/** A heading with what stands below it; nothing at all when nothing does. */
export function section(
  heading: string,
  content: Content,
  options: { readonly id?: string; readonly lead?: Content } = {},
): Content {
  const empty = content === undefined || content === '' || (Array.isArray(content) && content.length === 0);
  if (empty) return undefined;
  const { id, lead } = options;
  return html`<section${id === undefined ? undefined : html` id="${id}"`}>
<h2>${heading}</h2>
${lead === undefined ? undefined : html`<p class="lead">${lead}</p>`}${content}
</section>
`;
}
