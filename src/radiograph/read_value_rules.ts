import type dicomParser from "dicom-parser";
import { RadiographError } from "./radiograph_error.ts";
import type { DisplayWindow, LookUpTable, ValueRules } from "./stored_image.ts";

/** Sign and size of stored values, which padding and look-up tables are expressed in. */
interface StoredKind {
  signed: boolean;
  bitsStored: number;
}

/** Reads from a header how stored values become modality and displayed values; judges nothing yet. */
export function readValueRules(set: dicomParser.DataSet, kind: StoredKind): ValueRules {
  const text = (tag: string) => set.string(tag)?.trim() || null;
  const hasModalityLut = lutItems(set, "x00283000").length > 0;
  return {
    rescaleSlope: text("x00281053"),
    rescaleIntercept: text("x00281052"),
    modalityLut: lutItems(set, "x00283000").map((item) => readLut(item, kind))[0] ?? null,
    windows: windows(set.string("x00281050"), set.string("x00281051")),
    voiFunction: text("x00281056") ?? "LINEAR",
    voiLuts: lutItems(set, "x00283010").map((item) => readLut(item, hasModalityLut ? unsigned : kind)),
    inverted: text("x00280004") === "MONOCHROME1" || text("x20500020") === "INVERSE",
    paddingRange: paddingRange(set, kind),
  };
}

/** Values out of a modality look-up table have no sign. */
const unsigned: StoredKind = { signed: false, bitsStored: 16 };

function lutItems(set: dicomParser.DataSet, tag: string): dicomParser.DataSet[] {
  return (set.elements[tag]?.items ?? []).flatMap((item) => item.dataSet ?? []);
}

/** PS3.3 C.11.1.1.1: entries (0 means 65536), first mapped value in the sign of the input, bits of an entry. */
function readLut(item: dicomParser.DataSet, { signed }: StoredKind): LookUpTable {
  const count = item.uint16("x00283002", 0), bits = item.uint16("x00283002", 2);
  const first = signed ? item.int16("x00283002", 1) : item.uint16("x00283002", 1);
  const data = item.elements.x00283006;
  if (count === undefined || first === undefined || bits === undefined || !data || bits < 8 || bits > 16) {
    throw new RadiographError("Cannot read a look-up table: descriptor and data are wanted, 8 to 16 bits", {
      code: "bad-header",
      fix: "Export the film again, or without its look-up table.",
    });
  }
  const entries = new Uint16Array(count || 65536);
  const packed = data.length === entries.length + (entries.length & 1) && bits === 8;
  if (!packed && data.length < 2 * entries.length) {
    throw new RadiographError(
      `Cannot read a look-up table: ${entries.length} entries are announced, ${data.length} bytes found`,
      { code: "bad-header", fix: "Export the film again, or without its look-up table." },
    );
  }
  for (let i = 0; i < entries.length; i++) {
    entries[i] = packed ? item.byteArray[data.dataOffset + i] : item.uint16("x00283006", i)!;
  }
  return { first, bits, entries };
}

/** Centres and widths come in pairs; a centre without its width is no window. */
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
