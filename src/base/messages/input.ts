import { defineMessages } from './define.ts';

export const inputMessages = defineMessages({});
