/** What tells other forms of records from ECS documents: keys of theirs, which no layout of documents understands. */
import { shapeSigns } from '../../normalise/index.ts';
import { envelopeSigns } from '../envelope/index.ts';
import type { ByteNode } from './byte-node.ts';

const ANY = '*';
/** The places of what layouts look into themselves. */
const LOOKED_INTO: ReadonlySet<string> = new Set(['kubernetes', 'message']);
/** Where these stand, rules look elsewhere. */
const INDEX_PATHS = ['_index', 'kibana.alert.uuid'];

const known = [...shapeSigns, ...envelopeSigns];
const SIGNS = new Set(known.filter((sign) => !sign.endsWith(ANY) && !LOOKED_INTO.has(sign)));

/** A key that begins so is a sign, too. */
export const SIGN_PREFIX = known.find((sign) => sign.endsWith(ANY))?.slice(0, -ANY.length) ?? '';

/** Whether documents keep fields of the set as they are. */
export const isOwnSet = (set: string): boolean => !SIGNS.has(set) && !set.startsWith(SIGN_PREFIX);

/** Prepares the root of documents: what is no sign is theirs, whatever it is called. */
export function markSigns(root: ByteNode): void {
  root.guarded = true;
  for (const sign of SIGNS) root.child(sign).refused = true;
  for (const path of INDEX_PATHS) root.descend(path).refused = true;
}
