import { isVr } from "../guard/sniff_format.ts";

/** VRs whose length has four bytes after two empty ones (PS3.5 7.1.2). */
export const longVrs: ReadonlySet<string> = new Set(
  ["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"],
);

/** VRs of 2018 that dicom-parser does not know: it takes their length for two bytes and loses its way. */
const newVrs: ReadonlySet<string> = new Set(["OV", "SV", "UV"]);

/**
 * The data set with OV, SV and UV (64-bit integers, none of which tells anything of the picture) called OB. Walks
 * the elements up to the pixel data, into sequences too; where it meets something odd it stops, for the parser to say what.
 *
 * @param bytes a data set with explicit VRs; a copy is made only where there is something to change.
 */
export function withOlderVrs(bytes: Uint8Array, { bigEndian = false } = {}): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), little = !bigEndian;
  const changed: number[] = [];
  for (let at = 0; at + 12 <= bytes.length;) {
    const group = view.getUint16(at, little);
    if (group === 0xfffe) {
      at += 8; // an item or a delimiter: its elements follow
      continue;
    }
    if (group === 0x7fe0 && view.getUint16(at + 2, little) === 0x0010) break;
    if (!isVr(bytes, at + 4)) break;
    const vr = String.fromCharCode(bytes[at + 4], bytes[at + 5]), long = longVrs.has(vr);
    const length = long ? view.getUint32(at + 8, little) : view.getUint16(at + 6, little);
    if (newVrs.has(vr)) changed.push(at + 4);
    at += long ? 12 : 8;
    if (vr === "SQ") continue;
    if (length === 0xffffffff) break;
    at += length;
  }
  if (changed.length === 0) return bytes;
  const copy = Uint8Array.from(bytes);
  for (const at of changed) copy.set([0x4f, 0x42], at);
  return copy;
}
