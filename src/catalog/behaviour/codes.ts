import type { CursorCodes } from '../../rules/format/cursor.ts';

export const behaviourCodes: CursorCodes = { missing: 'BHV010', wrong: 'BHV011', unknown: 'BHV012' };
