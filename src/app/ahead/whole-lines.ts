/** Bytes in pieces that end with lines, each in memory of its own, so that it can be handed to another thread. */

const NEWLINE = 0x0a;
/** A line longer than this is cut: it is nothing for a quick look. */
const LONGEST_LINE = 4 * 1024 * 1024;

/** The same bytes, cut behind the last line feed of each chunk, or of several where a line is long. */
export async function* wholeLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > 0) {
      yield ownCopy([...held, chunk.subarray(0, end)]);
      [held, size] = [[], 0];
    }
    if (end === chunk.length) continue;
    // The source may use its memory again.
    held.push(ownCopy([chunk.subarray(end)]));
    size += chunk.length - end;
    if (size <= LONGEST_LINE) continue;
    yield ownCopy(held);
    [held, size] = [[], 0];
  }
  if (size > 0) yield ownCopy(held);
}

function ownCopy(parts: readonly Buffer[]): Buffer {
  const whole = Buffer.from(new ArrayBuffer(parts.reduce((sum, { length }) => sum + length, 0)));
  let at = 0;
  for (const part of parts) at += part.copy(whole, at);
  return whole;
}
