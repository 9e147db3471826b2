/** Timeline text to a timeline. Every line that cannot be read is reported, as TEST004 at its place. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { failure, success } from '../../base/result.ts';
import type { Source } from '../../base/source.ts';
import { source } from '../../base/source.ts';
import type { Span } from '../../base/span.ts';
import { didYouMean } from '../../base/typo.ts';
import type { JsonObject, JsonValue } from '../../data/document.ts';
import type { CheckStep, ExpectedAlert, NamedFile, Section, Step, Timeline, TimelineCase } from './model.ts';
import { defaultOptions, MODES, withOption } from './options.ts';
import { assignment, documentOf, moment, unquoted, wordsOf } from './words.ts';

export function parseTimeline(file: string, text: string): Result<Timeline> {
  const reader = new TimelineReader(source(file, text.replace(/^\uFEFF/, '')));
  const timeline = reader.read();
  return reader.problems.length > 0 ? failure(...reader.problems) : success(timeline);
}

/** What stands in a format of its own: in the lines below its section, or in files. */
const GIVEN = ['rule', 'exception', 'overlay'] as const;
type GivenKind = (typeof GIVEN)[number];
const isGivenKind = (word: string): word is GivenKind => GIVEN.some((kind) => kind === word);

const GIVEN_IN = { rules: 'rule', exceptions: 'exception', overlays: 'overlay' } as const;
type FilesSection = keyof typeof GIVEN_IN;
const isFilesSection = (word: string): word is FilesSection => Object.hasOwn(GIVEN_IN, word);

const SECTIONS = [
  ...Object.entries(GIVEN_IN).flatMap(([files, kind]) => [kind, files]),
  'given',
  'indicator',
  'options',
  'case',
];

/** Words that stand for something else where a kind of event could stand. */
const RESERVED: ReadonlySet<string> = new Set(['-', 'history', 'restart']);

/** A check is written `!rule`, or for one mode `stream!rule`. */
const CHECK = /^(?<mode>stream|compat)?!(?<rule>.*)$/;

/** What a line below a section's own line does, given as it is. */
type Body = (line: string, number: number) => void;

interface Place {
  readonly at: number;
  readonly line: number;
}

interface GivenSoFar {
  readonly files: NamedFile[];
  readonly sections: (Section & { readonly lines: string[] })[];
}

const nothingGiven = (): GivenSoFar => ({ files: [], sections: [] });

class TimelineReader {
  readonly problems: Diagnostic[] = [];
  readonly #source: Source;
  readonly #given = { rule: nothingGiven(), exception: nothingGiven(), overlay: nothingGiven() };
  readonly #kinds = new Map<string, JsonObject>();
  readonly #indicators: JsonObject[] = [];
  readonly #cases: (Omit<TimelineCase, 'steps'> & { readonly steps: Step[] })[] = [];
  #options = defaultOptions;
  /** What an indented line belongs to; undefined after a section that has none. */
  #body: Body | undefined;
  /** Blank lines and comments belong to it as well. */
  #isVerbatim = false;
  #previous = 0;
  /** The lines of cases that nothing stands below. */
  readonly #emptyCases = new Set<number>();

  constructor(text: Source) {
    this.#source = text;
  }

