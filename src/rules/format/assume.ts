/** What stands in for keys that Elastic requires and that do not decide what matches. */
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { severities } from '../../model/alert.ts';
import { scoreOf, severityOf } from './band.ts';
import { getAt } from './path.ts';
import type { Path } from './positions.ts';

type Get = (key: string) => JsonValue | undefined;

const assumed: Readonly<Record<string, (get: Get, stem: string) => JsonValue>> = {
  rule_id: (_, stem) => stem,
  name: (_, stem) => stem,
  description: () => '',
  author: () => [],
  severity: (get) => severityOf(numberOr(get('risk_score'), 0)),
  risk_score: (get) => scoreOf(severities.find((known) => known === get('severity')) ?? 'low'),
  language: (get) => languages[String(get('type'))] ?? 'kuery',
};

/** Types whose language follows from them; all others default to KQL, as in Kibana. */
const languages: Readonly<Record<string, string>> = { eql: 'eql', esql: 'esql' };

/** The value to assume at the path; undefined when none can be. `stem` is the file's name without its ending. */
export function assume([table, key, ...below]: Path, value: JsonObject, stem: string): JsonValue | undefined {
  if (table !== 'rule' || below.length > 0 || !Object.hasOwn(assumed, key ?? '')) return undefined;
  return assumed[String(key)]?.((other) => getAt(value, ['rule', other]), stem);
}

const numberOr = (value: JsonValue | undefined, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise;
