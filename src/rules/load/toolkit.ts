import { builtinFieldTypes } from '../../data/fields/index.ts';
import { eql } from '../../lang/eql/index.ts';
import { esql } from '../../lang/esql/index.ts';
import { compileFilter } from '../../lang/filter/index.ts';
import { kql } from '../../lang/kql/index.ts';
import { lucene } from '../../lang/lucene/index.ts';
import type { Toolkit } from './compile.ts';

/** Winnow's own languages and field types. */
export const standardToolkit: Toolkit = {
  languages: { kuery: kql, lucene, eql, esql },
  types: builtinFieldTypes,
  compileFilter,
};
