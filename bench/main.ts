/** All benchmark lanes, or those that are named: `npm run bench -- scan`. */
import { benchBytes } from './bytes.ts';
import { benchEsql } from './esql.ts';
import { benchScan } from './scan.ts';
import { benchState } from './state.ts';
import { benchThreads } from './threads.ts';
import { benchWhole } from './whole.ts';

const lanes: Readonly<Record<string, () => void | Promise<void>>> = {
  scan: benchScan,
  bytes: benchBytes,
  state: benchState,
  esql: benchEsql,
  threads: benchThreads,
  whole: benchWhole,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in lanes));
if (unknown.length > 0) {
  console.error(
    `There is no benchmark lane ${unknown.join(', ')}; there are: ${Object.keys(lanes).join(', ')}.`,
  );
  process.exit(3);
}
for (const [name, run] of Object.entries(lanes))
  if (wanted.length === 0 || wanted.includes(name)) await run();
