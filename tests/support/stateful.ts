/** Rules with memory of every kind, and files of events that overlap in time, for tests of whole scans. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScanOptions } from '../../src/app/types.ts';
import { seededRandom } from '../../src/sample/random.ts';
import { ruleText } from '../../src/verify/timeline/section-text.ts';

/** The keys of `[rule]`, by the rule's id. */
const rules: Readonly<Record<string, string>> = {
  single: `query = 'event.action: a'`,
  sequence: `type = "eql"
query = 'sequence by user.name with maxspan=3m [any where event.action == "a"] [any where event.action == "b"] [any where event.action == "c"]'`,
  absence: `type = "eql"
query = 'sequence by user.name, host.name with maxspan=2m [any where event.action == "c"] ![any where event.action == "d"]'`,
  threshold: `type = "threshold"
query = 'event.action: d'
from = "now-10m"
threshold = { field = ["user.name"], value = 4, cardinality = [{ field = "host.name", value = 2 }] }`,
  terms: `type = "new_terms"
query = 'event.action: *'
from = "now-5m"
new_terms.field = "new_terms_fields"
new_terms.value = ["user.name", "host.name"]
new_terms.history_window_start = [{ field = "history_window_start", value = "now-10m" }]`,
  suppressed: `query = 'event.action: b'
alert_suppression.group_by = ["user.name"]
alert_suppression.missing_fields_strategy = "suppress"
alert_suppression.duration = { value = 10, unit = "m" }`,
};

const START = Date.UTC(2026, 2, 3);

/** Writes the files below the folder; the options read all of them, as a stream with half a minute of lateness. */
export function writeStateful(folder: string, events: number, seed = 1): ScanOptions {
  const [ruleFolder, logs] = [join(folder, 'rules'), join(folder, 'logs')];
  mkdirSync(ruleFolder);
  mkdirSync(logs);
  for (const [id, toml] of Object.entries(rules))
    writeFileSync(join(ruleFolder, `${id}.toml`), ruleText({ name: id, body: toml, line: 1 }).text);
  for (const [name, lines] of linesOf(events, seed)) writeFileSync(join(logs, name), lines.join(''));
  return {
    inputs: [logs],
    ingest: { shape: 'auto', keepRequestReceived: false },
    rules: [ruleFolder],
    filter: { rules: [], tags: [], deprecated: false, buildingBlocks: true },
    ignoreIndex: true,
    engine: { mode: 'stream', lateness: 30_000 },
  };
}

/** Each event goes to one of three files, and lies up to twenty seconds from its place there. */
function linesOf(events: number, seed: number): Map<string, string[]> {
  const random = seededRandom(seed);
  const files = new Map<string, string[]>();
  for (let i = 0; i < events; i++) {
    const time = START + i * 4000 + random.between(-20_000, 0);
    const name = `${random.pick(['a', 'b', 'c'])}.log`;
    const event = {
      '@timestamp': new Date(time).toISOString(),
      event: { action: random.pick(['a', 'b', 'c', 'd', 'e']), id: String(i) },
      user: { name: `user-${random.between(1, 12)}` },
      host: { name: `host-${random.between(1, 6)}` },
    };
    const lines = files.get(name) ?? [];
    files.set(name, lines);
    lines.push(`${JSON.stringify(event)}\n`);
  }
  return files;
}
