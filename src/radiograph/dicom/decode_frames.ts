import { bareCodestream, codestreamHeader } from "../codecs/codestream_header.ts";
import { decodeRle } from "../codecs/decode_rle.ts";
import type { DicomHeader } from "./dicom_header.ts";
import { compressedFrames, nativeBytes, nativeFrameBytes } from "./frame_bytes.ts";
import { inflateCapped } from "../guard/inflate_capped.ts";
import type { NativeCodecs, NativeDecoder } from "../codecs/native_codecs.ts";
import { RadiographError } from "../guard/radiograph_error.ts";
import type { TransferSyntax } from "./transfer_syntax.ts";

const decoders: Readonly<Record<string, NativeDecoder>> = {
  "jpeg": "DecodeJpeg",
  "jpeg-ls": "DecodeJpegLs",
  "jpeg-2000": "DecodeJpeg2000",
  // OpenJPEG also decodes high-throughput JPEG 2000.
  "htj2k": "DecodeJpeg2000",
};

/** Whether {@linkcode decodeFrames} needs the native decoders for this transfer syntax. */
export function needsCodecs({ coding }: TransferSyntax): boolean {
  return Object.hasOwn(decoders, coding);
}

/**
 * Decodes the pixel data of all frames. A container holds one sample in BitsAllocated bits, little-endian (in 8
 * bits if BitsAllocated is 1). The samples of a pixel are next to each other.
 *
 * @param codecs may be null if {@linkcode needsCodecs} is false.
 * @returns bytes of [frames, rows, columns, samplesPerPixel] containers; if uncompressed, possibly a view of the file.
 * @throws {RadiographError} `truncated`, `corrupt`, `mismatch`, `unsupported-format`, `memory-limit` or `too-large`.
 */
export function decodeFrames(header: DicomHeader, codecs: NativeCodecs | null): Uint8Array {
  const { coding, bigEndian } = header.syntax;
  if (coding === "native") {
    const bytes = nativeBytes(header);
    if (header.bitsAllocated === 1) return unpackBits(bytes, header.rows * header.columns * header.frames);
    return interleave(bigEndian ? swapped(bytes, header) : bytes, header);
  }
  const frameBytes = header.rows * header.columns * header.samplesPerPixel *
    Math.max(8, header.bitsAllocated) / 8;
  const out = new Uint8Array(frameBytes * header.frames);
  for (const [i, frame] of compressedFrames(header).entries()) {
    const decoded = decodeFrame(frame, { header, codecs });
    if (decoded.length !== frameBytes) {
      throw new RadiographError(
        `Cannot decode the pixels: a frame must have ${frameBytes} bytes, the decoder returned ${decoded.length}`,
        { code: "mismatch", fix: "Export the film again; its header and pixel data do not match." },
      );
    }
    out.set(decoded, i * frameBytes);
  }
  return out;
}

/**
 * Decodes one compressed frame. The codestream's own markers decide which decoder is used, because the transfer
 * syntax in the header is often wrong.
 */
function decodeFrame(
  frame: Uint8Array,
  { header, codecs }: { header: DicomHeader; codecs: NativeCodecs | null },
): Uint8Array {
  const { rows, columns, samplesPerPixel, bitsAllocated, syntax: { coding } } = header;
  const pixels = rows * columns;
  if (coding === "rle") {
    if (bitsAllocated === 1) return unpackBits(rle(Math.ceil(pixels / 8)), pixels);
    return rle(pixels);
  }
  if (coding === "deflated-frame" || coding === "raw-frame") return plainFrame(frame, header);
  const stream = bareCodestream(frame), found = codestreamHeader(stream);
  if (found.rows !== rows || found.columns !== columns || found.components !== samplesPerPixel) {
    throw new RadiographError(
      `Cannot decode the pixels: the header says ${columns} x ${rows} x ${samplesPerPixel}, ` +
        `the codestream ${found.columns} x ${found.rows} x ${found.components}`,
      { code: "mismatch", fix: "Export the film again; its header and pixel data do not match." },
    );
  }
  if (found.precision > bitsAllocated) {
    throw new RadiographError(
      `Cannot decode the pixels: ${found.precision}-bit samples do not fit ${bitsAllocated} allocated bits`,
      { code: "mismatch", fix: "Export the film again; its header and pixel data do not match." },
    );
  }
  // Decoders choose the container by the stream's precision, which may need fewer bytes than the header allocates.
  const bits = found.precision <= 8 ? 8 : found.precision <= 16 ? 16 : 32;
  const described = { ...header, bitsAllocated: bits, bitsStored: Math.min(header.bitsStored, bits) };
  const decoded = codecs!.decode(decoders[found.coding], stream, described);
  const wide = widened(decoded, { from: bits, to: bitsAllocated, signed: found.signed });
  return found.byPlane ? interleave(wide, { ...header, frames: 1, planar: true, photometric: "RGB" }) : wide;

  function rle(count: number): Uint8Array {
    return decodeRle(frame, {
      pixels: count,
      samplesPerPixel,
      bytesPerSample: Math.max(1, bitsAllocated / 8),
    });
  }
}

