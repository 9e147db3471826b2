/**
 * The state of a scan in one SQLite file, with a write-ahead log: a transaction is there as a whole or not at all, however
 * the process ends. An alert is kept until somebody was told of it, its id for ever. A log of alerts is written inside the
 * transaction that keeps how far it is written: what it holds beyond that was never found.
 */
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import { source } from '../../base/source.ts';
import type { AlertLog, Checkpoint, Kept, Position, StateStore, WrittenAlerts } from '../../engine/ports.ts';
import type { Alert } from '../../model/alert.ts';

/** Version of the tables below: grows when what an older file holds means something else. */
const SCHEMA = 3;

/** Marks a file as ours, in SQLite's own field for that: "Wnnw". */
const APPLICATION = 0x576e6e77;

const TABLES = `
  CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE engine (number INTEGER PRIMARY KEY, part TEXT NOT NULL) STRICT;
  CREATE TABLE tally (number INTEGER PRIMARY KEY, part TEXT NOT NULL) STRICT;
  CREATE TABLE position (
    first TEXT PRIMARY KEY, last TEXT NOT NULL, taken INTEGER NOT NULL, summed INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE alert (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, untold TEXT, logged INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX untold ON alert (number) WHERE untold IS NOT NULL;
  CREATE TABLE log (name TEXT PRIMARY KEY, length INTEGER NOT NULL, digest TEXT NOT NULL) STRICT, WITHOUT ROWID;
  PRAGMA application_id = ${APPLICATION};
  PRAGMA user_version = ${SCHEMA};
`;

/** What the state means something under: the same values must be given each time. */
export type StateSettings = Readonly<Record<string, string>>;

/** The file cannot be used; the message says why. */
export class StateFileError extends Error {
  readonly diagnostic: Diagnostic;

  constructor(path: string, why: string, hint?: string) {
    super(why);
    this.diagnostic = diagnostic('RUN004', why, { source: source(path, ''), hint });
  }
}

/** What the file holds is not what we write. */
export const damaged = (path: string): StateFileError => new StateFileError(path, 'it is damaged', NEW_FILE);

/**
 * Opens the file, or makes it, for this process alone. `parse` reads JSON and keeps the text of numbers that a double
 * would change.
 * @throws StateFileError for a file of something else, of other settings, or in use
 */
export function openStateFile(
  path: string,
  settings: StateSettings,
  parse: (text: string) => unknown,
): StateStore {
  try {
    const database = new DatabaseSync(path);
    prepare(database, path, settings);
    return new StateFile(path, database, parse);
  } catch (error) {
    throw failureOf(path, error);
  }
}

/** Exclusive locking goes with the process that holds it, so that a killed one leaves nothing behind. */
function prepare(database: DatabaseSync, path: string, settings: StateSettings): void {
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  database.exec('BEGIN EXCLUSIVE');
  const [application, version] = [pragma(database, 'application_id'), pragma(database, 'user_version')];
  const isNew = application === 0 && database.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
  if (isNew) make(database, settings);
  else check(database, path, { application, version }, settings);
  database.exec('COMMIT');
}

const pragma = (database: DatabaseSync, name: string): number =>
  Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);

function make(database: DatabaseSync, settings: StateSettings): void {
  database.exec(TABLES);
  const insert = database.prepare('INSERT INTO setting VALUES (?, ?)');
  for (const [name, value] of Object.entries(settings)) insert.run(name, value);
}

interface Written {
  readonly application: number;
  readonly version: number;
}

function check(database: DatabaseSync, path: string, written: Written, settings: StateSettings): void {
  if (written.application !== APPLICATION)
    throw new StateFileError(path, 'it is a database of something else', 'name a new file');
  if (written.version !== SCHEMA)
    throw new StateFileError(
      path,
      `it has version ${written.version}, and this Winnow reads ${SCHEMA}`,
      NEW_FILE,
    );
  const rows = database.prepare('SELECT name, value FROM setting').all();
  const before = new Map(rows.map(({ name, value }) => [String(name), String(value)]));
  for (const [name, value] of Object.entries(settings)) {
    const was = before.get(name);
    if (was !== value) throw new StateFileError(path, `it was made with ${name} ${was}, not ${value}`);
  }
}

const NEW_FILE = 'name a new file; --history FILE lets rules know what was before';

class StateFile implements StateStore {
  readonly #path: string;
  readonly #database: DatabaseSync;
  readonly #parse: (text: string) => unknown;
  readonly #engine: Parts;
  readonly #tallies: Parts;
  readonly #keepPosition: StatementSync;
  readonly #keepAlert: StatementSync;
  readonly #noteTold: StatementSync;
  #log: AlertLog | undefined;

  constructor(path: string, database: DatabaseSync, parse: (text: string) => unknown) {
    this.#path = path;
    this.#database = database;
    this.#parse = parse;
    this.#engine = new Parts(database, 'engine', parse);
    this.#tallies = new Parts(database, 'tally', parse);
    this.#keepPosition = database.prepare('INSERT OR REPLACE INTO position VALUES (?, ?, ?, ?)');
    this.#noteTold = database.prepare('UPDATE alert SET untold = NULL WHERE id = ?');
    this.#keepAlert = database.prepare('INSERT OR IGNORE INTO alert (id, untold, logged) VALUES (?, ?, ?)');
  }

  load(): Kept | undefined {
    return this.#guarded(() => this.#load());
  }

  #load(): Kept | undefined {
    if (this.#engine.isEmpty) return undefined;
    return {
      engine: this.#engine.all(),
      tallies: this.#tallies.all(),
      positions: this.#database.prepare('SELECT * FROM position').all().map(positionOf),
      untold: this.#untold('TRUE'),
    };
  }

