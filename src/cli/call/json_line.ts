/** JSON knows no NaN: a number that is not there is null. Typed arrays become arrays. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) return null;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value as Float64Array);
  return value;
}

/** One value as one line of JSON. */
export function jsonLine(value: unknown): string {
  // JSON leaves DEL, the controls of C1 and marks of direction as they are; a terminal may obey them.
  return JSON.stringify(value, plain).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
