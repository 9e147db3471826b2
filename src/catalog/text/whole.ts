/** What a title that had to be cut leaves out. */

const LONGEST = 400;

/** The whole text on one line, for a title that ends in the middle of it; undefined for one that says all it means to. */
export function wholeOf({
  title,
  text,
}: {
  readonly title: string;
  readonly text: string;
}): string | undefined {
  if (!title.endsWith('…')) return undefined;
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST).trimEnd()} …`;
}
