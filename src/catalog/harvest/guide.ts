/** The bullets of an investigation guide that speak of false positives (false-positives §1.2). */
import type { Found, Guide } from './rule.ts';

const HEADING = /^(#{1,6})\s+(.*?)\s*#*\s*$/;
const ABOUT = /false[ -]positive/i;
const BULLET = /^(\s*)(?:[-*+•]|\d+[.)])\s+(\S.*)$/;
/** The notice stands in a quotation; guides about products of generative AI only mention it. */
const NOTICE = /^\s*>.*\bgenerative AI\b/im;

export const readGuide = (note: string): Guide => ({
  ai: NOTICE.test(note),
  mentionsAi: /generative AI/i.test(note),
});

/** A bullet, or a paragraph of a section that has no bullets, with the heading that it stands below. */
export interface Bullet {
  readonly text: string;
  /** With the headings inside the section: `False positive analysis > Cloud`. */
  readonly heading: string;
  /** Offset of its first character in the note. */
  readonly offset: number;
  readonly paragraph: boolean;
}

/** Bullets as written without their mark; lines that go on with them belong to them. */
export const bulletsOf = (note: string): Bullet[] =>
  sectionsOf(note).flatMap((section) => {
    const parts = section.lines.reduce<Part[]>(readLine, []).filter(({ text }) => text !== '');
    const bullets = parts.filter(({ paragraph }) => !paragraph);
    return bullets.length > 0 ? bullets : parts;
  });

interface Line {
  readonly text: string;
  readonly offset: number;
  readonly heading: string;
}

interface Section {
  readonly lines: Line[];
}

/** From a heading that speaks of false positives to the next one of its level. */
function sectionsOf(note: string): Section[] {
  const sections: Section[] = [];
  let depth = 0;
  let heading = '';
  let offset = 0;
  for (const text of note.split('\n')) {
    const [, marks = '', title = ''] = HEADING.exec(text) ?? [];
    if (marks !== '' && (depth === 0 || marks.length <= depth)) {
      depth = ABOUT.test(title) ? marks.length : 0;
      heading = title;
      if (depth > 0) sections.push({ lines: [] });
    } else if (depth > 0) {
      const inner = marks === '' ? undefined : `${heading.split(' > ')[0]} > ${title}`;
      heading = inner ?? heading;
      if (inner === undefined) sections.at(-1)?.lines.push({ text, offset, heading });
    }
    offset += text.length + 1;
  }
  return sections;
}

interface Part extends Bullet {
  readonly open: boolean;
}

function readLine(parts: Part[], { text, offset, heading }: Line): Part[] {
  const bullet = BULLET.exec(text);
  const last = parts.at(-1);
  if (bullet !== null) {
    const said = (bullet[2] ?? '').trimEnd();
    return [
      ...parts,
      { text: said, heading, offset: offset + text.indexOf(said), paragraph: false, open: true },
    ];
  }
  if (text.trim() === '' || /^\s*>/.test(text)) return closed(parts);
  if (last?.open === true) return [...parts.slice(0, -1), { ...last, text: `${last.text}\n${text.trim()}` }];
  return [
    ...parts,
    { text: text.trim(), heading, offset: offset + text.search(/\S/), paragraph: true, open: true },
  ];
}

const closed = (parts: Part[]): Part[] => parts.map((part) => ({ ...part, open: false }));

/** The bullets as findings; `lineAt` gives the line of an offset in the note. */
export function guideFindings(
  note: string,
  guide: Guide,
  lineAt: (offset: number) => number | undefined,
): Found[] {
  return bulletsOf(note).map(({ text, heading, offset, paragraph }) => {
    const line = lineAt(offset);
    return {
      origin: guide.ai ? 'guide-ai' : 'guide',
      text,
      label: heading,
      ...(line === undefined ? {} : { line }),
      ...(paragraph ? { paragraph } : {}),
    };
  });
}
