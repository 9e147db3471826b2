import { safe } from './safe.ts';

/** A word that a POSIX shell takes as it stands: quoted only when it must be. */
export function shellWord(word: string): string {
  const shown = safe(word);
  return /^[\w@%+=:,./-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", String.raw`'\''`)}'`;
}
