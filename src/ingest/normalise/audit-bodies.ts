/** What becomes of the fields of request and response bodies on their way into a document. */
import { LAST_APPLIED } from './redact.ts';

const BODY = /^(?:requestObject|responseObject)\./;
const METADATA = /^(?:requestObject|responseObject)\.metadata(?:\.|$)/;
const CREDENTIALS = /\.(?:data|stringData|binaryData|token)(?:\.|$)/;

/** Documents do not have the field. */
export const isDropped = (path: string): boolean => METADATA.test(path);

/** The field may have another value in documents: contents of secrets are masked. May say so of others, too. */
export const isAltered = (path: string): boolean =>
  BODY.test(path) && (CREDENTIALS.test(path) || path.includes(LAST_APPLIED));
