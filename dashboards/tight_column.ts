/** A numeric column in a compact type, as made by {@linkcode packColumn}. */
export interface TightColumn {
  readonly type: keyof typeof TYPES;
  /** Base64 of the little-endian array. // [n] */
  readonly data: string;
}

const TYPES = { u1: Uint8Array, i2: Int16Array, i4: Int32Array, f4: Float32Array, f8: Float64Array } as const;

/**
 * Packs a column in the smallest type that stores every value exactly: integers of 1, 2 or 4 bytes, or floats of 4 or 8
 * bytes. With `rounded`, a column that needs floats always has 4 bytes per value, which keeps about 7 digits.
 */
export function packColumn(values: Float64Array, { rounded = false } = {}): TightColumn {
  const type =
    (["u1", "i2", "i4", "f4"] as const).find((name) =>
      (name === "f4" && rounded) || isExact(values, new TYPES[name](1))
    ) ?? "f8";
  const packed = new TYPES[type](values);
  return { type, data: new Uint8Array(packed.buffer).toBase64() };
}

/** Reads a column from its decoded bytes. // [n] */
export function unpackColumn(type: TightColumn["type"], bytes: Uint8Array<ArrayBuffer>): Float64Array {
  return Float64Array.from(new TYPES[type](bytes.buffer));
}

/** Whether the type can store every value without change. */
function isExact(
  values: Float64Array,
  cell: Uint8Array | Int16Array | Int32Array | Float32Array,
): boolean {
  for (const value of values) {
    cell[0] = value;
    if (!Object.is(cell[0], value)) return false;
  }
  return true;
}
