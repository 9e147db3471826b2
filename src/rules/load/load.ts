/** Folders of rule files to a rule set. One broken file never stops the rest. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Profile } from '../format/profile.ts';
import { bindExceptions } from '../exception/bind.ts';
import type { ExceptionSet } from '../exception/load.ts';
import { applyOverlays } from '../overlay/apply.ts';
import type { OverlaySet } from '../overlay/model.ts';
import type { RuleSet } from '../rule.ts';
import type { Candidate } from './candidate.ts';
import { candidate, linted, loaded, withoutDeprecated } from './candidate.ts';
import type { Toolkit } from './compile.ts';
import { withoutDuplicates } from './duplicates.ts';
import type { RuleFiles } from './files.ts';
import type { ReadRules } from './read.ts';
import { readRules } from './read.ts';
import { standardToolkit } from './toolkit.ts';

export interface LoadOptions {
  /** `lenient` unless given. */
  readonly profile?: Profile;
  /** Deprecated rules run like others; otherwise they are listed with the reason `deprecated`. */
  readonly deprecated?: boolean;
  /** Local changes to the rules; none unless given. */
  readonly overlays?: OverlaySet;
  /** What excepts events of the rules; nothing unless given. */
  readonly exceptions?: ExceptionSet;
  /** Languages, filters and field types; Winnow's own unless given. */
  readonly toolkit?: Toolkit;
}

/**
 * Loads every rule below the paths, in a fixed order, each file once. Throws `RulePathError` for a path that does
 * not exist; whatever else is wrong is in the set.
 */
export async function loadRules(
  paths: readonly string[],
  files: RuleFiles,
  options: LoadOptions = {},
): Promise<RuleSet> {
  const started = Date.now();
  const { profile = 'lenient', deprecated = false, toolkit = standardToolkit } = options;
  const read = await readRules(paths, files, profile);
  const overlaid = overlay(read, options.overlays, toolkit);
  const wanted = deprecated ? overlaid.candidates : overlaid.candidates.map(withoutDeprecated);
  const bound = bind(withoutDuplicates(linted(wanted, profile)), options.exceptions);
  return {
    rules: bound.candidates.map(loaded),
    refused: read.refused,
    diagnostics: [...read.diagnostics, ...overlaid.diagnostics, ...bound.diagnostics],
    milliseconds: Date.now() - started,
  };
}

interface Stage {
  readonly candidates: readonly Candidate[];
  /** About the files that were given beside the rules. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The rules as overlays change them, compiled. */
function overlay({ rules }: ReadRules, overlays: OverlaySet | undefined, toolkit: Toolkit): Stage {
  const set = overlays ?? { overlays: [], diagnostics: [], digest: (text) => text };
  const overlaid = applyOverlays(
    rules.map(({ rule }) => rule),
    set,
    toolkit,
  );
  const candidates = overlaid.rules.map((one, index) =>
    candidate(one, rules[index]?.diagnostics ?? [], toolkit),
  );
  return { candidates, diagnostics: [...set.diagnostics, ...overlaid.diagnostics] };
}

/** The rules with the exceptions that are for them. */
function bind(candidates: readonly Candidate[], exceptions: ExceptionSet | undefined): Stage {
  const set = exceptions ?? { lists: [], diagnostics: [] };
  const bound = bindExceptions(
    candidates.map(({ rule, overlay: over }) => ({ rule, ...(over === undefined ? {} : { overlay: over }) })),
    set,
  );
  const bindings = candidates.map((one, index) => {
    const { exceptions: own = [], diagnostics = [] } = bound.rules[index] ?? {};
    return { ...one, exceptions: own, diagnostics: [...one.diagnostics, ...diagnostics] };
  });
  return { candidates: bindings, diagnostics: [...set.diagnostics, ...bound.diagnostics] };
}
