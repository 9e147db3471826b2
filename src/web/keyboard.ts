/** Typing anywhere searches; arrows move through results; Escape goes back to the box. */
import type { SearchPage } from './search-page.ts';

export function setUpKeyboard(box: HTMLInputElement, page: SearchPage | undefined): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') escape(box);
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') move(event, box, page?.links ?? []);
    else if (startsSearch(event)) begin(event, box);
  });
}

/** A letter or digit that is meant for nothing else. */
function startsSearch({ key, target }: KeyboardEvent): boolean {
  const isTaken =
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
  const isInBox = target instanceof HTMLInputElement && target.type !== 'checkbox';
  if (key === '/') return !isInBox;
  return (!isTaken || !isInBox) && /^[\p{L}\p{N}"-]$/u.test(key);
}

/** The letter itself arrives in the box, which has the focus by then. */
function begin(event: KeyboardEvent, box: HTMLInputElement): void {
  if (event.key === '/') event.preventDefault();
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
}

/** From the box to the first result, from one to the next, and from the first back to the box. */
function move(event: KeyboardEvent, box: HTMLInputElement, links: readonly HTMLElement[]): void {
  const at = links.findIndex((link) => link === document.activeElement);
  if (links.length === 0 || (at === -1 && document.activeElement !== box)) return;
  const next = at + (event.key === 'ArrowDown' ? 1 : -1);
  event.preventDefault();
  if (next < 0) box.focus();
  else links[Math.min(next, links.length - 1)]?.focus();
}

/** First back to the box, then to an empty one. */
function escape(box: HTMLInputElement): void {
  if (document.activeElement !== box && box.value !== '') {
    box.focus();
    return;
  }
  if (box.value !== '') {
    box.value = '';
    box.dispatchEvent(new Event('input'));
  } else box.blur();
}
