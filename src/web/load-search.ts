/** Fetches the search and its data when they are first needed. */
import type { Search } from './contract.ts';

let loading: Promise<Search> | undefined;

/** Rejects when a script cannot be loaded; the next call tries again. */
export function loadSearch(): Promise<Search> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<Search> {
  await script('search.js');
  await script('search-data.js');
  if (window.winnowSearch === undefined) throw new Error('The search data cannot be used.');
  return window.winnowSearch;
}

function script(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const tag = document.createElement('script');
    tag.src = name;
    tag.addEventListener('load', () => resolve());
    tag.addEventListener('error', () => reject(new Error(`${name} cannot be loaded.`)));
    document.head.append(tag);
  });
}
