/** `winnow.ts EVENTS QUERIES`: Winnow as a peer; `winnow.ts EVENTS` only parses each line with JSON.parse. */
import { readFileSync } from 'node:fs';
import { eql } from '../../src/lang/eql/index.ts';
import { compileEventQuery } from '../../tests/support/checkout.ts';
import { BenchReader } from '../reader.ts';
import type { BenchRule } from '../rule-sets.ts';
import type { PeerAnswer } from './answer.ts';

const [events = '', queries] = process.argv.slice(2);
console.log(JSON.stringify(queries === undefined ? parsed() : scanned(readFileSync(queries, 'utf8'))));

function parsed(): PeerAnswer {
  const start = process.cpuUsage();
  const lines = readFileSync(events, 'utf8').split('\n');
  for (const line of lines) if (line !== '') JSON.parse(line);
  return { seconds: since(start), matches: [] };
}

function scanned(text: string): PeerAnswer {
  const compiled = (JSON.parse(text) as readonly string[]).map((query) => compileEventQuery(eql, query));
  const rules = compiled.flatMap((where): BenchRule[] => (where === undefined ? [] : [{ where }]));
  const reader = new BenchReader(rules);
  const start = process.cpuUsage();
  reader.scan(readFileSync(events));
  const seconds = since(start);
  const held = [...reader.held];
  return { seconds, matches: compiled.map((where) => (where === undefined ? null : (held.shift() ?? 0))) };
}

/** Of all threads: what compiles and collects beside counts, too. */
function since(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
