/** What of a refused record may be shown: its beginning, on one line, up to the first thing that may be secret. */
import { EXCERPT_LENGTH } from './limits.ts';

/** From here on a record may carry credentials; the quotes may be escaped because records lie inside envelopes. */
const SECRET =
  /(?:\\*"(?:data|stringData|binaryData|token|password|secret)\\*"\s*:)|last-applied-configuration|bearer\s|-----BEGIN/i;

const CONTROL = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/gu;

export function excerptOf(text: string): string {
  const beginning = text.slice(0, EXCERPT_LENGTH);
  const secret = SECRET.exec(beginning);
  const shown = (secret === null ? beginning : beginning.slice(0, secret.index)).replace(CONTROL, escaped);
  return secret !== null || text.length > EXCERPT_LENGTH ? `${shown}…` : shown;
}

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escaped = (control: string): string =>
  NAMED[control] ?? `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`;
