/** Timeline text to a timeline. Every line that cannot be read is reported, as TEST004 at its place. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { failure, success } from '../../base/result.ts';
import type { Source } from '../../base/source.ts';
import { source } from '../../base/source.ts';
import { didYouMean } from '../../base/typo.ts';
import type { JsonObject } from '../../data/document.ts';
import type { Mode } from '../../engine/event-times.ts';
import type { CheckStep, Step, Timeline, TimelineCase, TimelineOptions, TimelineRule } from './model.ts';
import { assignment, documentOf, duration, moment, wordsOf } from './words.ts';

export function parseTimeline(file: string, text: string): Result<Timeline> {
  const reader = new TimelineReader(source(file, text));
  const timeline = reader.read(file, text.split('\n'));
  return reader.problems.length > 0 ? failure(...reader.problems) : success(timeline);
}

const MODES: readonly Mode[] = ['stream', 'compat'];
const SECTIONS = ['rule', 'rules', 'given', 'indicator', 'options', 'case'];
const OPTIONS = ['mode', 'lateness', 'cold-start', 'overflow', 'outage'];

/** A check is written `!rule`, or for one mode `stream!rule`. */
const CHECK = /^(?<mode>stream|compat)?!(?<rule>.*)$/;

class TimelineReader {
  readonly problems: Diagnostic[] = [];
  readonly #source: Source;
  readonly #ruleFiles: string[] = [];
  readonly #rules: (TimelineRule & { readonly body: string[] })[] = [];
  readonly #given = new Map<string, JsonObject>();
  readonly #indicators: JsonObject[] = [];
  readonly #cases: (Omit<TimelineCase, 'steps'> & { readonly steps: Step[] })[] = [];
  #options: TimelineOptions = {
    modes: MODES,
    lateness: 0,
    coldStart: 'alert',
    overflow: 'summary',
    outages: [],
  };
  /** What an indented line belongs to. */
  #body: ((line: string, number: number) => void) | undefined;
  #previous = 0;

  constructor(text: Source) {
    this.#source = text;
  }

  read(file: string, lines: readonly string[]): Timeline {
    for (const [index, line] of lines.entries()) this.#line(line, index + 1);
    const rules = this.#rules.map(({ id, line, body }) => ({ id, line, toml: body.join('\n') }));
    const given = { rules, ruleFiles: this.#ruleFiles, indicators: this.#indicators };
    return { file, ...given, options: this.#options, cases: this.#cases };
  }

  #line(line: string, number: number): void {
    if (line.trim() === '' || line.startsWith('#')) return;
    if (!/^\s/.test(line)) this.#section(line, number);
    else if (this.#body === undefined) this.#problem(number, 'an indented line belongs to nothing');
    else this.#body(line.trim(), number);
  }

  #section(line: string, number: number): void {
    const [section = '', ...words] = wordsOf(line);
    this.#body = undefined;
    if (section === 'rule') this.#rule(words, number);
    else if (section === 'rules') this.#ruleFiles.push(...words);
    else if (section === 'given') this.#give(words, number);
    else if (section === 'indicator') this.#indicators.push(documentOf(this.#fields(words, number)));
    else if (section === 'options') this.#setOptions(words, number);
    else if (section === 'case') this.#case(line.slice('case'.length).trim(), number);
    else {
      const hint = didYouMean(section, SECTIONS) ?? `a line begins with one of: ${SECTIONS.join(', ')}`;
      this.#problem(number, `\`${section}\` begins nothing`, hint);
    }
  }

  #rule([id = '', ...rest]: readonly string[], number: number): void {
    if (id === '' || rest.length > 0) this.#problem(number, 'a rule has one name');
    const rule = { id, line: number, toml: '', body: [] as string[] };
    this.#rules.push(rule);
    this.#body = (line) => rule.body.push(line);
  }

  #give([kind = '', ...words]: readonly string[], number: number): void {
    this.#given.set(kind, documentOf(this.#fields(words, number)));
  }

  #case(name: string, number: number): void {
    const steps: Step[] = [];
    this.#cases.push({ name, line: number, steps });
    this.#previous = 0;
    this.#body = (line, at) => {
      const step = this.#step(wordsOf(line), at);
      if (step !== undefined) steps.push(step);
    };
  }

  #step([when = '', what = '', ...words]: readonly string[], line: number): Step | undefined {
    if (when === '') return undefined;
    const at = moment(when, this.#previous);
    if (at === undefined) {
      this.#problem(line, `\`${when}\` is no moment`, 'write `30s`, `1m30s`, `+5s`, `-1d` or `end`');
      return undefined;
    }
    if (at !== Infinity) this.#previous = at;
    const check = CHECK.exec(what)?.groups;
    if (check !== undefined) return this.#check(check, words, { at, line });
    if (what === 'restart') return { do: 'restart', at, line };
    return this.#event(what, words, { at, line });
  }

  #check(
    { mode, rule = '' }: Readonly<Record<string, string | undefined>>,
    words: readonly string[],
    place: { readonly at: number; readonly line: number },
  ): CheckStep {
    const fields = this.#fields(words, place.line).map(([field, value]) => ({ field, value }));
    return {
      do: 'check',
      ...place,
      modes: MODES.filter((one) => mode === undefined || one === mode),
      alert: rule === '' ? undefined : { rule, fields },
    };
  }

  #event(
    what: string,
    words: readonly string[],
    { at, line }: { readonly at: number; readonly line: number },
  ): Step | undefined {
    const history = what === 'history';
    const [kind = '', rest] = history ? [words[0], words.slice(1)] : [what, words];
    const base = kind === '-' ? {} : this.#given.get(kind);
    if (base === undefined) {
      const hint = didYouMean(kind, this.#given.keys()) ?? 'name a kind that was given before, or `-`';
      this.#problem(line, `nothing is given as \`${kind}\``, hint);
      return undefined;
    }
    const document = { ...base, ...documentOf(this.#fields(rest, line)) };
    return { do: 'event', at, line, history, document };
  }

  #fields(words: readonly string[], number: number) {
    return words.flatMap((word) => {
      const field = assignment(word);
      if (field === undefined) this.#problem(number, `\`${word}\` is not of the form field=value`);
      return field === undefined ? [] : [field];
    });
  }

  #setOptions(words: readonly string[], number: number): void {
    for (const word of words) {
      const [name = '', value = ''] = word.split('=', 2);
      const changed = optionOf(name, value, this.#options);
      if (changed !== undefined) this.#options = { ...this.#options, ...changed };
      else this.#problem(number, `\`${word}\` is no option`, `options are ${OPTIONS.join(', ')}`);
    }
  }

  #problem(line: number, message: string, hint?: string): void {
    const start =
      this.#source.text
        .split('\n')
        .slice(0, line - 1)
        .join('\n').length + (line > 1 ? 1 : 0);
    const end = start + (this.#source.text.split('\n')[line - 1] ?? '').length;
    this.problems.push(diagnostic('TEST004', message, { source: this.#source, span: { start, end }, hint }));
  }
}

/** Undefined for a name or a value that is none. */
function optionOf(
  name: string,
  value: string,
  { outages }: TimelineOptions,
): Partial<TimelineOptions> | undefined {
  if (name === 'mode') {
    const modes = MODES.filter((mode) => value === 'both' || value === mode);
    return modes.length === 0 ? undefined : { modes };
  }
  if (name === 'cold-start' && (value === 'learn' || value === 'alert')) return { coldStart: value };
  if (name === 'overflow' && (value === 'summary' || value === 'drop')) return { overflow: value };
  const [from, to] = value.split('..').map(duration);
  if (name === 'lateness' && from !== undefined) return { lateness: from };
  if (name === 'outage' && from !== undefined && to !== undefined)
    return { outages: [...outages, { from, to }] };
  return undefined;
}
