/** Indicator match against its definition (engine A5.7): every event with every indicator, every value with every value. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { JsonObject } from '../../src/data/document.ts';
import type { EventEnvelope } from '../../src/model/event.ts';
import type { Values } from '../support/references.ts';
import { found, manyOf, SECOND, START } from '../support/references.ts';
import { rulesOf } from '../support/rules.ts';
import { law } from './law.ts';

const rules = await rulesOf({
  either: threat(`[
    { entries = [{ field = "source.ip", type = "mapping", value = "threat.indicator.ip" }] },
    { entries = [{ field = "user.name", type = "mapping", value = "threat.indicator.name" }] },
  ]`),
  both: threat(`[{ entries = [
    { field = "source.ip", type = "mapping", value = "threat.indicator.ip" },
    { field = "user.name", type = "mapping", value = "threat.indicator.name" },
  ] }]`),
  unlike: threat(`[{ entries = [
    { field = "source.ip", type = "mapping", value = "threat.indicator.ip" },
    { field = "user.name", type = "mapping", value = "threat.indicator.name", negate = true },
  ] }]`),
});

function threat(mapping: string): string {
  return `type = "threat_match"
query = 'kind: *'
from = "now-30s"
interval = "20s"
threat_index = ["indicators"]
threat_language = "kuery"
threat_query = 'event.kind: enrichment'
threat_mapping = ${mapping.replaceAll('\n', ' ').replaceAll(',   ]', ' ]').replaceAll(', ] }', ' ] }')}`;
}

interface Indicator {
  readonly used: boolean;
  readonly ip: Values;
  readonly name: Values;
}

interface Seen {
  readonly ip: Values;
  readonly user: Values;
}

const indicatorsOf = fc.array(
  fc.record({
    used: fc.integer({ min: 0, max: 4 }).map((roll) => roll > 0),
    ip: manyOf('10.0.0.1', '10.0.0.0/30', '10.0.0.8/31', '10.0.0.9'),
    name: manyOf('eve', 'bob'),
  }),
  { maxLength: 4 },
);

const seenEvents = fc.array(
  fc.record({ ip: manyOf('10.0.0.1', '10.0.0.3', '10.0.0.8', '10.0.0.9'), user: manyOf('eve', 'bob', 'al') }),
  { maxLength: 5 },
);

/** The last number of an address lies in the block, for the addresses above. */
function isIn(address: string, block: string): boolean {
  const last = (text: string): number => Number(text.split('.').at(-1));
  const [start = '', bits = '32'] = block.split('/');
  const size = 2 ** (32 - Number(bits));
  return last(address) >= last(start) && last(address) < last(start) + size;
}

const someIp = ({ ip }: Seen, { ip: blocks }: Indicator): boolean =>
  ip.some((address) => blocks.some((block) => isIn(address, block)));
const someName = ({ user }: Seen, { name }: Indicator): boolean => user.some((one) => name.includes(one));

/** A negated pair holds where nothing matches, unless both sides are empty (engine A5.7). */
const noName = (event: Seen, indicator: Indicator): boolean =>
  !someName(event, indicator) && event.user.length + indicator.name.length > 0;

const matches: Readonly<Record<string, (event: Seen, indicator: Indicator) => boolean>> = {
  either: (event, indicator) => someIp(event, indicator) || someName(event, indicator),
  both: (event, indicator) => someIp(event, indicator) && someName(event, indicator),
  unlike: (event, indicator) => someIp(event, indicator) && noName(event, indicator),
};

const indicatorEvent = ({ used, ip, name }: Indicator, i: number): EventEnvelope => ({
  key: `indicator ${i}`,
  time: START,
  document: {
    _id: `indicator ${i}`,
    _index: 'indicators',
    event: { kind: used ? 'enrichment' : 'event' },
    threat: { indicator: { ip: [...ip], name: [...name] } },
  },
  origin: { file: 'feed', line: i },
});

const seenEvent = ({ ip, user }: Seen, i: number): EventEnvelope => ({
  key: `event ${i}`,
  time: START + i * SECOND,
  document: {
    '@timestamp': new Date(START + i * SECOND).toISOString(),
    kind: 'x',
    source: { ip: [...ip] },
    user: { name: [...user] },
  },
  origin: { file: 'log', line: i },
});

interface Enrichment {
  readonly matched: { readonly id: string };
}

/** The event, and the indicators that its alert names. */
const namesIndicators = (document: JsonObject, lines: readonly number[]): string => {
  const enrichments = document['threat.enrichments'] as unknown as readonly Enrichment[];
  return `${lines.join('+')}: ${[...new Set(enrichments.map(({ matched }) => matched.id))].sort().join(', ')}`;
};

for (const [id, match] of Object.entries(matches))
  law(
    `events match indicators ("${id}") where some pair of them does`,
    [seenEvents, indicatorsOf],
    (seen, feed) => {
      const rule = rules.find(({ document }) => document.rule.rule_id === id);
      assert.ok(rule, id);
      const expected = seen.flatMap((event, i) => {
        const ids = feed.flatMap((indicator, j) =>
          indicator.used && match(event, indicator) ? `indicator ${j}` : [],
        );
        return ids.length === 0 ? [] : `${i}: ${ids.join(', ')}`;
      });
      const inputs = { indicators: feed.map(indicatorEvent) };
      for (const mode of ['stream', 'compat'] as const)
        assert.deepEqual(found(rule, seen.map(seenEvent), { mode, inputs }, namesIndicators), expected, mode);
    },
    { cost: 3 },
  );
