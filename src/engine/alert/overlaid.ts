/** Columns of a query over the fields of its event (esql §3.4): where both have a name, the column stands alone. */
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { isObject } from '../../data/document.ts';

export const overlaid = (document: JsonObject, columns: JsonObject): JsonObject => ({
  ...Object.keys(columns).reduce(withoutField, document),
  ...columns,
});

/** Without what stands at the path, however its keys are cut. */
function withoutField(document: JsonObject, path: string): JsonObject {
  const left: Record<string, JsonValue | undefined> = { ...document };
  for (const key of Object.keys(document)) {
    if (key === path) delete left[key];
    else if (path.startsWith(`${key}.`))
      left[key] = withoutChild(document[key] ?? null, path.slice(key.length + 1));
  }
  return left;
}

function withoutChild(value: JsonValue, path: string): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => withoutChild(item, path));
  return isObject(value) ? withoutField(value, path) : value;
}
