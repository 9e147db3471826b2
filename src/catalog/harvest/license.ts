/** Licences of rule sets, by the first lines of their licence files. */

export const isLicenseFile = (path: string): boolean =>
  /(^|\/)(LICENSE|LICENCE|COPYING)(\.(txt|md|rst))?$/i.test(path);

const known: readonly (readonly [RegExp, string])[] = [
  [/Elastic License 2\.0/i, 'Elastic-2.0'],
  [/Detection Rule License.*1\.1/is, 'DRL-1.1'],
  [/Detection Rule License/i, 'DRL-1.0'],
  [/Apache License\s+Version 2\.0/i, 'Apache-2.0'],
  [/MIT License|Permission is hereby granted, free of charge/i, 'MIT'],
  [/GNU AFFERO GENERAL PUBLIC LICENSE/i, 'AGPL-3.0'],
  [/GNU GENERAL PUBLIC LICENSE/i, 'GPL'],
  [/BSD 3-Clause/i, 'BSD-3-Clause'],
];

const HEAD = 2_000;

/** Its SPDX identifier, else its first line. */
export function licenseName(text: string): string {
  const head = text.slice(0, HEAD);
  const found = known.find(([pattern]) => pattern.test(head));
  return found?.[1] ?? (head.trim().split('\n')[0]?.trim().slice(0, 60) || 'unknown');
}

/** `Elastic License v2`, however rules spell it, is the same licence. */
export const licenseOfRule = (text: string): string =>
  /^Elastic Licen[sc]e v?2/i.test(text) ? 'Elastic-2.0' : text;
