/** Argument lists out of the single texts that sensors make of them. Both ways lose something; see each. */

/**
 * Tetragon joins argv[1..] with spaces and puts an argument in double quotes only if it holds a space; quotes inside
 * are not escaped and empty arguments vanish. A quoted argument therefore ends at a quote before a space or the end.
 */
export function splitTetragon(text: string): string[] {
  const found: string[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === ' ') at++;
    else {
      const end = text[at] === '"' ? quotedEnd(text, at) : -1;
      const inner = end === -1 ? '' : text.slice(at + 1, end);
      const quoted = inner.includes(' ');
      const word = quoted ? inner : text.slice(at, wordEnd(text, at));
      found.push(word);
      at += quoted ? word.length + 2 : word.length;
    }
  }
  return found;
}

function quotedEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    if (at + 1 === text.length || text[at + 1] === ' ') return at;
  }
  return -1;
}

function wordEnd(text: string, from: number): number {
  const end = text.indexOf(' ', from);
  return end === -1 ? text.length : end;
}

const SHELLS: ReadonlySet<string> = new Set('ash bash busybox csh dash fish ksh mksh sh tcsh zsh'.split(' '));

/**
 * Falco joins argv[1..] with spaces and quotes nothing. What a shell gets behind `-c` was one argument most likely, so
 * it stays one.
 */
export function splitFalco(text: string, processName: string | undefined): string[] {
  const words = text.split(' ').filter((word) => word !== '');
  const command = words.findIndex((word) => /^-[a-z]*c$/.test(word));
  if (!SHELLS.has(processName ?? '') || command === -1 || words.length <= command + 2) return words;
  const script = text.slice(offsetBehind(text, words.slice(0, command + 1))).trim();
  return [...words.slice(0, command + 1), script];
}

function offsetBehind(text: string, words: readonly string[]): number {
  return words.reduce((at, word) => text.indexOf(word, at) + word.length, 0);
}
