import { defineMessages } from './define.ts';

export const kqlMessages = defineMessages({});
