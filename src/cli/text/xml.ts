import { safeLines } from './safe.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For text and attributes of XML and HTML. Characters that neither may hold are made visible first. */
export const escapeXml = (text: string): string =>
  safeLines(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** For attributes of XML, where a line break would be read as a blank. */
export const escapeAttribute = (text: string): string => escapeXml(text).replaceAll('\n', '&#10;');
