import { inflateCapped } from "./inflate_capped.ts";
import { limits } from "./limits.ts";
import { RadiographError } from "./radiograph_error.ts";
import { isVr } from "./sniff_format.ts";
import { type TransferSyntax, transferSyntax } from "./transfer_syntax.ts";

/** Where the data set of a DICOM file starts and how it is encoded. */
export interface DataSetPlace {
  /** The data set itself, inflated where it was deflated. */
  readonly bytes: Uint8Array;
  /** UID in the meta header, or the guessed one where it has none. */
  readonly uid: string;
  readonly syntax: TransferSyntax;
  /** Value representations are left out, whatever the UID says. */
  readonly implicit: boolean;
}

const longLength = new Set(["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"]);

/**
 * Walks the file meta group (PS3.10 section 7.1), which may lack its preamble or be missing altogether; then what
 * the data set's own first element looks like decides between explicit and implicit, as many writers mislabel it.
 */
export function locateDataSet(file: Uint8Array): DataSetPlace {
  const marked = file.length >= 132 && String.fromCharCode(...file.subarray(128, 132)) === "DICM";
  const { end, uid } = readMeta(file, marked ? 132 : 0);
  const rest = file.subarray(end);
  if (rest.length < 8) {
    throw new RadiographError("Cannot read the DICOM file: it ends within its header", {
      code: "truncated",
      fix: "Copy the file again from where it came.",
    });
  }
  if (uid === null) return guess(rest);
  const syntax = transferSyntax(uid);
  const bytes = syntax.deflated
    ? inflateCapped(rest, { maxBytes: limits.inflatedBytes, raw: true, what: "deflated data set" })
    : rest;
  return { bytes, uid, syntax, implicit: !syntax.bigEndian && !isVr(bytes, 4) };
}

/** End of group 2 and the transfer syntax in it. The group is explicit little endian by rule, implicit by mistake. */
function readMeta(file: Uint8Array, start: number): { end: number; uid: string | null } {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let at = start, uid: string | null = null;
  while (at + 8 <= file.length && view.getUint16(at, true) === 2) {
    const element = view.getUint16(at + 2, true);
    const explicit = isVr(file, at + 4), vr = String.fromCharCode(file[at + 4], file[at + 5]);
    const long = explicit && longLength.has(vr);
    if (long && at + 12 > file.length) break;
    const length = !explicit || long
      ? view.getUint32(at + (long ? 8 : 4), true)
      : view.getUint16(at + 6, true);
    const value = at + (long ? 12 : 8);
    if (value + length > file.length) {
      throw new RadiographError("Cannot read the DICOM file: it ends within its meta header", {
        code: "truncated",
        fix: "Copy the file again from where it came.",
      });
    }
    if (element === 0x0010) uid = text(file.subarray(value, value + length));
    at = value + length;
  }
  return { end: at, uid: uid === "" ? null : uid };
}

function text(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 128)).replace(/[\0 ]+$/, "").trim();
}

/** Without a transfer syntax: explicit where the first element shows a VR, big endian where its group says so. */
function guess(bytes: Uint8Array): DataSetPlace {
  const explicit = isVr(bytes, 4), big = explicit && bytes[0] === 0 && bytes[1] > 0;
  const uid = big ? "1.2.840.10008.1.2.2" : explicit ? "1.2.840.10008.1.2.1" : "1.2.840.10008.1.2";
  return { bytes, uid, syntax: transferSyntax(uid), implicit: !explicit };
}