  written(log: string): WrittenAlerts | undefined {
    return this.#guarded(() => {
      const row = this.#database.prepare('SELECT length, digest FROM log WHERE name = ?').get(log);
      return row && { length: Number(row['length']), digest: String(row['digest']) };
    });
  }

  writeTo(log: AlertLog): void {
    this.#together(() => {
      this.#append(log, this.#untold('logged = 0'));
      this.#database.exec('UPDATE alert SET logged = 1 WHERE untold IS NOT NULL');
    });
    this.#log = log;
  }

  commit({ engine, tallies, positions, alerts }: Checkpoint): readonly Alert[] {
    return this.#together(() => {
      this.#engine.keep(engine);
      this.#tallies.keep(tallies);
      for (const { first, last, taken, summed } of positions)
        this.#keepPosition.run(first, last, taken, summed);
      const unknown = alerts.filter((alert) => this.#keep(alert));
      if (this.#log !== undefined) this.#append(this.#log, unknown);
      return unknown;
    });
  }

  told({ id }: Alert): void {
    this.#guarded(() => this.#noteTold.run(id));
  }

  toldAll(): void {
    this.#together(() => {
      this.#database.exec('UPDATE alert SET untold = NULL WHERE untold IS NOT NULL');
      this.#database.exec('UPDATE position SET summed = taken');
      this.#tallies.keep([]);
    });
  }

  close(): void {
    this.#database.close();
  }

  #untold(condition: 'TRUE' | 'logged = 0'): readonly Alert[] {
    return this.#database
      .prepare(`SELECT untold FROM alert WHERE untold IS NOT NULL AND ${condition} ORDER BY number`)
      .all()
      .map((row) => this.#parse(String(row['untold'])) as Alert);
  }

  #append(log: AlertLog, alerts: readonly Alert[]): void {
    log.append(alerts);
    const { length, digest } = log.written;
    this.#database.prepare('INSERT OR REPLACE INTO log VALUES (?, ?, ?)').run(log.name, length, digest);
  }

  /** Whether it was not known. */
  #keep(alert: Alert): boolean {
    const isLogged = this.#log === undefined ? 0 : 1;
    return this.#keepAlert.run(alert.id, JSON.stringify(alert), isLogged).changes === 1;
  }

  /** On the disk when it returns. Notes of what was told need not be: without them it is told again. */
  #together<T>(work: () => T): T {
    return this.#guarded(() => {
      this.#database.exec('PRAGMA synchronous = FULL; BEGIN IMMEDIATE');
      try {
        const result = work();
        this.#database.exec('COMMIT');
        return result;
      } finally {
        // What could not be written did not take place, and SQLite may have taken it back already.
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
        this.#database.exec('PRAGMA synchronous = NORMAL');
      }
    });
  }

  /** What SQLite refuses is told as what is wrong with the file. */
  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw failureOf(this.#path, error);
    }
  }
}

const positionOf = (row: Readonly<Record<string, unknown>>): Position => ({
  first: String(row['first']),
  last: String(row['last']),
  taken: Number(row['taken']),
  summed: Number(row['summed']),
});

/** A text that is too long for one string, in the rows of a table. */
class Parts {
  readonly #database: DatabaseSync;
  readonly #table: 'engine' | 'tally';
  readonly #parse: (text: string) => unknown;
  readonly #keep: StatementSync;
  readonly #drop: StatementSync;

  constructor(database: DatabaseSync, table: 'engine' | 'tally', parse: (text: string) => unknown) {
    this.#database = database;
    this.#table = table;
    this.#parse = parse;
    // A part that is the same as before costs no writing.
    this.#keep = database.prepare(
      `INSERT INTO ${table} VALUES (?, ?) ON CONFLICT DO UPDATE SET part = excluded.part WHERE part <> excluded.part`,
    );
    this.#drop = database.prepare(`DELETE FROM ${table} WHERE number > ?`);
  }

  get isEmpty(): boolean {
    return this.#database.prepare(`SELECT 1 FROM ${this.#table} LIMIT 1`).get() === undefined;
  }

  *all(): Generator {
    for (const { part } of this.#database
      .prepare(`SELECT part FROM ${this.#table} ORDER BY number`)
      .iterate())
      yield this.#parse(String(part));
  }

  keep(parts: Iterable<string>): void {
    let number = 0;
    for (const part of parts) this.#keep.run(++number, part);
    this.#drop.run(number);
  }
}

const SQLITE_ERROR = 'ERR_SQLITE_ERROR';

/** By what SQLite says. */
const reasons: readonly (readonly [says: RegExp, why: string, hint?: string])[] = [
  [/locked|busy/i, 'another scan is using it', 'wait for it to end, or name another file'],
  [/not a database/i, 'it is no state file', 'name a new file'],
  [/malformed|corrupt/i, 'it is damaged', NEW_FILE],
  [/disk is full/i, 'the disk is full', 'make room and scan again: it goes on from the last checkpoint'],
  [/readonly|read-only/i, 'it cannot be written to'],
  [/disk I\/O/i, 'reading or writing it failed', 'scan again: it goes on from the last checkpoint'],
];

/** What is no fault of the file goes on as it is. */
function failureOf(path: string, error: unknown): unknown {
  if (error instanceof StateFileError || !isSqliteError(error)) return error;
  const [, why, hint] = reasons.find(([says]) => says.test(error.message)) ?? [];
  return new StateFileError(path, why ?? `it cannot be opened: ${error.message}`, hint);
}

const isSqliteError = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === SQLITE_ERROR;
