import { inflateCapped } from "../guard/inflate_capped.ts";
import { limits } from "../guard/limits.ts";
import { longVrs } from "./mend_vrs.ts";
import { RadiographError } from "../guard/radiograph_error.ts";
import { isVr } from "../guard/sniff_format.ts";
import { type TransferSyntax, transferSyntax } from "./transfer_syntax.ts";

/** Where the data set of a DICOM file starts and how it is encoded. */
export interface DataSetPlace {
  /** The data set, decompressed if it was deflated. */
  readonly bytes: Uint8Array;
  /** Transfer syntax UID from the file meta group, or a guess if it has none. */
  readonly uid: string;
  readonly syntax: TransferSyntax;
  /** Whether value representations are omitted (implicit VR), regardless of the UID. */
  readonly implicit: boolean;
}

/**
 * Finds the data set after the file meta group (PS3.10 section 7.1), which may lack its preamble or be missing. Many
 * writers mislabel explicit and implicit VR, so the data set's first element decides between them.
 *
 * @throws {RadiographError} `truncated`, `corrupt`, `too-large` or `unsupported-transfer-syntax`.
 */
export function locateDataSet(file: Uint8Array): DataSetPlace {
  const { end, uid } = readMeta(file, prefixEnd(file));
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
    ? inflateCapped(rest, {
      maxBytes: limits.inflatedBytes,
      raw: !opensLikeZlib(rest),
      what: "deflated data set",
    })
    : rest;
  return { bytes, uid, syntax, implicit: !syntax.bigEndian && !isVr(bytes, 4) };
}

/** Whether there is a zlib header (RFC 1950 2.2). Some writers add one, although PS3.5 A.5 requires a raw stream. */
function opensLikeZlib(bytes: Uint8Array): boolean {
  return bytes[0] === 0x78 && (bytes[0] << 8 | bytes[1]) % 31 === 0;
}

/**
 * End of the prefix "DICM", which follows a preamble of 128 bytes; some writers omit the preamble. 0 if there is no
 * prefix.
 */
function prefixEnd(file: Uint8Array): number {
  for (const at of [128, 0]) {
    if (String.fromCharCode(...file.subarray(at, at + 4)) === "DICM") return at + 4;
  }
  return 0;
}

/**
 * End of group 2 (file meta information) and the transfer syntax UID in it, or null. The group should be explicit
 * little endian; implicit is accepted too, since some writers use it.
 */
function readMeta(file: Uint8Array, start: number): { end: number; uid: string | null } {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let at = start, uid: string | null = null;
  while (at + 8 <= file.length && view.getUint16(at, true) === 2) {
    const element = view.getUint16(at + 2, true);
    const explicit = isVr(file, at + 4), vr = String.fromCharCode(file[at + 4], file[at + 5]);
    const long = explicit && longVrs.has(vr);
    if (long && at + 12 > file.length) break;
    const length = !explicit || long
      ? view.getUint32(at + (long ? 8 : 4), true)
      : view.getUint16(at + 6, true);
    const value = at + (long ? 12 : 8);
    if (value + length > file.length) {
      throw new RadiographError("Cannot read the DICOM file: it ends within its file meta group", {
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

/** Guesses the transfer syntax: explicit if the first element has a VR, big endian if its group number is. */
function guess(bytes: Uint8Array): DataSetPlace {
  const explicit = isVr(bytes, 4), big = explicit && bytes[0] === 0 && bytes[1] > 0;
  const uid = big ? "1.2.840.10008.1.2.2" : explicit ? "1.2.840.10008.1.2.1" : "1.2.840.10008.1.2";
  return { bytes, uid, syntax: transferSyntax(uid), implicit: !explicit };
}
