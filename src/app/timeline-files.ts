/** What stands in a timeline as if it stood in files, beside the files that the timeline names. */
import { dirname, isAbsolute, join } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import { success } from '../base/result.ts';
import type { Source } from '../base/source.ts';
import type { Listing, RuleFiles } from '../rules/load/files.ts';
import { RulePathError } from '../rules/load/files.ts';
import type { Given, NamedFile, Section, Timeline } from '../verify/timeline/model.ts';
import { lineOf } from '../verify/timeline/parse.ts';
import type { SectionText } from '../verify/timeline/section-text.ts';

export interface Folder {
  /** All that is given, in the order of the timeline. */
  readonly paths: readonly string[];
  readonly files: RuleFiles;
}

interface SectionFile extends SectionText {
  readonly line: number;
}

export class TimelineFiles {
  readonly #timeline: Timeline;
  readonly #sections = new Map<string, SectionFile>();

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  /** Sections get a name with the ending; everything else is read by `files`. */
  folder(
    { files: named, sections }: Given,
    write: { readonly ending: string; readonly textOf: (section: Section) => SectionText },
    files: RuleFiles,
  ): Folder {
    const { file } = this.#timeline;
    const own = sections.map((section) => {
      const name = `${file}:${section.line}${write.ending}`;
      this.#sections.set(name, { line: section.line, ...write.textOf(section) });
      return name;
    });
    return {
      paths: [...own, ...named.map(({ path }) => this.#pathOf(path))],
      files: {
        list: async (path) =>
          this.#sections.has(path)
            ? { files: [{ file: path, identity: path, named: true }], diagnostics: [] }
            : this.#listed(path, named, files),
        read: async (path) => {
          const section = this.#sections.get(path);
          return section === undefined ? files.read(path) : success(section.text);
        },
      },
    };
  }

  /** A path that the timeline names and that is not there is told at its line. */
  async #listed(path: string, named: readonly NamedFile[], files: RuleFiles): Promise<Listing> {
    const place = named.find((one) => this.#pathOf(one.path) === path);
    try {
      return await files.list(path);
    } catch (error) {
      if (!(error instanceof RulePathError) || place === undefined) throw error;
      const found = { ...error.diagnostic, ...lineOf(this.#timeline.source, place.line) };
      return { files: [], diagnostics: [found] };
    }
  }

  #pathOf(path: string): string {
    return isAbsolute(path) ? path : join(dirname(this.#timeline.file), path);
  }

  /** Whether it is about a section. */
  has({ source }: Diagnostic): boolean {
    return source !== undefined && this.#sections.has(source.name);
  }

  /** A diagnostic about a section, at its place in the timeline. */
  inTimeline(found: Diagnostic): Diagnostic {
    const { source } = found;
    const section = source === undefined ? undefined : this.#sections.get(source.name);
    const message = this.#named(found.message);
    if (source === undefined || section === undefined) return { ...found, message };
    return { ...found, message, source: this.#placed(source, section) };
  }

  #placed(inner: Source, section: SectionFile): Source {
    const { file, source } = this.#timeline;
    return {
      name: file,
      text: inner.text,
      place(offset) {
        const { line, column } = inner.place(offset);
        return line <= section.added
          ? { line: section.line, column: 1 }
          : { line: lineIn(section, line), column };
      },
      line: (number) => source.line(number),
    };
  }

  /** Messages name other places as `file:line`. */
  #named(message: string): string {
    let text = message;
    for (const [name, section] of this.#sections)
      text = text.replaceAll(
        new RegExp(`${RegExp.escape(name)}:(\\d+)`, 'g'),
        (_, line: string) => `${this.#timeline.file}:${lineIn(section, Number(line))}`,
      );
    return text;
  }
}

/** What was put above the section's lines is about its first line. */
const lineIn = ({ line, added }: SectionFile, inner: number): number => line + Math.max(0, inner - added);
