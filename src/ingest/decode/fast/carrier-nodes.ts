import { ByteNode } from './byte-node.ts';

/** The place of an object that has these keys at most. */
export function strictNode(...keys: readonly string[]): ByteNode {
  const root = new ByteNode();
  root.strict = true;
  for (const key of keys) root.child(key);
  return root;
}
