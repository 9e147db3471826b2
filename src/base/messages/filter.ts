import { defineMessages } from './define.ts';

export const filterMessages = defineMessages({});
