/** Every lint there is, and how they are run. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import type { MessageCode } from '../../base/messages/index.ts';
import type { Profile } from '../format/profile.ts';
import { asks } from '../format/profile.ts';
import { attackIds } from './attack-ids.ts';
import { attackReferences } from './attack-references.ts';
import { buildingBlock } from './building-block.ts';
import { dates } from './dates.ts';
import { deprecation } from './deprecation.ts';
import { duplicateName } from './duplicate-name.ts';
import { falsePositives } from './false-positives.ts';
import { indexOrView } from './index-or-view.ts';
import type { Finding, Lint, Subject } from './lint.ts';
import { lookBack } from './look-back.ts';
import { maxSignals } from './max-signals.ts';
import { naming } from './naming.ts';
import { note } from './note.ts';
import { pairs } from './pairs.ts';
import { placeholders } from './placeholders.ts';
import { repetition } from './repetition.ts';
import { riskScore } from './risk-score.ts';
import { sequenceTiming } from './sequence-timing.ts';
import { setup } from './setup.ts';

export const lints: readonly Lint[] = [
  riskScore,
  attackIds,
  maxSignals,
  lookBack,
  duplicateName,
  falsePositives,
  note,
  indexOrView,
  dates,
  deprecation,
  pairs,
  repetition,
  naming,
  attackReferences,
  buildingBlock,
  sequenceTiming,
  setup,
  placeholders,
];

/** What the lints of the profile find: for each subject, in the same order, its diagnostics. */
export function lint(subjects: readonly Subject[], profile: Profile): readonly (readonly Diagnostic[])[] {
  const asked = lints.filter((one) => asks(profile, one.profile));
  const found = new Map<Subject, Diagnostic[]>();
  const add = (subject: Subject, code: MessageCode, finding: Finding): void => {
    const list = found.get(subject) ?? [];
    found.set(subject, [...list, report(subject, code, finding)]);
  };
  for (const { code, check, finish } of asked) {
    for (const subject of subjects) for (const finding of check?.(subject) ?? []) add(subject, code, finding);
    for (const finding of finish?.(subjects) ?? []) add(finding.subject, code, finding);
  }
  return subjects.map((subject) => found.get(subject) ?? []);
}

function report({ rule }: Subject, code: MessageCode, { message, path, hint }: Finding): Diagnostic {
  const { positions } = rule;
  const span = path === undefined ? undefined : (positions.value(path) ?? positions.nearest(path));
  return diagnostic(code, message, { source: positions.source, span, hint });
}
