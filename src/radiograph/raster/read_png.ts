import { joinBytes } from "../../array/join_bytes.ts";
import { SYNTHETIC_SOURCE } from "../../image/synthetic_source.ts";
import { crc32 } from "../../platform/platform.ts";
import { inflateCapped } from "../guard/inflate_capped.ts";
import { checkSize } from "../guard/limits.ts";
import { RadiographError } from "../guard/radiograph_error.ts";
import {
  type FilmFacts,
  noFacts,
  plainRules,
  type Samples,
  type StoredImage,
} from "../stored/stored_image.ts";
import { unfilterPng } from "./unfilter_png.ts";

/** Contents of the IHDR chunk (ISO/IEC 15948:2004, 11.2.2). */
interface PngHeader {
  columns: number;
  rows: number;
  depth: number;
  colour: number;
  interlaced: boolean;
}

/** Channels by colour type: 0 grey, 2 RGB, 3 palette index, 4 grey and alpha, 6 RGB and alpha (11.2.2). */
const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** Bit depths that each colour type may have. */
const depthsOf: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

function damaged(message: string, code: "corrupt" | "truncated" = "corrupt"): never {
  throw new RadiographError(`Cannot read the PNG: ${message}`, {
    code,
    fix: "Copy or export the file again.",
  });
}

/**
 * Reads a PNG's stored samples. Grey values are kept (gamma and colour chunks are ignored; fewer than 8 bits are
 * scaled to 8), palette indices become colours, alpha is an extra channel. Checksums are verified. The header
 * determines the size of the decompressed data; any other size is an error.
 *
 * @throws {RadiographError} `truncated`, `corrupt`, `bad-header` or `too-large`.
 */
export function readPng(file: Uint8Array): StoredImage {
  const { header, data, palette, physical, synthetic } = readChunks(file);
  const { columns, rows, depth, colour } = header;
  const channels = channelsOf[colour];
  checkSize({ rows, columns, samplesPerPixel: channels, bytesPerSample: depth / 8 });
  const packed = unfilterPng(
    (maxBytes) => inflateCapped(joinBytes(data), { maxBytes, what: "PNG data" }),
    { ...header, channels },
  );
  const samples = colour === 3
    ? throughPalette(packed, palette)
    : depth < 8
    ? widened(packed, depth)
    : packed;
  const samplesPerPixel = colour === 3 ? 3 : channels;
  return {
    format: "png",
    transferSyntax: null,
    rows,
    columns,
    frames: 1,
    samplesPerPixel,
    bitsStored: Math.max(8, depth),
    signed: false,
    photometric: ["", "GREY", "GREY ALPHA", "RGB", "RGB ALPHA"][samplesPerPixel],
    samples,
    rules: plainRules,
    facts: physical ? { ...noFacts, ...physical } : noFacts,
    ...(synthetic ? { remarks: ["synthetic"] } : {}),
  };
}

/**
 * Reads the chunks and verifies every checksum. Unknown chunks are skipped, and all text except the mark of a synthetic
 * film.
 */
function readChunks(file: Uint8Array) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength), data: Uint8Array[] = [];
  let header: PngHeader | null = null, palette = new Uint8Array(0), physical: PhysicalPixels | null = null;
  let ended = false, synthetic = false;
  for (let at = 8; !ended;) {
    if (at + 12 > file.length) damaged("it ends too early", "truncated");
    const length = view.getUint32(at), name = String.fromCharCode(...file.subarray(at + 4, at + 8));
    if (at + 12 + length > file.length) damaged("it ends too early", "truncated");
    const body = file.subarray(at + 8, at + 8 + length);
    if (crc32(file.subarray(at + 4, at + 8 + length)) !== view.getUint32(at + 8 + length)) {
      damaged("a checksum does not match");
    }
    if (header === null && name !== "IHDR") damaged("it does not start with its header");
    if (name === "IHDR") header = readHeader(body);
    else if (name === "PLTE") palette = new Uint8Array(body);
    else if (name === "IDAT") data.push(body);
    else if (name === "pHYs" && length === 9) physical = readPhysical(body);
    else if (name === "tEXt") synthetic ||= isSyntheticMark(body);
    else if (name === "IEND") ended = true;
    at += 12 + length;
  }
  if (header === null || data.length === 0) damaged("it has no image data");
  return { header, data, palette, physical, synthetic };
}

/** Whether a text chunk (ISO/IEC 15948:2004, 11.3.4.3) is the mark of a synthetic film. */
function isSyntheticMark(body: Uint8Array): boolean {
  const mark = `Source\0${SYNTHETIC_SOURCE}`;
  return body.length === mark.length && body.every((code, i) => code === mark.charCodeAt(i));
}

function readHeader(body: Uint8Array): PngHeader {
  if (body.length !== 13) damaged("its header is not 13 bytes long");
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const header = { columns: view.getUint32(0), rows: view.getUint32(4), depth: body[8], colour: body[9] };
  if (!depthsOf[header.colour]?.includes(header.depth) || body[10] !== 0 || body[11] !== 0 || body[12] > 1) {
    damaged("its header has an unknown bit depth, colour type, or compression, filter or interlace method");
  }
  return { ...header, interlaced: body[12] === 1 };
}

/** Physical size or shape of a pixel. */
type PhysicalPixels = Pick<FilmFacts, "pixelSpacingMm" | "spacingSource" | "pixelAspect">;

/**
 * Converts pixels per metre to [between rows, between columns] in mm. Without a unit, only the aspect ratio is known.
 */
function readPhysical(body: Uint8Array): PhysicalPixels | null {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const x = view.getUint32(0), y = view.getUint32(4);
  if (x === 0 || y === 0) return null;
  const metres = body[8] === 1;
  return {
    pixelSpacingMm: metres ? [1000 / y, 1000 / x] : null,
    spacingSource: metres ? "pHYs" : "none",
    pixelAspect: x / y,
  };
}

/** Scales grey values of 1, 2 or 4 bits to 8, so that the largest becomes 255 (ISO/IEC 15948:2004, 13.12). */
function widened(samples: Samples, depth: number): Samples {
  const factor = 255 / (2 ** depth - 1);
  return samples.map((value) => value * factor) as Samples;
}

function throughPalette(indices: Samples, palette: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(indices.length * 3);
  for (let i = 0; i < indices.length; i++) {
    const at = indices[i] * 3;
    if (at + 3 > palette.length) damaged("a palette entry is missing");
    out[3 * i] = palette[at];
    out[3 * i + 1] = palette[at + 1];
    out[3 * i + 2] = palette[at + 2];
  }
  return out;
}
