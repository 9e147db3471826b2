/** The behaviours of a catalogue, from the texts of their files. One broken file never stops the rest. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import { source } from '../../base/source.ts';
import { span } from '../../base/span.ts';
import { builtinFieldTypes } from '../../data/fields/index.ts';
import type { Behaviour } from './model.ts';
import { readBehaviour } from './read.ts';

export interface BehaviourFile {
  readonly file: string;
  readonly text: string;
}

export interface Behaviours {
  /** By id. */
  readonly behaviours: readonly Behaviour[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Of two behaviours with one id the one whose file comes first stays; the other is BHV013. */
export function loadBehaviours(files: readonly BehaviourFile[]): Behaviours {
  const behaviours = new Map<string, Behaviour>();
  const diagnostics: Diagnostic[] = [];
  for (const { file, text } of files) {
    const read = readBehaviour(file, text, builtinFieldTypes);
    diagnostics.push(...read.diagnostics);
    if (!read.ok) continue;
    const other = behaviours.get(read.value.id);
    if (other === undefined) behaviours.set(read.value.id, read.value);
    else diagnostics.push(taken(file, text, other));
  }
  const sorted = [...behaviours.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return { behaviours: sorted, diagnostics };
}

function taken(file: string, text: string, other: Behaviour): Diagnostic {
  const at = Math.max(0, text.indexOf(other.id));
  return diagnostic('BHV013', `${other.id} is already the behaviour of ${other.file}`, {
    source: source(file, text),
    span: span(at, at + other.id.length),
  });
}
