/** JSON knows no NaN: a number that is not there is null. Typed arrays become arrays. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) return null;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value as Float64Array);
  return value;
}

/** One value as one line of JSON. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value, plain);
}
