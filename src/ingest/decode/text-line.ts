/** What a line that is no JSON can be: a container runtime's wrapping of one, or text that is known by its form. */
import type { MessageCode } from '../../base/messages/index.ts';

export type TextLine =
  | { readonly kind: 'wrapped'; readonly stream: string; readonly partial: boolean; readonly content: string }
  | { readonly kind: 'dated'; readonly content: string }
  | { readonly kind: 'skip'; readonly reason: string }
  | { readonly kind: 'refuse'; readonly code: MessageCode; readonly message: string };

const WRAPPED = /^\d{4}-\d\d-\d\dT\S+ (stdout|stderr) ([FP])(?::\S*)?(?: |$)/;
/** CloudWatch's export to S3 puts the time in front of each message. */
const DATED = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)? (?=[{[])/;
const KLOG = /^[IWEF]\d{4} \d\d:\d\d:\d\d(?:\.\d+)?\s/;
const LEGACY = /\bAUDIT: id="/;

export function textLine(text: string): TextLine {
  const wrapped = WRAPPED.exec(text);
  if (wrapped !== null) {
    const [prefix, stream = '', flag] = wrapped;
    return {
      kind: 'wrapped',
      stream,
      partial: flag === 'P',
      content: withoutReturn(text.slice(prefix.length)),
    };
  }
  const dated = DATED.exec(text);
  if (dated !== null) return { kind: 'dated', content: text.slice(dated[0].length) };
  return plainLine(text);
}

/** A line that nothing wraps. */
function plainLine(text: string): Extract<TextLine, { kind: 'skip' | 'refuse' }> {
  if (KLOG.test(text)) return { kind: 'skip', reason: 'log line of a Kubernetes component (klog)' };
  if (LEGACY.test(text)) {
    const message = 'the line is in the legacy audit format, which has neither bodies nor annotations';
    return { kind: 'refuse', code: 'INP009', message };
  }
  return { kind: 'refuse', code: 'INP005', message: 'the line is not JSON' };
}

const withoutReturn = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text);
