import type { Span } from '../../../base/span.ts';
import { span as spanFrom } from '../../../base/span.ts';
import type { Text } from '../1-parse/ast.ts';
import { offsetInside } from '../1-parse/text.ts';
import type { Context } from './context.ts';

/** Where a part of a literal's text stands in the query. */
export function inside({ span }: Text, at: number, length: number, { report }: Context): Span {
  const start = offsetInside(report.source.text, span.start, at);
  return spanFrom(start, Math.max(start + 1, offsetInside(report.source.text, span.start, at + length)));
}