/** Widens little-endian containers from `from` to `to` bits, with sign extension if signed. */
function widened(
  bytes: Uint8Array<ArrayBuffer>,
  { from, to, signed }: { from: number; to: number; signed: boolean },
): Uint8Array<ArrayBuffer> {
  if (from === to) return bytes;
  const { buffer } = bytes, count = Math.floor(bytes.length / (from / 8));
  const narrow = from === 8
    ? signed ? new Int8Array(buffer, 0, count) : new Uint8Array(buffer, 0, count)
    : signed
    ? new Int16Array(buffer, 0, count)
    : new Uint16Array(buffer, 0, count);
  return new Uint8Array((to === 16 ? Uint16Array.from(narrow) : Uint32Array.from(narrow)).buffer);
}

/** Uncompressed bytes of one frame, stored directly (PS3.5 A.4.11) or as a raw deflate stream (A.4.13). */
function plainFrame(frame: Uint8Array, header: DicomHeader): Uint8Array {
  const { rows, columns, samplesPerPixel, bitsAllocated, syntax } = header,
    samples = rows * columns * samplesPerPixel;
  const need = Math.ceil(nativeFrameBytes(header));
  const bytes = syntax.coding === "raw-frame"
    ? frame
    : inflateCapped(frame, { maxBytes: need + 2, raw: true, what: "frame" });
  if (bytes.length < need) {
    throw new RadiographError(
      `Cannot decode the pixels: a frame must have ${need} bytes, got ${bytes.length}`,
      {
        code: "truncated",
        fix: "Copy or export the file again.",
      },
    );
  }
  if (bitsAllocated === 1) return unpackBits(bytes, samples);
  return interleave(bytes.slice(0, need), { ...header, frames: 1 });
}

/** Unpacks one bit per pixel, lowest bit first, without gaps between frames (PS3.5 8.1.1). */
function unpackBits(bytes: Uint8Array, count: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(count);
  for (let i = 0; i < count; i++) out[i] = (bytes[i >> 3] >> (i & 7)) & 1;
  return out;
}

/** Converts containers from big to little endian. */
function swapped(bytes: Uint8Array, { bitsAllocated }: DicomHeader): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes), size = bitsAllocated / 8;
  if (size === 2) {
    for (let i = 0; i + 1 < out.length; i += 2) [out[i], out[i + 1]] = [out[i + 1], out[i]];
  } else if (size > 2) {
    for (let i = 0; i < out.length; i += size) out.subarray(i, i + size).reverse();
  }
  return out;
}

/**
 * Puts the samples of a pixel next to each other if colours are stored as planes. Chroma stored once for two pixels
 * (YBR_FULL_422) is copied to both.
 */
function interleave(bytes: Uint8Array, header: DicomHeader): Uint8Array {
  const { rows, columns, frames, samplesPerPixel, bitsAllocated, planar, photometric } = header;
  const pixels = rows * columns, size = bitsAllocated / 8;
  if (photometric === "YBR_FULL_422") return expandChroma(bytes, pixels * frames, size);
  if (!planar || samplesPerPixel === 1) return bytes;
  const out = new Uint8Array(bytes.length);
  for (let f = 0, to = 0; f < frames; f++) {
    for (let i = 0; i < pixels; i++) {
      for (let s = 0; s < samplesPerPixel; s++) {
        const at = ((f * samplesPerPixel + s) * pixels + i) * size;
        for (let b = 0; b < size; b++) out[to++] = bytes[at + b];
      }
    }
  }
  return out;
}

/** Expands Y1 Y2 Cb Cr to Y1 Cb Cr Y2 Cb Cr (PS3.3 C.7.6.3.1.2). */
function expandChroma(bytes: Uint8Array, pixels: number, size: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(pixels * 3 * size);
  const copy = (from: number, to: number) =>
    out.set(bytes.subarray(from * size, (from + 1) * size), to * size);
  for (let i = 0; i < pixels; i++) {
    const pair = (i >> 1) * 4;
    copy(pair + (i & 1), 3 * i);
    copy(pair + 2, 3 * i + 1);
    copy(pair + 3, 3 * i + 2);
  }
  return out;
}
