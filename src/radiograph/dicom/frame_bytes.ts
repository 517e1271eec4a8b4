import { joinBytes } from "../../array/join_bytes.ts";
import type { DicomHeader } from "./dicom_header.ts";
import { RadiographError } from "../guard/radiograph_error.ts";

function cut(message: string): never {
  throw new RadiographError(`Cannot read the pixels: ${message}`, {
    code: "truncated",
    fix: "Copy or export the file again.",
  });
}

function mismatch(message: string): never {
  throw new RadiographError(`Cannot read the pixels: ${message}`, {
    code: "mismatch",
    fix: "Export the film again; its header and pixel data do not match.",
  });
}

/**
 * Number of bytes of one uncompressed frame (PS3.5 8.1). Not always a whole number if one bit is allocated per pixel.
 */
export function nativeFrameBytes(header: DicomHeader): number {
  const { rows, columns, samplesPerPixel, bitsAllocated, photometric } = header;
  const samples = photometric === "YBR_FULL_422" ? 2 : samplesPerPixel;
  return rows * columns * samples * bitsAllocated / 8;
}

/**
 * The uncompressed pixel data of all frames. Extra bytes at the end are padding and are dropped.
 *
 * @throws {RadiographError} `truncated`, or `mismatch` if the pixels are stored in fragments.
 */
export function nativeBytes(header: DicomHeader): Uint8Array {
  const { pixels, bytes, frames, bitsAllocated, syntax } = header;
  if (pixels.length === null) {
    mismatch("the transfer syntax is uncompressed, but the pixels are stored in fragments");
  }
  const need = Math.ceil(nativeFrameBytes(header) * frames);
  const have = Math.min(pixels.length, bytes.length - pixels.offset);
  if (have < need) cut(`expected ${need} bytes, found ${have}`);
  const inWords = syntax.bigEndian === true && pixels.words && bitsAllocated <= 8;
  return inWords ? fromWords(header, need) : bytes.subarray(pixels.offset, pixels.offset + need);
}

/**
 * Samples of 1 or 8 bits stored as big-endian OW: each word holds two bytes, the first in its lower half (PS3.5 8.1.2,
 * annex D).
 */
function fromWords({ pixels, bytes }: DicomHeader, need: number): Uint8Array {
  const words = bytes.slice(pixels.offset, pixels.offset + need + need % 2);
  for (let i = 0; i + 1 < words.length; i += 2) [words[i], words[i + 1]] = [words[i + 1], words[i]];
  return words.subarray(0, need);
}

/** The offset table and the fragments of encapsulated pixel data. */
interface Fragments {
  table: number[];
  parts: Uint8Array[];
  /** Offset of each fragment's item tag from that of the first fragment. */
  offsets: number[];
}

/**
 * The compressed bytes of every frame (PS3.5 A.4). A single frame consists of all fragments. Several frames start
 * where the offset table says. If the table does not match the fragments, each fragment is one frame, provided that
 * there are as many fragments as frames; otherwise a frame starts at each fragment that begins with a codestream
 * marker.
 *
 * @throws {RadiographError} `truncated`, or `mismatch` if the number of frames differs from the header's or the pixels
 * are not stored in fragments.
 */
export function compressedFrames(header: DicomHeader): Uint8Array[] {
  const { frames } = header, found = readFragments(header), { parts } = found;
  if (parts.length < 1) cut("there are no fragments");
  if (frames === 1) return [join(parts)];
  const starts = frameStarts(found, frames);
  if (starts.length !== frames || starts[0] !== 0) {
    mismatch(
      `there must be ${frames} frames, the first at the first fragment; ${starts.length} were found in ${parts.length} fragments`,
    );
  }
  return starts.map((start, i) => join(parts.slice(start, starts[i + 1] ?? parts.length)));
}

/**
 * Reads the items up to the sequence delimiter. A file without the delimiter is accepted if it ends with a complete
 * item, because decoders find the end of their stream themselves. The first item is the offset table.
 */
function readFragments({ pixels, bytes, syntax }: DicomHeader): Fragments {
  if (pixels.length !== null) {
    mismatch("the transfer syntax is compressed, but the pixels are not stored in fragments");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), little = !syntax.bigEndian;
  const items: Uint8Array[] = [], places: number[] = [];
  for (let at = pixels.offset; at !== bytes.length;) {
    if (at + 8 > bytes.length) cut("the list of fragments ends too early");
    const group = view.getUint16(at, little), element = view.getUint16(at + 2, little);
    const length = view.getUint32(at + 4, little);
    if (group === 0xfffe && element === 0xe0dd) break;
    if (group !== 0xfffe || element !== 0xe000) {
      mismatch("there is an element between the fragments that is not a fragment");
    }
    if (at + 8 + length > bytes.length) cut("a fragment extends beyond the end of the file");
    items.push(bytes.subarray(at + 8, at + 8 + length));
    places.push(at);
    at += 8 + length;
  }
  const [offsets, ...parts] = items, table: number[] = [];
  for (let i = 0; i + 4 <= (offsets?.length ?? 0); i += 4) {
    table.push(view.getUint32(offsets.byteOffset - bytes.byteOffset + i, little));
  }
  return { table, parts, offsets: places.slice(1).map((place) => place - places[1]) };
}

/** Index of the first fragment of every frame. */
function frameStarts({ table, parts, offsets }: Fragments, frames: number): number[] {
  if (table.length === frames) {
    const byOffset = new Map(offsets.map((offset, i) => [offset, i]));
    const found = table.map((offset) => byOffset.get(offset) ?? -1);
    if (found.every((index, i) => index >= 0 && (i === 0 || index > found[i - 1]))) return found;
  }
  if (parts.length === frames) return parts.map((_, i) => i);
  return parts.flatMap((part, i) => opensCodestream(part) ? [i] : []);
}

/** Whether a fragment starts with SOI (JPEG, JPEG-LS) or with SOC and SIZ (JPEG 2000). */
function opensCodestream(part: Uint8Array): boolean {
  return part[0] === 0xff &&
    ((part[1] === 0xd8 && part[2] === 0xff) || (part[1] === 0x4f && part[2] === 0xff));
}

function join(parts: Uint8Array[]): Uint8Array {
  return parts.length === 1 ? parts[0] : joinBytes(parts); // one fragment is not copied
}
