/** Colour as roles, not as colours: what a piece of text is decides how it looks, here and nowhere else. */
import { styleText } from 'node:util';
import type { Severity } from '../../model/alert.ts';

export interface Paint {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly command: (text: string) => string;
  readonly severity: (severity: Severity, text: string) => string;
}

type Style = Parameters<typeof styleText>[0];

const severityStyles: Readonly<Record<Severity, Style>> = {
  critical: ['bold', 'red'],
  high: 'red',
  medium: 'yellow',
  low: 'blue',
};

/** With colour, or as the identity: the words alone must always be enough. */
export function paint(colour: boolean): Paint {
  const styled = (style: Style) => (text: string) =>
    colour && text !== '' ? styleText(style, text, { validateStream: false }) : text;
  return {
    strong: styled('bold'),
    faint: styled('dim'),
    good: styled('green'),
    bad: styled('red'),
    warn: styled('yellow'),
    command: styled('cyan'),
    severity: (severity, text) => styled(severityStyles[severity])(text),
  };
}
