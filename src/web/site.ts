/** What every page loads: colours, keys and the search box. Pages are complete without it. */
import { setUpCopying } from './copy.ts';
import { byId, element } from './dom.ts';
import { setUpKeyboard } from './keyboard.ts';
import { searchPage } from './search-page.ts';
import { applyTheme, themeButton } from './theme.ts';

applyTheme();
document.addEventListener('DOMContentLoaded', () => {
  const nav = document.querySelector('.mast nav');
  if (nav === null) return;
  nav.before(searchForm());
  nav.after(themeButton());
  const box = byId('q');
  if (box instanceof HTMLInputElement) setUpKeyboard(box, searchPage(box));
  for (const hint of document.querySelectorAll<HTMLElement>('.hint')) hint.hidden = false;
  setUpCopying();
});

function searchForm(): HTMLFormElement {
  const box = element('input', {
    id: 'q',
    type: 'search',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    placeholder: 'Search: exec pod data:kubernetes',
    'aria-keyshortcuts': '/',
  });
  const form = element(
    'form',
    { class: 'search', role: 'search' },
    element('label', { class: 'unseen', for: 'q' }, 'Search the catalogue'),
    box,
    element('kbd', { 'aria-hidden': 'true' }, '/'),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit(box);
  });
  return form;
}

/** The home page searches while one types; other pages lead there. */
function submit(box: HTMLInputElement): void {
  const first = document.querySelector<HTMLElement>('.hits > ol > li > a');
  if (byId('results') !== undefined) first?.focus();
  else if (box.value.trim() !== '')
    location.href = `${homeAddress()}#q=${encodeURIComponent(box.value.trim())}`;
}

const homeAddress = (): string => document.querySelector('.brand')?.getAttribute('href') ?? 'index.html';
