/** What every page has around its content. */
import type { Content } from './html.ts';
import { html } from './html.ts';
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
const POLICY =
  "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file:; base-uri 'none'; form-action 'none'";

export function page({ path, title, description, section, body }: PageOptions): SiteFile {
  const to = linkerOf(path);
  const content = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Winnow</title>
        ${description === undefined ? undefined : html`<meta name="description" content="${description}" /> `}
        <link rel="icon" href="${to('icon.svg')}" type="image/svg+xml" />
        <link rel="stylesheet" href="${to('site.css')}" />
        <link rel="alternate" type="application/atom+xml" title="What is new" href="${to('feed.atom')}" />
        <link rel="alternate" type="application/feed+json" title="What is new" href="${to('feed.json')}" />
        <script src="${to('site.js')}"></script>
      </head>
      <body data-home="${to('index.html')}">
        <a class="skip" href="#main">Skip to content</a>
        ${masthead(to, section)}
        <main id="main" tabindex="-1">${body(to)}</main>
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

/** The search box is shown by the script, without which it would do nothing. */
const masthead = (to: Linker, section: string | undefined): Content =>
  html`<header class="mast">
    <a class="brand" href="${to('index.html')}"
      ><strong>Winnow</strong> <span>catalogue of false positives</span></a
    >
    <form class="search" role="search" hidden>
      <label class="unseen" for="q">Search the catalogue</label>
      <input
        id="q"
        type="search"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        placeholder="Search: exec pod data:kubernetes"
        aria-keyshortcuts="/"
      />
      <kbd aria-hidden="true">/</kbd>
    </form>
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
    <button id="theme" type="button" hidden>Dark</button>
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
