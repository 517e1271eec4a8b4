import type { DicomHeader } from "./dicom_header.ts";
import { RadiographError } from "./radiograph_error.ts";

function cut(message: string): never {
  throw new RadiographError(`Cannot read the pixels: ${message}`, {
    code: "truncated",
    fix: "Copy or export the file again.",
  });
}

function mismatch(message: string): never {
  throw new RadiographError(`Cannot read the pixels: ${message}`, {
    code: "mismatch",
    fix: "Export the film again; header and pixel data do not belong together.",
  });
}

/** Bytes of one frame stored without compression, after its bits, samples and chroma subsampling (PS3.5 8.1). */
export function nativeFrameBytes(header: DicomHeader): number {
  const { rows, columns, samplesPerPixel, bitsAllocated, photometric } = header;
  const samples = photometric === "YBR_FULL_422" ? 2 : samplesPerPixel;
  return rows * columns * samples * bitsAllocated / 8;
}

/** The whole of uncompressed pixel data, at least as long as every frame needs; a longer one is padding. */
export function nativeBytes(header: DicomHeader): Uint8Array {
  const { pixels, bytes, frames } = header;
  if (pixels.encapsulatedPixelData) {
    mismatch("the transfer syntax says uncompressed, the pixels are in fragments");
  }
  const need = Math.ceil(nativeFrameBytes(header) * frames);
  const have = Math.min(pixels.length, bytes.length - pixels.dataOffset);
  if (have < need) cut(`${need} bytes are wanted, ${have} found`);
  return bytes.subarray(pixels.dataOffset, pixels.dataOffset + need);
}

/**
 * The compressed bytes of every frame (PS3.5 A.4): one frame joins all fragments; else the offset table tells; else
 * one fragment a frame; else a frame starts wherever a fragment opens with a codestream's mark.
 */
export function compressedFrames(header: DicomHeader): Uint8Array[] {
  const { pixels, bytes, frames } = header;
  const fragments = pixels.fragments;
  if (!pixels.encapsulatedPixelData || !fragments) {
    mismatch("the transfer syntax says compressed, the pixels are not in fragments");
  }
  const parts = fragments.map(({ position, length }) => {
    if (length === 0xffffffff || position + length > bytes.length) cut("a fragment is longer than the file");
    return bytes.subarray(position, position + length);
  });
  if (parts.length < 1) cut("there is no fragment");
  if (frames === 1) return [join(parts)];
  const starts = frameStarts(header, parts);
  if (starts.length !== frames || starts[0] !== 0) {
    mismatch(`${frames} frames are announced, ${starts.length} found in ${parts.length} fragments`);
  }
  return starts.map((start, i) => join(parts.slice(start, starts[i + 1] ?? parts.length)));
}

/** Index of the first fragment of every frame. */
function frameStarts({ pixels, frames }: DicomHeader, parts: Uint8Array[]): number[] {
  const table = pixels.basicOffsetTable ?? [];
  if (table.length === frames) {
    const byOffset = new Map(pixels.fragments!.map(({ offset }, i) => [offset, i]));
    const found = table.map((offset) => byOffset.get(offset) ?? -1);
    if (found.every((index, i) => index >= 0 && (i === 0 || index > found[i - 1]))) return found;
  }
  if (parts.length === frames) return parts.map((_, i) => i);
  return parts.flatMap((part, i) => opensCodestream(part) ? [i] : []);
}

/** SOI of JPEG and JPEG-LS, or SOC and SIZ of JPEG 2000. */
function opensCodestream(part: Uint8Array): boolean {
  return part[0] === 0xff &&
    ((part[1] === 0xd8 && part[2] === 0xff) || (part[1] === 0x4f && part[2] === 0xff));
}

function join(parts: Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0];
  const out = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
