/** Buttons that copy: the record that the page is about, as `api/v1` has it. */
import { byId, element } from './dom.ts';

/** A record that is not there is not offered. */
export function setUpCopying(): void {
  const record = byId('record')?.textContent ?? undefined;
  const place = document.querySelector('.kicker');
  if (record === undefined || place === null) return;
  const button = element('button', { id: 'copy', type: 'button' }, 'Copy as JSON');
  const said = element('span', { class: 'unseen', role: 'status' });
  button.addEventListener('click', () => {
    const text = JSON.stringify(JSON.parse(record), undefined, 2);
    void copied(text).then((isDone) => {
      button.textContent = isDone ? 'Copied' : 'Cannot copy';
      said.textContent = button.textContent;
      setTimeout(() => {
        button.textContent = 'Copy as JSON';
        said.textContent = '';
      }, 2_000);
    });
  });
  place.append(' ', button, said);
}

/** Browsers give the clipboard only to pages that they trust; others may copy what is selected. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text);
  }
}

function copiedBySelection(text: string): boolean {
  const area = element('textarea', { class: 'unseen', 'aria-hidden': 'true' });
  area.value = text;
  document.body.append(area);
  area.select();
  const isDone = document.execCommand('copy');
  area.remove();
  return isDone;
}
