/** The browser of this machine, for tests of what people see. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** `WINNOW_CHROMIUM`, else the first of the usual names on the path. */
const chromium =
  process.env['WINNOW_CHROMIUM'] ??
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((path) => existsSync(path));

/** Why there can be no test in a browser; false when there can. */
export const withoutBrowser: string | false =
  process.env['WINNOW_LONG_TESTS'] !== '1'
    ? 'starts a browser: npm run test:browser'
    : chromium === undefined
      ? 'there is no Chromium on the path (WINNOW_CHROMIUM names one)'
      : false;

export async function startBrowser(): Promise<Browser> {
  if (chromium === undefined) throw new Error('There is no Chromium.');
  const { chromium: launcher } = await import('playwright-core');
  // Chromium refuses its sandbox to root, which CI machines often are; the pages are our own.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return launcher.launch({ executablePath: chromium, args });
}
