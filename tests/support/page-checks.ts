/** What must hold of every page, looked up in the page itself. */
import type { Page } from 'playwright-core';

/** Roles whose elements need a name. */
const NAMED = new Set([
  'link',
  'button',
  'searchbox',
  'checkbox',
  'textbox',
  'navigation',
  'region',
  'form',
  'image',
]);

interface AxNode {
  readonly ignored: boolean;
  readonly role?: { readonly value?: string };
  readonly name?: { readonly value?: string };
}

/** Elements without a name, and landmarks that are missing or doubled, as assistive technology sees the page. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: AxNode[] };
  await session.detach();
  const seen = nodes.filter(({ ignored }) => !ignored);
  const roles = seen.map(({ role }) => role?.value ?? '');
  const nameless = seen
    .filter(({ role, name }) => NAMED.has(role?.value ?? '') && (name?.value ?? '').trim() === '')
    .map(({ role }) => `a ${role?.value} without a name`);
  const landmarks = ['banner', 'main', 'contentinfo'].flatMap((landmark) => {
    const count = roles.filter((role) => role === landmark).length;
    return count === 1 ? [] : [`${count} × ${landmark}`];
  });
  return [...nameless, ...landmarks, ...(await headingProblems(page))];
}

const headingProblems = (page: Page): Promise<string[]> =>
  page.evaluate(`(() => {
    const shown = [...document.querySelectorAll('h1, h2, h3, h4')].filter((one) => one.checkVisibility());
    const levels = shown.map((one) => Number(one.tagName[1]));
    const problems = levels.flatMap((level, at) =>
      at > 0 && level > levels[at - 1] + 1 ? ['a heading of level ' + level + ' below ' + levels[at - 1]] : []);
    return levels[0] === 1 ? problems : [...problems, 'the first heading is not h1'];
  })()`);

/** Texts whose colours are closer than WCAG 2.2 AA allows (4.5, or 3 for large letters). */
export const contrastProblems = (page: Page): Promise<string[]> =>
  page.evaluate(`(() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const rgba = (colour) => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      return [r, g, b, a / 255];
    };
    const over = ([r, g, b, a], under) => [r, g, b].map((value, at) => value * a + under[at] * (1 - a));
    const background = (element) => {
      if (element === null) return [255, 255, 255];
      const own = rgba(getComputedStyle(element).backgroundColor);
      return own[3] === 1 ? own.slice(0, 3) : over(own, background(element.parentElement));
    };
    const luminance = (colour) => {
      const [r, g, b] = colour.map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const found = new Set();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const element = texts.currentNode.parentElement;
      if (texts.currentNode.data.trim() === '' || !element.checkVisibility()) continue;
      const style = getComputedStyle(element);
      const under = background(element);
      const [a, b] = [luminance(over(rgba(style.color), under)), luminance(under)];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      const size = parseFloat(style.fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      if (ratio < (isLarge ? 3 : 4.5))
        found.add(element.tagName.toLowerCase() + '.' + element.className + ': ' + ratio.toFixed(2));
    }
    return [...found];
  })()`);

/** By how many pixels the page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