  read(): Timeline {
    const lines = this.#source.text.split(/\r?\n/);
    for (const [index, line] of lines.entries()) this.#line(line, index + 1);
    if (this.#cases.length === 0 && this.problems.length === 0)
      this.#problem(1, 'there is no case in it', 'a case is a line `case TITLE`, and below it what happens');
    for (const line of this.#emptyCases) this.#problem(line, 'nothing happens in this case');
    return {
      file: this.#source.name,
      source: this.#source,
      rules: closed(this.#given.rule),
      exceptions: closed(this.#given.exception),
      overlays: closed(this.#given.overlay),
      indicators: this.#indicators,
      options: this.#options,
      cases: this.#cases,
    };
  }

  #line(line: string, number: number): void {
    const isEmpty = line.trim() === '' || line.startsWith('#');
    if (isEmpty && !this.#isVerbatim) return;
    if (!isEmpty && !/^\s/.test(line)) this.#section(line, number);
    else if (this.#body !== undefined) this.#body(line, number);
    else if (!line.trim().startsWith('#')) this.#problem(number, 'an indented line belongs to nothing');
  }

  #section(line: string, number: number): void {
    const section = /^\S+/.exec(line)?.[0] ?? '';
    const hadBody = this.#body !== undefined;
    this.#body = undefined;
    this.#isVerbatim = isGivenKind(section);
    if (section === 'case') {
      this.#case(line.slice(section.length).trim(), number);
      return;
    }
    const words = this.#words(line.slice(section.length), number);
    if (isGivenKind(section)) this.#open(section, words, number);
    else if (section === 'given') this.#give(words, number);
    else if (section === 'indicator') this.#indicators.push(documentOf(this.#fields(words, number)));
    else if (section === 'options') this.#setOptions(words, number);
    else if (isFilesSection(section)) this.#files(section, words, number);
    else this.#unknown(section, hadBody, number);
  }

  #unknown(section: string, hadBody: boolean, number: number): void {
    const sections = `a line begins with one of: ${SECTIONS.join(', ')}`;
    const indent = hadBody ? 'indent what belongs to the line above; ' : '';
    const hint = didYouMean(section, SECTIONS) ?? indent + sections;
    this.#problem(number, `\`${section}\` begins nothing`, hint);
  }

  /** `rules FILE …` and the like. */
  #files(section: FilesSection, words: readonly string[], number: number): void {
    if (words.length === 0) this.#problem(number, `\`${section}\` names no file`);
    this.#given[GIVEN_IN[section]].files.push(
      ...words.map((word) => ({ path: unquoted(word), line: number })),
    );
  }

  #open(kind: GivenKind, words: readonly string[], line: number): void {
    const name = words.map(unquoted).join(' ');
    const { sections } = this.#given[kind];
    const before = sections.find((one) => one.name === name);
    if (name === '') this.#problem(line, `the ${kind} has no name`, `write \`${kind} NAME\``);
    else if (before !== undefined)
      this.#problem(line, `${kind} "${name}" stands at line ${before.line} already`);
    const lines: string[] = [];
    sections.push({ name, line, body: '', lines });
    this.#body = (text) => lines.push(text);
  }

  #give([kind = '', ...words]: readonly string[], number: number): void {
    const hint = 'write `given KIND field=value …`';
    if (kind === '' || kind.includes('=')) this.#problem(number, 'the kind of event has no name', hint);
    else if (RESERVED.has(kind) || CHECK.test(kind))
      this.#problem(number, `\`${kind}\` means something else in a case`, 'choose another name');
    else if (this.#kinds.has(kind)) this.#problem(number, `\`${kind}\` is given twice`);
    this.#kinds.set(kind, documentOf(this.#fields(words, number)));
  }

  #case(name: string, line: number): void {
    const steps: Step[] = [];
    if (name === '') this.#problem(line, 'the case has no title', 'say what it shows: `case TITLE`');
    this.#cases.push({ name, line, steps });
    this.#previous = 0;
    this.#emptyCases.add(line);
    this.#body = (text, number) => {
      this.#emptyCases.delete(line);
      const step = this.#step(this.#words(text, number), number);
      if (step === undefined) return;
      if (step.do !== 'check' && steps.at(-1)?.at === Infinity)
        this.#problem(number, 'nothing happens after the end');
      steps.push(step);
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
    if (what === '')
      this.#problem(line, 'nothing happens at this moment', 'name a kind of event, or `!rule`');
    else if (what === 'restart') return this.#restart(words, { at, line });
    else if (at === Infinity) this.#problem(line, 'an event needs a time', 'only checks stand at `end`');
    else return this.#event(what, words, { at, line });
    return undefined;
  }

