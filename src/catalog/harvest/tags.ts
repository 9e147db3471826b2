/** What the tags of rules say about ATT&CK. */

const TECHNIQUE = /^(?:attack\.)?(t\d{4}(?:\.\d{3})?)$/i;

/** `attack.t1059.001` is T1059.001. */
export const techniquesIn = (tags: readonly string[]): { readonly id: string }[] =>
  [...new Set(tags.flatMap((tag) => TECHNIQUE.exec(tag.trim())?.[1]?.toUpperCase() ?? []))].map((id) => ({
    id,
  }));

/** `attack.credential_access` and `attack.credential-access` are `credential-access`. */
export const tacticsIn = (tags: readonly string[]): string[] => [
  ...new Set(
    tags
      .filter((tag) => /^attack\.[a-z][a-z_-]+$/i.test(tag.trim()))
      .map((tag) => tag.trim().toLowerCase().replace('attack.', '').replaceAll('_', '-')),
  ),
];
