import { defineMessages } from './define.ts';

export const ruleMessages = defineMessages({});
