/** Light or dark: as the system says, until the reader chooses. */

import { element } from './dom.ts';

type Theme = 'light' | 'dark';
const KEY = 'winnow-theme';

const systemDark = matchMedia('(prefers-color-scheme: dark)');

/** Browsers may refuse storage to pages from a folder; then the choice lasts as long as the page. */
function stored(): Theme | undefined {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : undefined;
  } catch {
    return undefined;
  }
}

function store(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Nothing depends on it.
  }
}

const root = document.documentElement;
const current = (): Theme => (root.dataset['theme'] as Theme) ?? (systemDark.matches ? 'dark' : 'light');

/** Before anything is drawn, so that a dark page never flashes white. */
export function applyTheme(): void {
  const chosen = stored();
  if (chosen !== undefined) root.dataset['theme'] = chosen;
}

export function themeButton(): HTMLButtonElement {
  const button = element('button', { id: 'theme', type: 'button' });
  const say = (): void => {
    const other = current() === 'dark' ? 'light' : 'dark';
    button.textContent = other === 'dark' ? 'Dark' : 'Light';
    button.setAttribute('aria-label', `Switch to ${other} colours`);
  };
  button.addEventListener('click', () => {
    const theme = current() === 'dark' ? 'light' : 'dark';
    root.dataset['theme'] = theme;
    store(theme);
    say();
  });
  systemDark.addEventListener('change', say);
  say();
  return button;
}
