/** Comparing stretches of bytes. */

export function hashOf(data: Uint8Array, from: number, to: number): number {
  let hash = 0;
  for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + (data[at] as number)) | 0;
  return hash;
}

export function isEqual(data: Uint8Array, from: number, to: number, key: Uint8Array): boolean {
  if (to - from !== key.length) return false;
  for (let i = 0; i < key.length; i++) if (data[from + i] !== key[i]) return false;
  return true;
}
