/** Searching on the home page: what is typed stands in the address, and results take the place of the page. */
import { byId } from './dom.ts';
import { loadSearch } from './load-search.ts';
import { toggleFilter } from '../catalog/search/filter-text.ts';
import { showResults, totalText } from './results.ts';

const STEP = 30;

export class SearchPage {
  readonly #box: HTMLInputElement;
  readonly #results: HTMLElement;
  readonly #home: HTMLElement;
  readonly #status: HTMLElement;
  #limit = STEP;
  /** Answers to what is no longer asked are dropped. */
  #asked = 0;

  constructor(box: HTMLInputElement, results: HTMLElement, home: HTMLElement) {
    this.#box = box;
    this.#results = results;
    this.#home = home;
    this.#status = document.createElement('p');
    this.#status.className = 'unseen';
    this.#status.setAttribute('role', 'status');
    results.before(this.#status);
    box.addEventListener('input', () => this.#typed());
    window.addEventListener('hashchange', () => this.#fromAddress());
    this.#fromAddress();
  }

  /** The first result that can have the focus, and those after it. */
  get links(): HTMLElement[] {
    return [...this.#results.querySelectorAll<HTMLElement>('.hits > ol > li > a')];
  }

  #fromAddress(): void {
    const query = queryIn(location.hash);
    if (query === undefined && location.hash !== '') return;
    if (query !== undefined && query !== this.#box.value) this.#box.value = query;
    if (query === undefined) this.#box.value = '';
    this.#restart();
  }

  #typed(): void {
    const query = this.#box.value.trim();
    history.replaceState(undefined, '', query === '' ? '#' : `#q=${encodeURIComponent(query)}`);
    this.#restart();
  }

  #restart(): void {
    this.#limit = STEP;
    void this.#show();
  }

  async #show(): Promise<void> {
    const query = this.#box.value.trim();
    const asked = ++this.#asked;
    this.#home.hidden = query !== '';
    this.#results.hidden = query === '';
    if (query === '') return;
    if (window.winnowSearch === undefined) this.#say('Loading the search …');
    try {
      const search = await loadSearch();
      if (asked === this.#asked) this.#answer(query, search(query, this.#limit));
    } catch (error) {
      this.#say(error instanceof Error ? error.message : String(error));
    }
  }

  #answer(query: string, finding: Parameters<typeof showResults>[2]): void {
    showResults(this.#results, query, finding, {
      toggle: (facet, value) => {
        this.#box.value = toggleFilter(query, facet, value);
        this.#typed();
      },
      more: () => {
        const last = this.links.length;
        this.#limit += STEP;
        void this.#show().then(() => this.links[last]?.focus());
      },
    });
    this.#status.textContent = totalText(finding);
  }

  #say(text: string): void {
    this.#status.textContent = text;
    const note = document.createElement('p');
    note.className = 'lead';
    note.textContent = text;
    this.#results.replaceChildren(note);
  }
}

function queryIn(hash: string): string | undefined {
  if (!hash.startsWith('#q=')) return undefined;
  try {
    return decodeURIComponent(hash.slice(3));
  } catch {
    return hash.slice(3);
  }
}

/** Undefined on pages other than the home page. */
export function searchPage(box: HTMLInputElement): SearchPage | undefined {
  const [results, home] = [byId('results'), byId('home')];
  return results === undefined || home === undefined ? undefined : new SearchPage(box, results, home);
}
