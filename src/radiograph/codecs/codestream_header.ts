import { RadiographError } from "../guard/radiograph_error.ts";

/** Properties of a compressed image, read from its header before anything is decoded. */
export interface CodestreamHeader {
  readonly coding: "jpeg" | "jpeg-ls" | "jpeg-2000" | "htj2k";
  readonly columns: number;
  readonly rows: number;
  readonly components: number;
  /** Bits per sample. */
  readonly precision: number;
  readonly signed: boolean;
  /** Whether components have different resolutions. */
  readonly subsampled: boolean;
  /** Whether components are stored one after the other: JPEG-LS with one scan per component (interleave mode 0). */
  readonly byPlane: boolean;
}

function damaged(what: string, code: "corrupt" | "truncated" = "corrupt"): never {
  throw new RadiographError(`Cannot decode the pixels: ${what}`, {
    code,
    fix: "Copy or export the file again.",
  });
}

/**
 * Reads the frame header of a JPEG or JPEG-LS stream (ITU-T T.81 B.2.2, T.87 C.2.2) or the SIZ segment of a
 * JPEG 2000 stream (T.800 A.5.1), so that sizes can be checked before a decoder runs. A stream without an end marker
 * is an error: a decoder might return a truncated image without complaint.
 *
 * @throws {RadiographError} `truncated`, `corrupt` or `unsupported-format`.
 */
export function codestreamHeader(stream: Uint8Array): CodestreamHeader {
  if (stream.length < 16) damaged("the codestream has fewer than 16 bytes", "truncated");
  const jpeg = stream[0] === 0xff && stream[1] === 0xd8, j2k = stream[0] === 0xff && stream[1] === 0x4f;
  if (!jpeg && !j2k) damaged("it does not start with a known codestream marker");
  if (!(j2k ? endsWithMark(stream) : reachesEnd(stream))) {
    damaged("the codestream ends too early", "truncated");
  }
  return j2k ? readSiz(stream) : readFrame(stream);
}

/**
 * The JPEG 2000 codestream inside a JP2 file (T.800 annex I), or the input itself if it is not a JP2 file.
 *
 * @throws {RadiographError} `corrupt` if the JP2 file contains no codestream.
 */
export function bareCodestream(stream: Uint8Array): Uint8Array {
  if (stream.length < 12 || stream[4] !== 0x6a || stream[5] !== 0x50) return stream;
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  for (let at = 0; at + 8 <= stream.length;) {
    const length = view.getUint32(at);
    if (view.getUint32(at + 4) === 0x6a703263) return stream.subarray(at + (length === 1 ? 16 : 8));
    if (length < 8) break;
    at += length;
  }
  return damaged("the JP2 file contains no codestream");
}

/**
 * Whether the segments and scans of a JPEG or JPEG-LS stream lead to its end marker (EOI). Bytes after it are
 * ignored.
 */
function reachesEnd(stream: Uint8Array): boolean {
  for (let at = 2; at + 1 < stream.length;) {
    const marker = stream[at + 1];
    if (stream[at] !== 0xff || marker === 0x00) return false;
    if (marker === 0xd9) return true;
    if (marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    at += 2 + (stream[at + 2] << 8 | stream[at + 3]);
    // Within a scan, FF is followed by 00 (JPEG), a byte below 80 (JPEG-LS) or a restart marker.
    while (marker === 0xda && at + 1 < stream.length) {
      at = stream.indexOf(0xff, at);
      if (at < 0) return false;
      const next = stream[at + 1];
      if (next >= 0x80 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) break;
      at++;
    }
  }
  return false;
}

/**
 * Whether the end marker (FF D9) is among the last 64 bytes. DICOM pads with zeros or FF, and some writers add a few
 * more bytes.
 */
function endsWithMark(stream: Uint8Array): boolean {
  for (let i = stream.length - 2; i >= Math.max(0, stream.length - 64); i--) {
    if (stream[i] === 0xff && stream[i + 1] === 0xd9) return true;
  }
  return false;
}

function readFrame(stream: Uint8Array): CodestreamHeader {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  let at = 2;
  while (at + 4 <= stream.length) {
    if (stream[at] !== 0xff) damaged("a marker is missing in the JPEG header");
    const marker = stream[at + 1];
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xda || marker === 0xd9) break;
    const length = view.getUint16(at + 2), frame = marker === 0xf7 || (marker >= 0xc0 && marker <= 0xcf);
    if (frame && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      rejectRareCoding(marker);
      if (at + 10 > stream.length || length < 8) damaged("the JPEG frame header ends too early", "truncated");
      const components = stream[at + 9];
      if (at + 10 + 3 * components > stream.length) {
        damaged("the JPEG frame header ends too early", "truncated");
      }
      let subsampled = false;
      for (let c = 1; c < components; c++) subsampled ||= stream[at + 11 + 3 * c] !== stream[at + 11];
      return {
        coding: marker === 0xf7 ? "jpeg-ls" : "jpeg",
        precision: stream[at + 4],
        rows: view.getUint16(at + 5),
        columns: view.getUint16(at + 7),
        components,
        signed: false,
        subsampled,
        byPlane: marker === 0xf7 && components > 1 && scanInterleave(stream, at + 2 + length) === 0,
      };
    }
    at += 2 + length;
  }
  return damaged("the JPEG stream has no frame header");
}

/** Throws if the marker of the frame names a coding of T.81 table B.1 that the decoders do not support. */
function rejectRareCoding(marker: number): void {
  const rare = marker >= 0xc9 && marker <= 0xcb
    ? "arithmetic coding"
    : marker >= 0xc5 && marker <= 0xcf
    ? "hierarchical coding"
    : "";
  if (marker === 0xf7 || rare === "") return;
  throw new RadiographError(
    `Cannot decode the pixels: JPEG must be Huffman-coded and not hierarchical, got ${rare}`,
    {
      code: "unsupported-format",
      fix: "Save the film again as PNG, or as DICOM without compression.",
    },
  );
}

/** Interleave mode of the first JPEG-LS scan at or after `at` (T.87 C.2.3), or -1 if there is none. */
function scanInterleave(stream: Uint8Array, at: number): number {
  while (at + 4 <= stream.length && stream[at] === 0xff) {
    const length = stream[at + 2] << 8 | stream[at + 3];
    if (stream[at + 1] === 0xda) return stream[at + length] ?? -1;
    at += 2 + length;
  }
  return -1;
}

function readSiz(stream: Uint8Array): CodestreamHeader {
  if (stream.length < 45 || stream[2] !== 0xff || stream[3] !== 0x51) {
    damaged("the JPEG 2000 stream has no SIZ segment");
  }
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const [right, bottom, left, top, tileWidth, tileHeight] = [8, 12, 16, 20, 24, 28].map((at) =>
    view.getUint32(at)
  );
  const components = view.getUint16(40);
  const tiles = Math.ceil(right / tileWidth) * Math.ceil(bottom / tileHeight);
  if (
    !(right > left && bottom > top && tiles <= 65535) || components < 1 || stream.length < 42 + 3 * components
  ) {
    damaged("the JPEG 2000 header has an impossible image size, tile size or number of components");
  }
  let subsampled = false;
  for (let c = 0; c < components; c++) subsampled ||= stream[43 + 3 * c] !== 1 || stream[44 + 3 * c] !== 1;
  return {
    coding: (view.getUint16(6) & 0x4000) !== 0 ? "htj2k" : "jpeg-2000",
    columns: right - left,
    rows: bottom - top,
    components,
    precision: (stream[42] & 0x7f) + 1,
    signed: stream[42] > 127,
    subsampled,
    byPlane: false,
  };
}
