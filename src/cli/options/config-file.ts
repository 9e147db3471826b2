/** `winnow.toml`: the options of the command line under their long names. Anything else in it is an error at its place. */
import { isAbsolute, join } from 'node:path';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { failure, success } from '../../base/result.ts';
import type { Source } from '../../base/source.ts';
import { didYouMean } from '../../base/typo.ts';
import type { JsonValue } from '../../data/document.ts';
import { parseToml } from '../../rules/format/toml.ts';
import { SHIPPED } from '../../rules/load/files.ts';
import type { Origin } from './resolve.ts';
import type { Option } from './option.ts';
import type { SettingName } from './table.ts';
import { sharedOptions } from './table.ts';

/** The raw values of a file, by setting. */
export type FileValues = ReadonlyMap<SettingName, Origin>;

const fileOptions = sharedOptions.filter(([name]) => name !== 'config');

/** `folder` is where the file lies: paths in it count from there. Unknown keys and wrong types are CLI001 and CLI002. */
export function readConfigFile(source: Source, folder: string): Result<FileValues> {
  const parsed = parseToml(source);
  if (!parsed.ok) return failure(...parsed.diagnostics.map((d): Diagnostic => ({ ...d, code: 'CLI003' })));
  const { value, positions } = parsed.value;
  const values = new Map<SettingName, Origin>();
  const problems: Diagnostic[] = [];
  for (const [key, content] of Object.entries(value)) {
    const known = fileOptions.find(([, option]) => option.flag === key);
    if (known === undefined) {
      problems.push(unknownKey(key, { source, span: positions.nearest([key]) }));
      continue;
    }
    const [name, option] = known;
    const place = { source, span: positions.value([key]) };
    const raws = rawValues(option, content ?? null);
    if (raws === undefined) problems.push(wrongType(key, option, place));
    else
      values.set(name, {
        name: key,
        raws: option.paths ? raws.map((raw) => pathUnder(folder, raw, option)) : raws,
        ...place,
      });
  }
  return problems.length > 0 ? failure(...problems) : success(values);
}

function pathUnder(folder: string, raw: string, { pathAfter }: Option<unknown>): string {
  const at = pathAfter === undefined ? -1 : raw.indexOf(pathAfter);
  return raw.slice(0, at + 1) + under(folder, raw.slice(at + 1));
}

const under = (folder: string, path: string): string =>
  isAbsolute(path) || path.startsWith(SHIPPED) ? path : join(folder, path);

type Place = Parameters<typeof diagnostic>[2];

function unknownKey(key: string, place: Place): Diagnostic {
  const known = fileOptions.map(([, option]) => option.flag);
  const hint = didYouMean(key, known) ?? `known keys: ${known.join(', ')}`;
  return diagnostic('CLI001', `unknown setting "${key}"`, { ...place, hint });
}

const expected: Readonly<Record<Option<unknown>['kind'], string>> = {
  switch: 'true or false',
  value: 'a text or a number',
  list: 'a text or a list of texts',
};

const wrongType = (key: string, option: Option<unknown>, place: Place): Diagnostic =>
  diagnostic('CLI002', `"${key}" must be ${expected[option.kind]}`, place);

function rawValues(option: Option<unknown>, value: JsonValue): readonly string[] | undefined {
  if (option.kind === 'switch') return typeof value === 'boolean' ? [String(value)] : undefined;
  if (typeof value === 'string') return [value];
  if (option.kind === 'value') return typeof value === 'number' ? [String(value)] : undefined;
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}
