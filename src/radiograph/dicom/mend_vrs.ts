import { isVr } from "../guard/sniff_format.ts";

/** VRs (value representations, the types of DICOM) with a 4-byte length after two reserved bytes (PS3.5 7.1.2). */
export const longVrs: ReadonlySet<string> = new Set(
  ["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"],
);

/** VRs added in 2018 that dicom-parser does not support: it reads a 2-byte length and then misreads what follows. */
const newVrs: ReadonlySet<string> = new Set(["OV", "SV", "UV"]);

/** Maximum number of VRs inserted. A data set in which more are missing is not in explicit VR. */
const MOST_INSERTED = 1000;

/** Repairs: positions of VRs to rename to OB, and of elements that need a VR inserted. */
interface Mends {
  readonly rename: number[];
  readonly insert: { readonly at: number; readonly vr: string }[];
}

/**
 * Repairs a data set with explicit VRs so that dicom-parser can read it. OV, SV and UV (64-bit integers, which do not
 * describe the image) are renamed to OB. Some archives write single elements, often private ones, without a VR; these
 * get `UN` (pixel data `OW`), as in pydicom. At anything else unusual the repair stops and leaves the error to the
 * parser.
 *
 * @param bytes copied only if something needs repair.
 */
export function mendVrs(bytes: Uint8Array, { bigEndian = false } = {}): Uint8Array {
  const { rename, insert } = findMends(bytes, !bigEndian);
  if (rename.length + insert.length === 0) return bytes;
  const out = new Uint8Array(bytes.length + 4 * insert.length);
  let from = 0, to = 0;
  for (const { at, vr } of insert) {
    // Copies up to the end of the tag, then inserts the VR and two reserved bytes. The length after them has 4 bytes
    // already.
    out.set(bytes.subarray(from, at + 4), to);
    to += at + 4 - from;
    out.set([vr.charCodeAt(0), vr.charCodeAt(1), 0, 0], to);
    [from, to] = [at + 4, to + 4];
  }
  out.set(bytes.subarray(from), to);
  for (const at of rename) out.set([0x4f, 0x42], at + 4 * insert.filter((mend) => mend.at < at).length);
  return out;
}

/** Goes through the elements up to the pixel data, including those in sequences. */
function findMends(bytes: Uint8Array, little: boolean): Mends {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mends: Mends = { rename: [], insert: [] };
  let closed = 0; // end of the outermost sequence or item of known length, in which an insertion would make the length wrong
  for (let at = 0; at + 8 <= bytes.length;) {
    const group = view.getUint16(at, little), element = view.getUint16(at + 2, little);
    if (group === 0xfffe) {
      const length = view.getUint32(at + 4, little);
      at += 8; // an item or a delimiter: its elements follow
      if (element === 0xe000 && length !== 0xffffffff) closed = Math.max(closed, at + length);
      continue;
    }
    const pixels = group === 0x7fe0 && element === 0x0010, explicit = isVr(bytes, at + 4);
    if (!explicit) {
      const length = view.getUint32(at + 4, little), end = at + 8 + length;
      const fits = end <= bytes.length || (pixels && length === 0xffffffff);
      if (at < closed || at === 0 || group === 0 || !fits || mends.insert.length === MOST_INSERTED) break;
      mends.insert.push({ at, vr: pixels ? "OW" : "UN" });
      if (pixels) break;
      at = end;
      continue;
    }
    if (pixels || at + 12 > bytes.length) break;
    const vr = String.fromCharCode(bytes[at + 4], bytes[at + 5]), long = longVrs.has(vr);
    const length = long ? view.getUint32(at + 8, little) : view.getUint16(at + 6, little);
    if (newVrs.has(vr)) mends.rename.push(at + 4);
    at += long ? 12 : 8;
    if (vr === "SQ") {
      if (length !== 0xffffffff) closed = Math.max(closed, at + length);
      continue;
    }
    if (length === 0xffffffff) break;
    at += length;
  }
  return mends;
}
