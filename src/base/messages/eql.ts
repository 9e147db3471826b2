import { defineMessages } from './define.ts';

export const eqlMessages = defineMessages({});
