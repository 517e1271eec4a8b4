import type { Grade, Side } from "../types.ts";
import { InputError } from "../input_error.ts";

/** Meaning of texts in the grade column; `null` drops their rows. */
export type GradeMap = ReadonlyMap<string, Grade | null>;
/** Meaning of texts in the side column; `null` drops their rows. */
export type SideMap = ReadonlyMap<string, Side | null>;

/**
 * Parses a map such as `I=1,II=2,NA=drop`, which gives the meaning of texts in the grade column.
 *
 * @throws {InputError} for a part without `=`, or for a meaning that is neither 0 to 4 nor `drop`.
 */
export function parseGradeMap(text: string): GradeMap {
  return parse(text, (value) => {
    if (/^[0-4]$/.test(value)) return Number(value) as Grade;
    throw new InputError(`Cannot read the grade map: a grade must be 0 to 4 or drop, got "${value}"`);
  });
}

/**
 * Parses a map such as `D=right,G=left,?=drop`, which gives the meaning of texts in the side column.
 *
 * @throws {InputError} for a part without `=`, or for a meaning that is not right, left, unknown or `drop`.
 */
export function parseSideMap(text: string): SideMap {
  return parse(text, (value) => {
    const side = value.toLowerCase();
    if (side === "right" || side === "left" || side === "unknown") return side;
    throw new InputError(
      `Cannot read the side map: a side must be right, left, unknown or drop, got "${value}"`,
    );
  });
}

/**
 * The meaning of a text in a map, or undefined if it has none. Upper and lower case are the same, unless the map has
 * several spellings of a text with different meanings: then only the exact one counts.
 */
export function meaningOf<T>(map: ReadonlyMap<string, T | null>, text: string): T | null | undefined {
  if (map.has(text)) return map.get(text);
  const alike = [...map].filter(([key]) => key.toLowerCase() === text.toLowerCase());
  const meanings = new Set(alike.map(([, value]) => value));
  return meanings.size === 1 ? [...meanings][0] : undefined;
}

function parse<T>(text: string, read: (value: string) => T): ReadonlyMap<string, T | null> {
  const map = new Map<string, T | null>();
  for (const part of text.split(",")) {
    const at = part.lastIndexOf("=");
    if (at < 0) throw new InputError(`Cannot read the map: parts must be TEXT=MEANING, got "${part.trim()}"`);
    const value = part.slice(at + 1).trim();
    map.set(part.slice(0, at).trim(), value.toLowerCase() === "drop" ? null : read(value));
  }
  return map;
}
