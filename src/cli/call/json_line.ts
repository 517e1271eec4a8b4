/** Prepares a value for JSON: NaN and infinities become null, typed arrays become arrays. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) return null;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value as Float64Array);
  return value;
}

/** One value as one line of JSON. */
export function jsonLine(value: unknown): string {
  // JSON does not escape DEL, C1 controls and bidirectional marks, which could control a terminal.
  return JSON.stringify(value, plain).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
