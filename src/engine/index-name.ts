/** The index that an event would stand in, had it been sent to Elasticsearch: what the `index` of a rule chooses by. */
import type { JsonObject } from '../data/document.ts';
import { textAt } from './alert/read.ts';

/**
 * `_index` when the record brings one, else the index of alerts for an alert, else the data stream's name, else the name
 * that a Beat writes to; undefined when nothing in the document tells.
 */
export function indexNameOf(document: JsonObject): string | undefined {
  const written = textAt(document, '_index');
  if (written !== undefined) return plainName(written);
  if (textAt(document, 'kibana.alert.uuid') !== undefined) return ALERTS_INDEX;
  return dataStreamName(document) ?? beatName(document);
}

/**
 * The index behind that name, as ES|QL's METADATA shows it: a data stream and the alerts stand in hidden ones
 * (esql §1.7). `_index` as it is when the record brings one; a made name has no date and no number.
 */
export function backingIndexOf(document: JsonObject): string | undefined {
  const written = textAt(document, '_index');
  if (written !== undefined) return written;
  if (textAt(document, 'kibana.alert.uuid') !== undefined) return `.internal${ALERTS_INDEX}`;
  const stream = dataStreamName(document);
  return stream === undefined ? beatName(document) : `.ds-${stream}`;
}

/** What the names of all indices of alerts begin with. */
export const ALERTS = '.alerts-';
/** Where alerts of detection rules stand. */
export const ALERTS_INDEX = '.alerts-security.alerts-default';

function dataStreamName(document: JsonObject): string | undefined {
  const dataset = textAt(document, 'data_stream.dataset');
  if (dataset === undefined) return undefined;
  const type = textAt(document, 'data_stream.type') ?? 'logs';
  return `${type}-${dataset}-${textAt(document, 'data_stream.namespace') ?? 'default'}`;
}

function beatName(document: JsonObject): string | undefined {
  const agent = textAt(document, 'agent.type');
  if (agent === undefined || !agent.endsWith('beat')) return undefined;
  return `${agent}-${textAt(document, 'agent.version') ?? '0'}`;
}

/**
 * The name that patterns are written for: without the cluster of a cross-cluster search, the prefix of a mounted
 * snapshot, and what a data stream or an alias adds to its backing indices (`.ds-<name>-2026.03.02-000001`).
 */
function plainName(index: string): string {
  const local = index.slice(index.indexOf(':') + 1).replace(/^(partial|restored)-/, '');
  const backing =
    /^\.ds-(.+)-\d{4}\.\d\d\.\d\d-\d{6,}$/.exec(local) ?? /^\.internal(\.alerts-.+)-\d{6,}$/.exec(local);
  return backing?.[1] ?? local;
}
