/** Where every page of the site lies. Addresses are relative and name files, so that the site works from a folder. */
import type { SourceRule } from '../model.ts';

/** The path of a page, relative to the site's folder. */
export type PagePath = string;

export const statementPath = (id: string): PagePath => `fp/${id}.html`;
export const behaviourPath = (id: string): PagePath => `behaviour/${id}.html`;
export const techniquePath = (id: string): PagePath => `technique/${id}.html`;
export const dataPath = (source: string): PagePath => `data/${source}.html`;
export const actorPath = (actor: string): PagePath => `actor/${actor}.html`;

/** A search on the home page; what was typed stands behind the `#`, which also works from a folder. */
export const searchPath = (query: string): PagePath => `index.html#q=${encodeURIComponent(query)}`;

/** Page `number` of a list, counted from 1: `data/windows.html`, `data/windows-2.html`. */
export const pageOf = (path: PagePath, number: number): PagePath =>
  number === 1 ? path : path.replace(/\.html$/, `-${number}.html`);

/** From one page to others. */
export type Linker = (to: PagePath) => string;

export function linkerOf(from: PagePath): Linker {
  const up = '../'.repeat(from.split('/').length - 1);
  return (to) => up + to;
}

/** File names of rules by their keys. Two keys that give one name (case counts for little on disks) are numbered. */
export function rulePaths(rules: readonly SourceRule[]): ReadonlyMap<string, PagePath> {
  const taken = new Set<string>();
  return new Map(
    rules.map(({ key }) => {
      const base = key
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .slice(0, 100);
      let name = base;
      for (let count = 2; taken.has(name); count++) name = `${base}-${count}`;
      taken.add(name);
      return [key, `rule/${name}.html`] as const;
    }),
  );
}