  #restart(words: readonly string[], place: Place): Step {
    if (words.length > 0) this.#problem(place.line, '`restart` has no fields');
    return { do: 'restart', ...place };
  }

  #check(
    { mode, rule = '' }: Readonly<Record<string, string | undefined>>,
    words: readonly string[],
    place: Place,
  ): CheckStep {
    const modes = MODES.filter((one) => mode === undefined || one === mode);
    const hint = '`!rule` demands an alert, `!` alone demands that there is none';
    if (rule === '' && words.length > 0) this.#problem(place.line, 'a check with fields needs a rule', hint);
    const alert = rule === '' ? undefined : this.#expected(unquoted(rule), words, place.line);
    return { do: 'check', ...place, modes, alert };
  }

  #expected(rule: string, words: readonly string[], line: number): ExpectedAlert {
    const hint = `the name of a rule with blanks stands in quotes: \`!"${rule} …"\``;
    const all = this.#fields(words, line, hint).map(([field, value]) => ({ field, value }));
    const excepted = all.find(({ field }) => field === 'excepted')?.value;
    return {
      rule,
      excepted: excepted === undefined ? undefined : String(excepted),
      fields: all.filter(({ field }) => field !== 'excepted'),
    };
  }

  #event(what: string, words: readonly string[], { at, line }: Place): Step | undefined {
    const history = what === 'history';
    const [kind = '', rest] = history ? [words[0], words.slice(1)] : [what, words];
    const base = kind === '-' ? {} : this.#kinds.get(kind);
    if (base === undefined) {
      const hint = kind.includes('!')
        ? 'a check is written `!rule`, `stream!rule` or `compat!rule`'
        : (didYouMean(kind, this.#kinds.keys()) ?? 'name a kind that was given before, or `-`');
      this.#problem(line, `nothing is given as \`${kind}\``, hint);
      return undefined;
    }
    const document = { ...base, ...documentOf(this.#fields(rest, line)) };
    if (!isTime(document['@timestamp']))
      this.#problem(
        line,
        'its `@timestamp` is no date',
        'write `@timestamp=null` for an event without a time',
      );
    return { do: 'event', at, line, history, document };
  }

  #words(line: string, number: number): string[] {
    const { words, rest } = wordsOf(line);
    if (rest !== '') this.#problem(number, `\`${rest}\` opens what nothing closes`);
    return words;
  }

  #fields(
    words: readonly string[],
    number: number,
    hint?: string,
  ): (readonly [name: string, value: JsonValue])[] {
    return words.flatMap((word) => {
      const field = assignment(word);
      if (field === undefined) this.#problem(number, `\`${word}\` is not of the form field=value`, hint);
      return field === undefined ? [] : [field];
    });
  }

  #setOptions(words: readonly string[], number: number): void {
    for (const word of words) {
      const changed = withOption(word, this.#options);
      if ('message' in changed) this.#problem(number, changed.message, changed.hint);
      else this.#options = changed;
    }
  }

  #problem(line: number, message: string, hint?: string): void {
    this.problems.push(problemAt(this.#source, line, message, hint));
  }
}

/** TEST004 about a whole line. */
function problemAt(text: Source, line: number, message: string, hint?: string): Diagnostic {
  return diagnostic('TEST004', message, { ...lineOf(text, line), hint });
}

/** The place of a line, without the blanks before it. */
export function lineOf(text: Source, line: number): { readonly source: Source; readonly span: Span } {
  const lines = text.text.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const own = (lines[line - 1] ?? '').trimEnd();
  return {
    source: text,
    span: { start: before + own.length - own.trimStart().length, end: before + own.length },
  };
}

/** None at all is the moment of the line, and null is no time. */
const isTime = (value: JsonValue | undefined): boolean =>
  value === undefined || value === null || (typeof value === 'string' && !Number.isNaN(Date.parse(value)));

const closed = ({ files, sections }: GivenSoFar) => ({
  files,
  sections: sections.map(({ name, line, lines }) => ({ name, line, body: lines.join('\n').trimEnd() })),
});
