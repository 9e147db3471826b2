/** Says what is wrong with a text that begins like a record and is none. */
import type { MessageCode } from '../../base/messages/index.ts';

export interface Fault {
  readonly code: MessageCode;
  readonly message: string;
}

const TRUNCATED = /\[Truncated\.\.\.\]\s*$/;
const AUDIT_ID = /"auditID\\*"\s*:\s*\\*"([^"\\]{1,100})/;

/** `why` is the parser's reason, where the record was closed and still broken; without one it was never closed. */
export function cutOff(text: string, why?: string): Fault {
  if (TRUNCATED.test(text))
    return { code: 'INP008', message: `CloudWatch truncated the event ${auditIdIn(text)}` };
  if (why !== undefined) return { code: 'INP006', message: `the record is broken JSON: ${why}` };
  return { code: 'INP007', message: `the record is cut off ${auditIdIn(text)}` };
}

const auditIdIn = (text: string): string => {
  const id = AUDIT_ID.exec(text)?.[1];
  return id === undefined ? '(its audit id is not there any more)' : `with the audit id ${id}`;
};
