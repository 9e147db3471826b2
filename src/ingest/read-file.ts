/** One file from its bytes to batches of events. */
import type { Arrival, EventEnvelope } from '../model/event.ts';
import { Collector } from './collector.ts';
import { Framing } from './decode/framing.ts';
import { isYamlName, YamlDocuments } from './decode/yaml.ts';
import { CHUNK_BYTES, GLANCE_BYTES, RECORD_BYTES } from './limits.ts';
import { Repeats } from './normalise/repeats.ts';
import { RecordReader } from './record-reader.ts';
import type { Damage } from './source/bytes.ts';
import { ByteSource } from './source/bytes.ts';
import { Transcoder } from './source/encoding.ts';
import type { InputFile } from './source/inputs.ts';
import type { Batch, IngestOptions, ReadingOptions } from './types.ts';

/**
 * A batch for each chunk that is read, and a last one, which may be empty. What a batch was read from is used again for the
 * next one: events that are kept for longer are to be settled before it is asked for. Never throws.
 */
export async function* readFile(
  file: InputFile,
  options: ReadingOptions,
  repeats: Repeats,
  chunkBytes = CHUNK_BYTES,
): AsyncGenerator<Batch<Arrival>> {
  const source = new ByteSource(file, chunkBytes, options.keptPipes);
  const content = new FileContent<Arrival>(file.name, options, repeats, file.size === undefined);
  let bytesRead = 0;
  // A live pipe's last event must not wait for the next one.
  const ahead = 'ahead' in options && file.size !== undefined ? options.ahead : undefined;
  for await (const chunk of ahead?.pieces(source, chunkBytes) ?? source.chunks()) {
    content.push(chunk);
    const before = bytesRead;
    bytesRead = source.bytesReadWith(chunk);
    const batch = content.collector.take(file.name, bytesRead, file.size);
    repeats.count(batch.records, bytesRead - before);
    yield batch;
    if (content.refused) break;
  }
  if (!content.refused) ({ bytesRead } = source);
  content.end();
  const damage = source.damage ?? (content.refused ? undefined : shortened(file, bytesRead));
  if (damage !== undefined) content.collector.refuse(damage.code, { file: file.name }, damage.message, '');
  yield content.collector.take(file.name, bytesRead, file.size);
  content.close();
}

/** Growing is what logs do; what they lose was not looked at. */
function shortened({ size }: InputFile, bytesRead: number): Damage | undefined {
  if (size === undefined || bytesRead >= size) return undefined;
  const message = `the file had ${size} bytes when the scan began, and ended after ${bytesRead}`;
  return { code: 'INP019', message };
}

/**
 * The earliest event time near the beginning of the file, in milliseconds since the epoch; undefined for standard input,
 * which can be read only once, for an empty file, and for one without such a time. Never throws.
 */
export async function beginningOf(file: InputFile, options: ReadingOptions): Promise<number | undefined> {
  if (file.stdin || file.size === 0) return undefined;
  const content = new FileContent(file.name, unscreened(options), new Repeats());
  for await (const chunk of new ByteSource(file, GLANCE_BYTES).chunks()) {
    content.push(chunk);
    const time = earliest(content.collector.take(file.name, 0, undefined));
    if (time !== undefined || content.refused) return time;
  }
  content.end();
  return earliest(content.collector.take(file.name, 0, undefined));
}

function unscreened(options: ReadingOptions): IngestOptions {
  if (!('interest' in options)) return options;
  const { interest: _interest, ahead: _ahead, ...others } = options;
  return others;
}

const earliest = ({ events }: Batch): number | undefined =>
  events.reduce<number | undefined>(
    (least, { time = Infinity }) => (time < (least ?? Infinity) ? time : least),
    undefined,
  );

/** The bytes of one file, unpacked, in pieces that may be cut anywhere. Items are arrivals when the options ask for screening. */
export class FileContent<Item extends Arrival = EventEnvelope> {
  readonly collector = new Collector<Item>();
  readonly #name: string;
  readonly #transcoder: Transcoder;
  readonly #reader: RecordReader;
  readonly #decoder: Framing | YamlDocuments;
  #told = false;

  /** `isLive`: the pieces come when they are written, and a line that has ended is not to wait for the next one. */
  constructor(name: string, options: ReadingOptions, repeats: Repeats, isLive = false) {
    this.#name = name;
    this.#transcoder = new Transcoder(isLive);
    this.#reader = new RecordReader(this.collector, options, repeats, name);
    const limit = options.recordLimit ?? RECORD_BYTES;
    const Decoder = isYamlName(name) ? YamlDocuments : Framing;
    this.#decoder = new Decoder({ file: name }, this.#reader.sink, limit);
  }

  /** What was taken from the collector before is not needed any more, and so may be the memory of these bytes later. */
  push(bytes: Buffer): void {
    this.#reader.release();
    this.#decode(this.#transcoder.push(bytes));
  }

  end(): void {
    this.#decode(this.#transcoder.end());
    this.#decoder.end();
    this.#reader.end();
  }

  /** What was taken from the collector is not needed any more. */
  close(): void {
    this.#reader.close();
  }

  /** True once the file shows to be of an encoding that is not read. */
  get refused(): boolean {
    return this.#transcoder.refused !== undefined;
  }

  #decode(bytes: Buffer): void {
    const { refused } = this.#transcoder;
    if (refused !== undefined && !this.#told) {
      this.#told = true;
      const what = refused === 'binary' ? 'binary' : 'in UTF-32';
      this.collector.refuse('INP015', { file: this.#name }, `the file is ${what}, which is not read`, '');
    }
    if (bytes.length > 0) this.#decoder.push(bytes);
  }
}
