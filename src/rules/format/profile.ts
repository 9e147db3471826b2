/**
 * How strictly rules are read (engine B5). `lenient` runs whatever can run and warns; `custom` wants structure and query
 * to be right; `elastic` adds what the checks of Elastic's repository ask of one file.
 */
export const profiles = ['lenient', 'custom', 'elastic'] as const;

export type Profile = (typeof profiles)[number];

/** Whether a check that `weakest` asks for is made under `profile`. */
export const asks = (profile: Profile, weakest: Profile): boolean =>
  profiles.indexOf(profile) >= profiles.indexOf(weakest);
