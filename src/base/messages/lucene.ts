import { defineMessages } from './define.ts';

export const luceneMessages = defineMessages({});
