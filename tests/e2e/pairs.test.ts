/** The rules that Winnow and other programs are compared with: that each is what it says, in both ways of writing it. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { parse } from 'yaml';
import { eventLines } from '../../bench/events.ts';
import { pairedRules, pipelineOf } from '../../bench/peers/pairs.ts';
import { scan } from '../../src/app/scan.ts';

const folder = mkdtempSync(join(tmpdir(), 'winnow-pairs-'));
after(() => rmSync(folder, { recursive: true }));

for (const kind of ['audit', 'linux'] as const)
  test(`rules for ${kind} events run, and have names for every field of their twins`, async () => {
    const rules = [...pairedRules(kind, 12, false), ...pairedRules(kind, 10, true)];
    const paths = rules.map(({ toml }, i) => {
      const path = join(folder, `${kind}-${i}.toml`);
      // Both sets begin to count at the same number.
      writeFileSync(path, toml.replace(/-0{9}(\d{3})"/, `-${String(i).padStart(12, '0')}"`));
      return path;
    });
    const log = join(folder, `${kind}.ndjson`);
    writeFileSync(log, eventLines(kind, 100).join('\n'));
    let found = 0;
    const { rules: told } = await scan(
      {
        inputs: [log],
        rules: paths,
        ingest: { shape: 'auto', keepRequestReceived: false },
        filter: { rules: [], tags: [], deprecated: false, buildingBlocks: true },
        ignoreIndex: false,
      },
      { alert: () => found++ },
      new AbortController().signal,
    );
    assert.deepEqual([told.loaded, told.runnable], [rules.length, rules.length]);
    assert.ok(found > 0, 'the frequent ones find something in a hundred events');

    const { transformations } = parse(pipelineOf(kind)) as Pipeline;
    const named = Object.keys(transformations[0]?.mapping ?? {});
    const read = rules.flatMap(({ sigma }) => fieldsOf((parse(sigma) as Sigma).detection));
    const own = new Set(read.filter((field) => field !== 'event.action'));
    assert.deepEqual([...own].sort(), named.toSorted());
  });

interface Pipeline {
  readonly transformations: readonly { readonly mapping: Readonly<Record<string, string>> }[];
}

interface Sigma {
  readonly detection: Readonly<Record<string, unknown>>;
}

const fieldsOf = ({ condition: _, ...selections }: Sigma['detection']): string[] =>
  Object.values(selections)
    .flatMap((selection) => (Array.isArray(selection) ? (selection as unknown[]) : [selection]))
    .flatMap((selection) => Object.keys(selection as object))
    .map((field) => field.split('|')[0] ?? '');
