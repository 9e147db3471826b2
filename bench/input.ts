/** Lines as the file that a scan reads. */
export interface Input {
  readonly title: string;
  readonly lines: readonly string[];
  readonly bytes: Buffer;
  /** On average, with its line end. */
  readonly bytesOfAnEvent: number;
}

export function inputOf(title: string, lines: readonly string[]): Input {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  return { title, lines, bytes, bytesOfAnEvent: bytes.length / lines.length };
}

/** What comes first in every table. */
export const about = ({ title, lines, bytesOfAnEvent }: Input, rounds: number): string =>
  `${title}: ${lines.length.toLocaleString('en')} of ${Math.round(bytesOfAnEvent)} bytes, median (least–most) of ${rounds} rounds`;

/** JSON.parse of each line: what most tools stand on. */
export const parseAll = ({ lines }: Input): number => lines.map((line) => JSON.parse(line) as unknown).length;
