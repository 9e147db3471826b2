import { defineMessages } from './define.ts';

export const catalogMessages = defineMessages({
  CAT001: {
    severity: 'error',
    title: 'A file or folder of a checkout cannot be read',
    why: 'It is gone, not permitted, or not UTF-8. What a file says about false positives is not in the catalogue; a folder ends the build, because nobody knows what is in it.',
    fix: 'Look at its permissions, or fetch the checkout again.',
  },
  CAT002: {
    severity: 'warning',
    title: 'A rule file is broken and was skipped',
    why: 'The file is no valid TOML or YAML, so nothing can be read from it. Every other file is read all the same.',
    fix: 'Tell the publisher of the rule set, or mend your copy. The quality page of the catalogue lists the file.',
  },
  CAT003: {
    severity: 'note',
    title: 'A rule file was mended to be read',
    why: 'YAML wants the lines of a quoted text to be indented. Some of the tools that rule sets are written with do not insist, so some rules have such lines at the left edge. They were read as if they were indented.',
    fix: 'Nothing, unless the file is yours: then indent the lines.',
  },
  CAT004: {
    severity: 'warning',
    title: 'Two rules have the same id',
    why: 'Ids tell rules apart. The second one is in the catalogue under its path.',
    fix: 'Give the same checkout only once. If the rules are yours, give one of them an id of its own.',
  },
  CAT005: {
    severity: 'error',
    title: 'The folder holds no rules',
    why: 'No TOML file with a `[rule]` table and no YAML file that looks like Sigma’s or Splunk’s is below it.',
    fix: 'Name the folder of a checkout of detection-rules, sigma or security_content, or a folder of your own rules.',
  },
  CAT006: {
    severity: 'error',
    title: 'The catalogue cannot be used',
    why: 'The file `catalogue.json` is missing, not a catalogue, or of a version that this Winnow does not know. Ids, history and the list of changes come from it, so a build never writes over a catalogue that it cannot read.',
    fix: 'Build one with `winnow lofp build CHECKOUT… --out DIR`, or name another folder.',
  },
  CAT007: {
    severity: 'error',
    title: 'The search cannot be understood',
    why: 'A search is words, `"phrases"` and `facet:value`, each perhaps with `-` before it.',
    fix: 'Close quotes, and use one of the facets that the message lists.',
  },
  CAT008: {
    severity: 'error',
    title: 'The catalogue has nothing with this id',
    why: 'Ids of statements begin with `FP-`, those of behaviours with `BP-`; rules go by their own id or name.',
    fix: 'Look for it with `winnow lofp search`.',
  },
  CAT009: {
    severity: 'warning',
    title: 'A rule set of the last catalogue is missing',
    why: 'The catalogue in that folder was built from more rule sets. What only they say is now listed as gone, and comes back under its old ids when they are given again.',
    fix: 'Give all checkouts in one command, or use another folder.',
  },
  CAT010: {
    severity: 'warning',
    title: 'A filter or list names rules that are not there',
    why: 'Filters in files of their own and lists of known false positives say which rules they are for. None of the checkouts has a rule with that id or name, so what they say is not in the catalogue.',
    fix: 'Give the checkout that has the rules too, or correct the name in the filter.',
  },
  CAT011: {
    severity: 'error',
    title: 'The folder holds something that is not a site',
    why: 'A build removes the pages that the catalogue has no more, so it only writes to a folder that is new, empty, or has a list of pages that an earlier build left there.',
    fix: 'Name a new folder.',
  },
  CAT012: {
    severity: 'error',
    title: 'There is no site to open',
    why: 'The folder has no list of pages, which every build of the site leaves there.',
    fix: 'Build one with `winnow lofp site DIR`.',
  },
  CAT013: {
    severity: 'error',
    title: 'The port cannot be listened on',
    why: 'Another program has it, or it is one that only administrators may use.',
    fix: 'Choose another one with `--port`; 0 takes any that is free.',
  },
  CAT014: {
    severity: 'error',
    title: 'The folder cannot be written to',
    why: 'It is a file, belongs to somebody else, or the disk is full. What was there before is as it was, or half of a site that the next run completes.',
    fix: 'Name another folder, or make room.',
  },
  CAT015: {
    severity: 'error',
    title: 'The styles and scripts of the site are missing',
    why: 'They are bundled when Winnow is built; an installed Winnow has them, a fresh clone has not.',
    fix: 'Run `npm run build` in the clone.',
  },
  CAT016: {
    severity: 'error',
    title: 'The catalogue refers to behaviours that are not known',
    why: 'It was built with behaviours of your own, or by another version of Winnow. Their pages could not be written, and links to them would lead nowhere.',
    fix: 'Give the same `--behaviours` as to `winnow lofp build`, or build the catalogue again.',
  },
});
