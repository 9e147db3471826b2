/** Why did it fire, why did it not: the public face of `exec/explain`. */
export { blame, explain } from './explain.ts';
export type { Explanation, Seen } from './explain.ts';
export { renderExplanation } from './render.ts';
