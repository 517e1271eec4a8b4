import type dicomParser from "dicom-parser";
import { functionalGroup } from "./functional_group.ts";
import type { DisplayWindow, LookUpTable, ValueRules } from "../stored/stored_image.ts";

/** Sign and size of stored values. Padding values and the inputs of look-up tables have the same sign. */
export interface StoredKind {
  signed: boolean;
  bitsStored: number;
}

/** Reads from a header how stored values become modality and displayed values. Nothing is validated yet. */
export function readValueRules(set: dicomParser.DataSet, kind: StoredKind): ValueRules {
  const text = (tag: string) => set.string(tag)?.trim() || null;
  // Enhanced objects store slope, intercept and windows in macros: pixel value transformation (C.7.6.16.2.9) and frame
  // VOI LUT (C.7.6.16.2.10).
  const transform = functionalGroup(set, "x00289145"), voi = functionalGroup(set, "x00289132");
  const modalityLut = luts(set, "x00283000", kind)[0] ?? null;
  return {
    rescaleSlope: text("x00281053") ?? (transform?.string("x00281053")?.trim() || null),
    rescaleIntercept: text("x00281052") ?? (transform?.string("x00281052")?.trim() || null),
    modalityLut,
    windows: windows(
      set.string("x00281050") ?? voi?.string("x00281050"),
      set.string("x00281051") ?? voi?.string("x00281051"),
    ),
    voiFunction: text("x00281056") ?? (voi?.string("x00281056")?.trim() || "LINEAR"),
    voiLuts: luts(set, "x00283010", modalityLut ? unsigned : kind),
    inverted: text("x00280004") === "MONOCHROME1" || text("x20500020") === "INVERSE",
    paddingRange: paddingRange(set, kind),
  };
}

/** Values from a modality look-up table are unsigned. */
const unsigned: StoredKind = { signed: false, bitsStored: 16 };

/** The tables of a sequence. Items without a descriptor, which some writers leave blank, are skipped. */
function luts(set: dicomParser.DataSet, tag: string, kind: StoredKind): LookUpTable[] {
  return (set.elements[tag]?.items ?? []).flatMap(({ dataSet }) =>
    dataSet?.elements.x00283002?.length ? [readLut(dataSet, kind)] : []
  );
}

/**
 * Reads a look-up table. Its descriptor holds the number of entries (0 means 65536), the first mapped value, with the
 * sign of the input, and the bits per entry (PS3.3 C.11.1.1.1). A damaged table is returned without entries: only its
 * use is an error, so the film can still be inspected.
 */
export function readLut(
  item: dicomParser.DataSet,
  { signed }: StoredKind,
  [descriptor, table] = ["x00283002", "x00283006"],
): LookUpTable {
  const count = item.uint16(descriptor, 0), bits = item.uint16(descriptor, 2) ?? 0;
  const first = signed ? item.int16(descriptor, 1) : item.uint16(descriptor, 1);
  const data = item.elements[table], length = count || 65536;
  const packed = bits === 8 && data?.length === length + (length & 1);
  const damaged = count === undefined || first === undefined || bits < 8 || bits > 16 || !data ||
    (!packed && data.length < 2 * length);
  if (damaged) return { first: 0, bits, entries: new Uint16Array(0) };
  const entries = new Uint16Array(length);
  for (let i = 0; i < length; i++) {
    entries[i] = packed ? item.byteArray[data.dataOffset + i] : item.uint16(table, i)!;
  }
  return { first, bits, entries };
}

/** Pairs of window centres and widths. A centre without a width is ignored. */
function windows(centers: string | undefined, widths: string | undefined): DisplayWindow[] {
  const center = (centers ?? "").split("\\"), width = (widths ?? "").split("\\");
  return center.flatMap((c, i) =>
    c.trim() && width[i]?.trim() ? [{ center: c.trim(), width: width[i].trim() }] : []
  );
}

/** PixelPaddingValue (0028,0120) and its range limit (0028,0121), PS3.3 C.7.5.1.1.2. */
function paddingRange(set: dicomParser.DataSet, { signed }: StoredKind): [number, number] | null {
  const read = (tag: string) => signed ? set.int16(tag) : set.uint16(tag);
  const value = read("x00280120");
  if (value === undefined) return null;
  const limit = read("x00280121") ?? value;
  return [Math.min(value, limit), Math.max(value, limit)];
}
