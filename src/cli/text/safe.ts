/**
 * Text from events is written by whoever talked to the cluster, and must not steer the terminal, the CI job or
 * the spreadsheet that shows it. Here such text is made visible rather than removed: what was hidden is evidence.
 */

/** Control characters, invisible format characters (bidirectional overrides among them), line separators, halves of pairs. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
/** What a GitHub Actions runner takes for a command in any line that a job prints. */
const WORKFLOW_COMMAND = /::(?=[a-zA-Z-]+(?: [^:]*)?::)|##(?=\[)/g;

const NAMES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const named = NAMES[character];
  if (named !== undefined) return named;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}

/** One line that can be printed anywhere: hidden characters as `\x1b`, `\n`, `\u202e`. */
export const safe = (text: string): string =>
  text.replace(HIDDEN, visible).replace(WORKFLOW_COMMAND, (found) => (found === '::' ? ':\\x3a' : '#\\x23'));

/** The same for text of several lines (rule descriptions, guides): line breaks stay, tabs become two blanks. */
export const safeLines = (text: string): string =>
  text.replaceAll('\r\n', '\n').replaceAll('\t', '  ').split('\n').map(safe).join('\n');
