/** What a line that is no JSON can be: a container runtime's wrapping of one, or text that is known by its form. */
import type { MessageCode } from '../../base/messages/index.ts';

export type TextLine =
  | { readonly kind: 'wrapped'; readonly stream: string; readonly partial: boolean; readonly content: string }
  | { readonly kind: 'headed'; readonly content: string }
  | { readonly kind: 'skip'; readonly reason: string }
  | { readonly kind: 'refuse'; readonly code: MessageCode; readonly message: string };

const WRAPPED = /^\d{4}-\d\d-\d\dT\S+ (stdout|stderr) ([FP])(?::\S*)?(?: |$)/;
/** What programs put in front of each message. */
const HEADS: readonly RegExp[] = [
  // CloudWatch's export to S3: the time; syslog daemons with precise times and journalctl: host and program too.
  /^\d{4}-\d\d-\d\dT[\d:.,]+(?:Z|[+-]\d\d:?\d\d)? (?:(?![{[])\S+ [^\s:]+: ?)?(?=[{[])/,
  // RFC 3164, as it goes over the network or, without the priority, lies in files.
  /^(?:<\d{1,3}>)?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ [^\s:]+: ?(?=[{[])/,
  // RFC 5424.
  /^<\d{1,3}>1 (?:\S+ ){5}(?:-|(?:\[(?:[^\]\\]|\\.)*\])+) \uFEFF?(?=[{[])/,
];
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
  for (const head of HEADS) {
    const found = head.exec(text);
    if (found !== null) return { kind: 'headed', content: text.slice(found[0].length) };
  }
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
