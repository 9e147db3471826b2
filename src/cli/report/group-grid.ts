/** Groups of alerts as a grid: what the terminal has room for stands in columns, the rest on lines below. */
import type { AlertGroup } from '../../model/summary.ts';
import type { Style } from '../terminal.ts';
import { number } from '../text/format.ts';
import type { Cell, Column } from '../text/grid.ts';
import { GAP, grid } from '../text/grid.ts';
import { hanging, padEnd } from '../text/layout.ts';
import type { Paint } from '../text/paint.ts';
import { safe } from '../text/safe.ts';
import { behaviourText, explainedText, shareText, shownStatements } from './benign-text.ts';
import type { FirstPlaces } from './groups.ts';
import { actorNames, span, targetNames } from './groups.ts';

interface GroupColumn extends Pick<Column, 'head' | 'align'> {
  /** Columns of the terminal, or the share of those that are left. */
  readonly width: number | { readonly share: number };
  readonly cell: (group: AlertGroup, paint: Paint) => Cell;
}

const SEVERITY_WIDTH = 8;

const severity: GroupColumn = {
  head: 'SEVERITY',
  width: SEVERITY_WIDTH,
  cell: (group, paint) => ({ text: group.severity, look: (line) => paint.severity(group.severity, line) }),
};
const rule: GroupColumn = {
  head: 'RULE',
  width: { share: 3 },
  cell: ({ ruleName }, paint) => ({ text: safe(ruleName), look: paint.strong }),
};
const count: GroupColumn = {
  head: 'ALERTS',
  width: 7,
  align: 'right',
  cell: (group) => ({ text: number(group.count) }),
};
const time: GroupColumn = {
  head: 'FIRST – LAST, UTC',
  width: 19,
  cell: (group) => ({ text: span(group).replace(' – ', '\n') }),
};
const actors: GroupColumn = {
  head: 'ACTORS',
  width: { share: 2.5 },
  cell: (group) => ({ text: stacked(actorNames(group)) }),
};
const targets: GroupColumn = {
  head: 'TARGETS',
  width: { share: 2.5 },
  cell: (group) => ({ text: stacked(targetNames(group)) }),
};

const stacked = (items: readonly string[]): string => items.map(safe).join('\n');
const listed = (items: readonly string[]): readonly string[] =>
  items.length === 0 ? [] : [items.map(safe).join(', ')];

const MARK = '- ';

interface Detail {
  readonly label: string;
  /** Paragraphs, made safe; none when there is nothing to say. */
  readonly texts: (group: AlertGroup, places: FirstPlaces) => readonly string[];
}

const timeDetail: Detail = { label: 'time', texts: (group) => [span(group)] };
const actorDetail: Detail = { label: 'actors', texts: (group) => listed(actorNames(group)) };
const targetDetail: Detail = { label: 'targets', texts: (group) => listed(targetNames(group)) };
const first: Detail = {
  label: 'first',
  texts: (group, places) => {
    const place = safe(places.text(group));
    return [`${safe(group.example)}${place === '' ? '' : ` [${place}]`}`];
  },
};
const benign: Detail = {
  label: 'benign',
  texts: ({ benign: known, ruleId }) => {
    const { texts, others } = shownStatements(known);
    if (texts.length === 0) return ['the rule states no known false positives'];
    const all = [...texts, ...(others === '' ? [] : [`${others} ${ruleId}`])].map(safe);
    return all.length === 1 ? all : all.map((text) => MARK + text);
  },
};
const behaviours: Detail = {
  label: 'may be',
  texts: ({ benign: known }) => [behaviourText(known)].filter((text) => text !== '').map(safe),
};
const profiles: Detail = {
  label: 'profiles',
  texts: (group) => {
    const text = explainedText(group);
    const shares = group.explained.behaviours.map((share) => safe(MARK + shareText(share)));
    return text === '' ? [] : [safe(text), ...shares];
  },
};

interface Layout {
  readonly from: number;
  readonly columns: readonly GroupColumn[];
  readonly details: readonly Detail[];
}

/** By width of the terminal, the widest first. */
const layouts: readonly Layout[] = [
  {
    from: 130,
    columns: [severity, rule, count, time, actors, targets],
    details: [first, profiles, benign, behaviours],
  },
  {
    from: 64,
    columns: [severity, rule, count, time],
    details: [actorDetail, targetDetail, first, profiles, benign, behaviours],
  },
];
const narrow: Layout = {
  from: 0,
  columns: [severity, rule, count],
  details: [timeDetail, actorDetail, targetDetail, first, profiles, benign, behaviours],
};

/** Lines no wider than the style's width, with an empty one after each group. */
export function groupLines(groups: readonly AlertGroup[], places: FirstPlaces, style: Style): string[] {
  const { columns, details } = layouts.find(({ from }) => style.width >= from) ?? narrow;
  const rows = groups.flatMap((group): readonly (readonly Cell[])[] => [
    columns.map(({ cell }) => cell(group, style.paint)),
    ...details.flatMap((detail) => detailRows(detail, group, places, style, columns.length)),
    [{ text: '', span: columns.length }],
  ]);
  return grid(withWidths(columns, style.width), rows, style.paint.strong);
}

function withWidths(columns: readonly GroupColumn[], width: number): Column[] {
  const fixed = columns.reduce(
    (sum, column) => sum + (typeof column.width === 'number' ? column.width : 0),
    0,
  );
  const shares = columns.reduce(
    (sum, column) => sum + (typeof column.width === 'number' ? 0 : column.width.share),
    0,
  );
  const free = width - fixed - GAP * (columns.length - 1);
  return columns.map(({ head, align = 'left', width: own }) => ({
    head,
    align,
    width: typeof own === 'number' ? own : Math.floor((free * own.share) / shares),
  }));
}

const LABEL_WIDTH = 9;

/** A label and its paragraphs below the severity's column. */
function detailRows(
  { label, texts }: Detail,
  group: AlertGroup,
  places: FirstPlaces,
  { width, paint }: Style,
  columns: number,
): readonly (readonly Cell[])[] {
  const room = width - SEVERITY_WIDTH - GAP;
  const look = (line: string) => paint.faint(line.slice(0, LABEL_WIDTH)) + line.slice(LABEL_WIDTH);
  return texts(group, places).map((text, index) => {
    const lines = labelled(index === 0 ? label : '', text, room);
    return [{ text: '' }, { text: lines.join('\n'), laidOut: true, span: columns - 1, look }];
  });
}

/** What follows the first line stands under the text, in lists behind their mark. */
function labelled(label: string, text: string, width: number): string[] {
  if (!text.startsWith(MARK)) return hanging(label, text, width, LABEL_WIDTH);
  const lead = padEnd(label, LABEL_WIDTH) + MARK;
  return hanging(lead, text.slice(MARK.length), width, lead.length);
}
