import { joinBytes } from "../array/join_bytes.ts";
import { crc32, deflate } from "../platform/platform.ts";

/** An image with integer samples. */
export interface PngPicture {
  /** Width in pixels. */
  widthPx: number;
  /** Height in pixels. */
  heightPx: number;
  /** 1: greyscale. 3: red, green, blue (8 bits only). @default {1} */
  channels?: 1 | 3;
  /** Uint8Array for 8 bits, Uint16Array for 16 bits. */
  samples: Uint8Array | Uint16Array; // [heightPx, widthPx, channels]
}

/** Options of {@linkcode encodePng}. */
export interface PngOptions {
  /** Deflate level: 0 (no compression), 1 (fastest) to 9 (smallest). @default {6} */
  level?: number;
  /** Row filter. `none` is the fastest to write and read. @default {"paeth"} */
  filter?: "paeth" | "none";
  /** Pixel size for the pHYs chunk, [between rows, between columns] in mm. If null, no chunk is written. */
  pixelSpacingMm?: readonly [number, number] | null;
  /** What made the image, in ASCII, for a text chunk `Source`. If null, no chunk is written. */
  source?: string | null;
}

/**
 * Encodes a PNG (ISO/IEC 15948:2004): 8- or 16-bit greyscale, or 8-bit colour, with the same filter for every row.
 * The same image and options give the same bytes.
 *
 * The library fast-png is not used: its file of a 16-bit film is 14 % larger, and writing it takes about twice as long
 * (`bench/page/encoders.ts`). The tests decode with fast-png.
 *
 * @throws {TypeError} if the number of samples is not widthPx x heightPx x channels, or the samples have 16 bits in
 * three channels.
 * @throws {RangeError} if a size or the level is out of range.
 */
export function encodePng(
  { widthPx, heightPx, channels = 1, samples }: PngPicture,
  { level = 6, filter = "paeth", pixelSpacingMm = null, source = null }: PngOptions = {},
): Uint8Array<ArrayBuffer> {
  const wide = samples instanceof Uint16Array;
  if (samples.length !== widthPx * heightPx * channels || (wide && channels === 3)) {
    throw new TypeError(
      `Cannot encode a PNG: ${widthPx} x ${heightPx} x ${channels} samples are expected, got ${samples.length}` +
        (wide && channels === 3 ? " of 16 bits in colour" : ""),
    );
  }
  if (!(level >= 0 && level <= 9) || !(widthPx >= 1) || !(heightPx >= 1)) {
    throw new RangeError(
      `Cannot encode a PNG: level must be 0 to 9 and sizes at least 1, got ${level}, ${widthPx} x ${heightPx}`,
    );
  }
  const header = new Uint8Array(13), view = new DataView(header.buffer);
  view.setUint32(0, widthPx);
  view.setUint32(4, heightPx);
  header.set([wide ? 16 : 8, channels === 1 ? 0 : 2, 0, 0, 0], 8);
  const bytes = wide ? bigEndian(samples) : samples as Uint8Array;
  const pixelBytes = channels * (wide ? 2 : 1);
  const rows = { rowBytes: widthPx * pixelBytes, heightPx, pixelBytes };
  const filtered = filter === "none" ? plainRows(bytes, rows) : filterRows(bytes, rows);
  const chunks = [chunk("IHDR", header)];
  if (pixelSpacingMm) chunks.push(chunk("pHYs", physical(pixelSpacingMm)));
  if (source !== null) chunks.push(chunk("tEXt", new TextEncoder().encode(`Source\0${source}`)));
  chunks.push(chunk("IDAT", deflate(filtered, { level })), chunk("IEND", new Uint8Array(0)));
  return joinBytes([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), ...chunks]);
}

/** 16-bit words, high byte first. */
function bigEndian(words: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(words.length * 2);
  for (let i = 0; i < words.length; i++) {
    bytes[2 * i] = words[i] >> 8;
    bytes[2 * i + 1] = words[i];
  }
  return bytes;
}

/** Each row, preceded by its filter byte (0). */
function plainRows(
  bytes: Uint8Array,
  { rowBytes, heightPx }: { rowBytes: number; heightPx: number },
): Uint8Array {
  const out = new Uint8Array((rowBytes + 1) * heightPx); // [heightPx, 1 + rowBytes]
  for (let y = 0; y < heightPx; y++) {
    out.set(bytes.subarray(y * rowBytes, (y + 1) * rowBytes), y * (rowBytes + 1) + 1);
  }
  return out;
}

/** Each row's filter byte (4), followed by its bytes minus their Paeth prediction (section 9.4). */
function filterRows(
  bytes: Uint8Array,
  { rowBytes, heightPx, pixelBytes }: { rowBytes: number; heightPx: number; pixelBytes: number },
): Uint8Array {
  const out = new Uint8Array((rowBytes + 1) * heightPx); // [heightPx, 1 + rowBytes]
  for (let y = 0, at = 0, to = 0; y < heightPx; y++) {
    out[to++] = 4;
    // In the first row the prediction is the pixel to the left, in the first column the pixel above, at the corner 0.
    for (let i = 0; i < pixelBytes; i++, at++) out[to++] = bytes[at] - (y > 0 ? bytes[at - rowBytes] : 0);
    const end = at + rowBytes - pixelBytes;
    if (y === 0) { for (; at < end; at++) out[to++] = bytes[at] - bytes[at - pixelBytes]; }
    for (let up = at - rowBytes; at < end; at++, up++) {
      const a = bytes[at - pixelBytes], b = bytes[up], c = bytes[up - pixelBytes];
      const ab = b - c, ac = a - c, abc = ab + ac;
      const pa = (ab ^ ab >> 31) - (ab >> 31), pb = (ac ^ ac >> 31) - (ac >> 31);
      const pc = (abc ^ abc >> 31) - (abc >> 31);
      // isA has all bits set if a is nearest to the prediction, isB if b is nearer than c. These masks replace
      // branches, which would often be mispredicted on noisy images.
      const isA = (pa - pb - 1 & pa - pc - 1) >> 31, isB = pb - pc - 1 >> 31;
      out[to++] = bytes[at] - (a & isA | (b & isB | c & ~isB) & ~isA);
    }
  }
  return out;
}

/** pHYs: pixels per metre along x, then y (section 11.3.5.3). */
function physical([rowsMm, columnsMm]: readonly [number, number]): Uint8Array {
  const data = new Uint8Array(9), view = new DataView(data.buffer);
  view.setUint32(0, Math.round(1000 / columnsMm));
  view.setUint32(4, Math.round(1000 / rowsMm));
  data[8] = 1;
  return data;
}

/** Length, name, data, checksum (section 5.3). */
function chunk(name: string, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(12 + data.length), view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) out[4 + i] = name.charCodeAt(i);
  out.set(data, 8);
  view.setUint32(8 + data.length, crc32(out.subarray(4, 8 + data.length)));
  return out;
}
