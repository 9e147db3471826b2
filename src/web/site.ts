/** What every page loads: colours, keys and the search box. Pages are complete without it. */
import { byId } from './dom.ts';
import { setUpKeyboard } from './keyboard.ts';
import { searchPage } from './search-page.ts';
import { applyTheme, setUpThemeButton } from './theme.ts';

applyTheme();
document.addEventListener('DOMContentLoaded', () => {
  const [button, box] = [byId('theme'), byId('q')];
  if (button instanceof HTMLButtonElement) setUpThemeButton(button);
  if (box instanceof HTMLInputElement) setUpSearch(box);
});

function setUpSearch(box: HTMLInputElement): void {
  const form = box.form;
  if (form !== null) {
    form.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      submit(box);
    });
  }
  for (const hint of document.querySelectorAll<HTMLElement>('.hint')) hint.hidden = false;
  setUpKeyboard(box, searchPage(box));
}

/** The home page searches while one types; other pages lead there. */
function submit(box: HTMLInputElement): void {
  const home = document.body.dataset['home'] ?? 'index.html';
  const first = document.querySelector<HTMLElement>('.hits > ol > li > a');
  if (byId('results') !== undefined) first?.focus();
  else if (box.value.trim() !== '') location.href = `${home}#q=${encodeURIComponent(box.value.trim())}`;
}
