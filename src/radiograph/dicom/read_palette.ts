import type dicomParser from "dicom-parser";
import { readLut, type StoredKind } from "./read_value_rules.ts";
import type { Palette } from "../stored/stored_image.ts";

/**
 * Colour tables of PALETTE COLOR (PS3.3 C.7.6.3.1.5) for red, green and blue. Null if one is missing or damaged, the
 * three differ in length or first value, or they are segmented (C.7.9.2), which is not supported.
 */
export function readPalette(set: dicomParser.DataSet, kind: StoredKind): Palette | null {
  const [red, green, blue] = [1, 2, 3].map((c) => readLut(set, kind, [`x0028110${c}`, `x0028120${c}`]));
  const { first, entries } = red,
    same = [green, blue].every((table) => table.first === first && table.entries.length === entries.length);
  if (entries.length === 0 || !same) return null;
  return { first, red: entries, green: green.entries, blue: blue.entries };
}
