/** Why lines are decoded that could have been judged from their bytes, as summaries say it. */
import {
  NEW_FIELD,
  NO_RECORD,
  NO_ROOM,
  NO_SHAPE,
  NO_TIME,
  NOT_UNDERSTOOD,
  UNCLEAR,
  UNSURE_FIELD,
} from './offsets.ts';

/** What the scanner doubts, by its number. */
export const DOUBTS: Readonly<Record<number, string>> = {
  [NO_RECORD]: 'the line does not begin with an object',
  [NOT_UNDERSTOOD]: 'keys or values in an unusual form',
  [NO_SHAPE]: 'a form of record that is always decoded',
  [NEW_FIELD]: 'a field that no event had before',
  [UNSURE_FIELD]: 'only the document tells whether rules read it',
  [UNCLEAR]: 'an id, a stage or an index in an unusual form',
  [NO_TIME]: 'no time, or one in an unusual form',
  [NO_ROOM]: 'a line that carries more records than are looked at together',
};
export const ALTERED = 'the document has other values than the bytes';
export const ONLY_DOCUMENTS_TELL = 'a rule asks what only the document tells';
export const TOO_MANY_HOLD = 'more conditions hold than there is room for';
export const TOO_MANY_INDICES = 'more indices than are kept apart';
export const NOT_LOOKED_AT = 'not looked at, as looking did not pay for the records before';
export const AHEAD = 'another thread found that it has to be decoded';
export const TOO_LONG = 'a line longer than what is looked at together';
