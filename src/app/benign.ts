/** What is known to be benign, as scans ask it: behaviours, and a catalogue when there is one. */
import type { Result } from '../base/result.ts';
import { failure, success } from '../base/result.ts';
import { ProfileMatcher } from '../catalog/behaviour/match.ts';
import type { Behaviour } from '../catalog/behaviour/model.ts';
import type { AlertRule } from '../catalog/join.ts';
import { joinAlerts } from '../catalog/join.ts';
import type { Catalogue } from '../catalog/model.ts';
import type { BenignKnowledge } from '../engine/ports.ts';
import type { JsonObject } from '../data/document.ts';
import type { Fit, KnownBenign } from '../model/benign.ts';
import type { LoadedRule } from '../rules/rule.ts';
import type { SiteBehaviours } from './behaviours.ts';
import { behavioursFor, shippedBehaviours } from './behaviours.ts';
import { readCatalogue } from './catalog.ts';

export interface BenignSources extends SiteBehaviours {
  /** Folder of a catalogue; without one there are the behaviours, and what rules say themselves. */
  readonly catalogue?: string | undefined;
}

/**
 * Everything that the sources know. Fails for a catalogue that cannot be used (CAT006) and for every mistake in the site's
 * files. Throws `RulePathError` for paths that do not exist. The behaviours that come with Winnow, which nobody got wrong, are
 * read when the first alert asks for them.
 */
export async function openBenign(sources: BenignSources): Promise<Result<BenignKnowledge>> {
  const own = changesBehaviours(sources) ? await behavioursFor(sources) : success(undefined);
  const catalogue =
    sources.catalogue === undefined ? success(undefined) : await readCatalogue(sources.catalogue);
  if (!own.ok || !catalogue.ok) return failure(...own.diagnostics, ...catalogue.diagnostics);
  const behaviours = (): readonly Behaviour[] => own.value ?? shippedBehaviours().behaviours;
  return success(new Benign(behaviours, catalogue.value), own.diagnostics);
}

const changesBehaviours = ({ behaviours = [], values }: SiteBehaviours): boolean =>
  behaviours.length > 0 || values !== undefined;

class Benign implements BenignKnowledge {
  readonly #behaviours: () => readonly Behaviour[];
  readonly #catalogue: Catalogue | undefined;
  readonly #known = new Map<LoadedRule, KnownBenign>();
  #sources: { readonly join: ReturnType<typeof joinAlerts>; readonly matcher: ProfileMatcher } | undefined;

  constructor(behaviours: () => readonly Behaviour[], catalogue: Catalogue | undefined) {
    this.#behaviours = behaviours;
    this.#catalogue = catalogue;
  }

  about(rule: LoadedRule): KnownBenign {
    const answer = this.#known.get(rule) ?? this.#read().join(alertRule(rule));
    this.#known.set(rule, answer);
    return answer;
  }

  fitting(document: JsonObject, now: number): readonly Fit[] {
    return this.#read().matcher.match(document, now);
  }

  #read() {
    if (this.#sources !== undefined) return this.#sources;
    const behaviours = this.#behaviours();
    this.#sources = {
      join: joinAlerts(behaviours, this.#catalogue),
      matcher: new ProfileMatcher(behaviours),
    };
    return this.#sources;
  }
}

function alertRule({ document: { rule, metadata } }: LoadedRule): AlertRule {
  const techniques = (rule.threat ?? []).flatMap(({ technique }) =>
    technique.flatMap(({ id, subtechnique }) => [id, ...subtechnique.map((sub) => sub.id)]),
  );
  return {
    id: rule.rule_id,
    name: rule.name,
    techniques,
    reads: [
      ...('index' in rule ? (rule.index ?? []) : []),
      ...[metadata.integration ?? []].flat(),
      ...(rule.tags ?? []),
    ],
    falsePositives: rule.false_positives ?? [],
    note: rule.note ?? '',
  };
}
