import { fillTiff } from "./fill_tiff.ts";
import { checkSize } from "../guard/limits.ts";
import { NativeCodecs } from "../codecs/native_codecs.ts";
import { orient } from "../stored/orient.ts";
import { RadiographError } from "../guard/radiograph_error.ts";
import { noFacts, type Palette, plainRules, type Samples, type StoredImage } from "../stored/stored_image.ts";
import { type TiffDirectory, tiffDirectory } from "./tiff_directory.ts";
import type { TiffLayout } from "./tiff_layout.ts";
import { unguarded } from "../guard/time_guard.ts";

function refuse(rule: string, got: number | string): never {
  throw new RadiographError(`Cannot read the TIFF: ${rule}, got ${got}`, {
    code: "unsupported-format",
    fix: "Save the film again as a plain grey TIFF, or as PNG.",
  });
}

const photometrics = ["MINISWHITE", "MINISBLACK", "RGB", "PALETTE COLOR", "MASK", "CMYK", "YBR_FULL"];

/**
 * Reads the first full-resolution page of a TIFF or BigTIFF file as stored (TIFF 6.0): strips or tiles, both byte
 * orders, integers of 1 to 16 or 32 bits, and floating point. Prediction is undone and the image made upright.
 * MinIsWhite is recorded in `rules`, not inverted.
 *
 * @param guard limits the processor time.
 * @throws {RadiographError} if the file cannot be read; the message says why.
 */
export async function readTiff(file: Uint8Array, guard = unguarded): Promise<StoredImage> {
  const directory = guard(() => tiffDirectory(file));
  guard.allowPixels(directory.value(256, 0) * directory.value(257, 0));
  const codecs = directory.value(259, 1) === 7 ? await NativeCodecs.load() : null;
  return guard(() => readPage(file, { directory, codecs }));
}

function readPage(
  file: Uint8Array,
  { directory, codecs }: { directory: TiffDirectory; codecs: NativeCodecs | null },
): StoredImage {
  const { value } = directory;
  const channels = value(277, 1), planes = value(284, 1) === 2 ? channels : 1;
  const layout = readLayout(directory, planes === 1 ? channels : 1);
  const { rows, columns, bits, sampleFormat } = layout;
  checkSize({ rows, columns, samplesPerPixel: channels, bytesPerSample: bits / 8 });
  const samples = allocate(rows * columns * channels, layout);
  fillTiff(samples, { file, directory, codecs, layout, planes });
  const upright = orient({ rows, columns, samples, samplesPerPixel: channels }, value(274, 1));
  const photometric = photometrics[value(262, 1)] ?? "UNKNOWN";
  return {
    ...upright,
    format: "tiff",
    transferSyntax: null,
    frames: 1,
    samplesPerPixel: channels,
    bitsStored: bits,
    signed: sampleFormat >= 2,
    photometric,
    palette: photometric === "PALETTE COLOR" ? colourMap(directory.values(320)) : null,
    rules: { ...plainRules, inverted: photometric === "MINISWHITE" },
    facts: { ...noFacts, pixelAspect: pixelAspect(directory), pages: directory.pages() },
  };
}

/** Palette from ColorMap (320): all reds, then all greens, then all blues, 16 bits each (TIFF 6.0 section 5). */
function colourMap(values: readonly number[]): Palette | null {
  const n = values.length / 3;
  if (n < 2 || !Number.isInteger(n)) return null;
  const [red, green, blue] = [0, 1, 2].map((c) => Uint16Array.from(values.slice(c * n, (c + 1) * n)));
  return { first: 0, red, green, blue };
}

function readLayout({ little, value, values }: TiffDirectory, blockChannels: number): TiffLayout {
  const columns = value(256, 0), rows = value(257, 0), depths = values(258), bits = depths[0] ?? 1;
  if (depths.some((depth) => depth !== bits)) {
    refuse("every channel must have the same number of bits", depths.join(", "));
  }
  const sampleFormat = value(339, 1) === 4 ? 1 : value(339, 1);
  const integer = sampleFormat <= 2 && ((bits >= 1 && bits <= 16) || bits === 32);
  if (!integer && !(sampleFormat === 3 && [16, 32, 64].includes(bits))) {
    refuse(
      "samples must be integers of 1 to 16 or 32 bits, or floating point of 16, 32 or 64",
      `${bits} bits of sample format ${sampleFormat}`,
    );
  }
  const channels = value(277, 1);
  if (channels < 1 || channels > 4) refuse("a pixel must have 1 to 4 samples", channels);
  const lowBitsFirst = value(266, 1) === 2;
  const predictor = value(317, 1);
  if (
    predictor > 3 || (predictor === 2 && (bits < 8 || bits > 32)) || (predictor === 3 && sampleFormat !== 3)
  ) {
    refuse(
      "the predictor must be 1, 2 (with 8 to 32 bits per sample) or 3 (with floating point)",
      `${predictor} with ${bits} bits of sample format ${sampleFormat}`,
    );
  }
  const tiled = values(322).length > 0;
  checkSize({ rows, columns });
  const blockColumns = tiled ? value(322, 0) : columns;
  const blockRows = tiled ? value(323, 0) : Math.min(value(278, rows), rows);
  checkSize({
    rows: blockRows,
    columns: blockColumns,
    samplesPerPixel: blockChannels,
    bytesPerSample: bits / 8,
  });
  const compression = value(259, 1);
  return {
    little,
    columns,
    rows,
    blockChannels,
    bits,
    sampleFormat,
    predictor,
    compression,
    lowBitsFirst,
    blockColumns,
    blockRows,
  };
}

/** Height over width of an upright pixel, from XResolution and YResolution (282, 283), which have the same unit. */
function pixelAspect({ value }: TiffDirectory): number {
  const x = value(282, 0), y = value(283, 0), aspect = x > 0 && y > 0 ? x / y : 1;
  return value(274, 1) >= 5 ? 1 / aspect : aspect; // rows and columns were swapped
}

function allocate(count: number, { bits, sampleFormat }: TiffLayout): Samples {
  if (sampleFormat === 3) return bits <= 32 ? new Float32Array(count) : new Float64Array(count);
  const signed = sampleFormat === 2;
  if (bits <= 8) return signed ? new Int8Array(count) : new Uint8Array(count);
  if (bits <= 16) return signed ? new Int16Array(count) : new Uint16Array(count);
  return signed ? new Int32Array(count) : new Uint32Array(count);
}
