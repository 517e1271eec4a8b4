import { checkSize } from "./limits.ts";
import { orient } from "./orient.ts";
import { RadiographError } from "./radiograph_error.ts";
import { noFacts, plainRules, type Samples, type StoredImage } from "./stored_image.ts";
import { unpackBlock } from "./tiff_blocks.ts";
import { type TiffDirectory, tiffDirectory } from "./tiff_directory.ts";
import { tiffJpegBlock } from "./tiff_jpeg_block.ts";
import { blockSamples } from "./tiff_samples.ts";

/** How the picture is laid out in blocks (strips or tiles) and samples. */
export interface TiffLayout {
  little: boolean;
  columns: number;
  rows: number;
  /** Samples a pixel has within a block: 1 where planes lie apart. */
  blockChannels: number;
  bits: number;
  /** 1 unsigned, 2 signed, 3 floating point. */
  sampleFormat: number;
  predictor: number;
  compression: number;
  blockColumns: number;
  blockRows: number;
}

function refuse(rule: string, got: number | string): never {
  throw new RadiographError(`Cannot read the TIFF: ${rule}, got ${got}`, {
    code: "unsupported-format",
    fix: "Save the film again as a plain grey TIFF, or as PNG.",
  });
}

const photometrics = ["MINISWHITE", "MINISBLACK", "RGB", "PALETTE COLOR", "MASK", "CMYK", "YBR_FULL"];

/**
 * Reads the first page of a TIFF or BigTIFF file as stored (TIFF 6.0): strips or tiles, both byte orders, integers of
 * 1 to 32 bits and floating point, prediction undone, MinIsWhite marked and not inverted, turned upright.
 */
export async function readTiff(file: Uint8Array): Promise<StoredImage> {
  const directory = tiffDirectory(file), { value } = directory;
  const channels = value(277, 1), planes = value(284, 1) === 2 ? channels : 1;
  const layout = readLayout(directory, planes === 1 ? channels : 1);
  const { rows, columns, bits, sampleFormat } = layout;
  checkSize({ rows, columns, samplesPerPixel: channels, bytesPerSample: bits / 8 });
  const samples = allocate(rows * columns * channels, layout);
  await fill(samples, { file, directory, layout, planes });
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
    rules: { ...plainRules, inverted: photometric === "MINISWHITE" },
    facts: noFacts,
  };
}

function readLayout({ little, value, values }: TiffDirectory, blockChannels: number): TiffLayout {
  const columns = value(256, 0), rows = value(257, 0), depths = values(258), bits = depths[0] ?? 1;
  if (depths.some((depth) => depth !== bits)) refuse("every channel has the same bits", depths.join(", "));
  const sampleFormat = value(339, 1) === 4 ? 1 : value(339, 1);
  const integer = sampleFormat <= 2 && [1, 2, 4, 8, 10, 12, 14, 16, 32].includes(bits);
  if (!integer && !(sampleFormat === 3 && (bits === 32 || bits === 64))) {
    refuse(
      "samples are integers of 1 to 32 bits or floating point of 32 or 64",
      `${bits} bits of kind ${sampleFormat}`,
    );
  }
  const channels = value(277, 1);
  if (channels < 1 || channels > 4) refuse("a pixel has 1 to 4 samples", channels);
  if (value(266, 1) !== 1) refuse("bits run from high to low (FillOrder 1)", value(266, 1));
  const predictor = value(317, 1);
  if (predictor > 3 || (predictor === 2 && bits < 8)) refuse("the predictor is 1, 2 or 3", predictor);
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
    blockColumns,
    blockRows,
  };
}

function allocate(count: number, { bits, sampleFormat }: TiffLayout): Samples {
  if (sampleFormat === 3) return bits === 32 ? new Float32Array(count) : new Float64Array(count);
  const signed = sampleFormat === 2;
  if (bits <= 8) return signed ? new Int8Array(count) : new Uint8Array(count);
  if (bits <= 16) return signed ? new Int16Array(count) : new Uint16Array(count);
  return signed ? new Int32Array(count) : new Uint32Array(count);
}

/** Puts every block in its place; all must be there. */
async function fill(
  samples: Samples,
  { file, directory, layout, planes }: {
    file: Uint8Array;
    directory: TiffDirectory;
    layout: TiffLayout;
    planes: number;
  },
): Promise<void> {
  const tiled = directory.values(322).length > 0;
  const offsets = directory.values(tiled ? 324 : 273), counts = directory.values(tiled ? 325 : 279);
  const { columns, rows, blockColumns, blockRows, blockChannels } = layout;
  const across = Math.ceil(columns / blockColumns), down = Math.ceil(rows / blockRows);
  if (offsets.length < across * down * planes || counts.length < offsets.length) {
    throw new RadiographError(
      `Cannot read the TIFF: ${across * down * planes} blocks are wanted, ${offsets.length} listed`,
      { code: "truncated", fix: "Copy or export the file again." },
    );
  }
  const channels = blockChannels * planes;
  for (let b = 0; b < across * down * planes; b++) {
    if (offsets[b] + counts[b] > file.length) {
      throw new RadiographError("Cannot read the TIFF: a block lies beyond the end of the file", {
        code: "truncated",
        fix: "Copy or export the file again.",
      });
    }
    const plane = Math.floor(b / (across * down)), index = b % (across * down);
    const x = index % across * blockColumns, y = Math.floor(index / across) * blockRows;
    const height = tiled ? blockRows : Math.min(blockRows, rows - y);
    const block = await decodeBlock(file.subarray(offsets[b], offsets[b] + counts[b]), {
      directory,
      layout,
      height,
    });
    for (let row = 0; row < Math.min(blockRows, rows - y); row++) {
      for (let column = 0; column < Math.min(blockColumns, columns - x); column++) {
        for (let c = 0; c < blockChannels; c++) {
          const to = ((y + row) * columns + x + column) * channels + plane + c;
          samples[to] = block[(row * blockColumns + column) * blockChannels + c];
        }
      }
    }
  }
}

/** The samples of one block: [height, blockColumns, blockChannels]. */
function decodeBlock(
  data: Uint8Array,
  { directory, layout, height }: { directory: TiffDirectory; layout: TiffLayout; height: number },
): Promise<ArrayLike<number>> | ArrayLike<number> {
  const { compression, blockColumns, blockChannels, bits } = layout;
  if (compression === 7) {
    return tiffJpegBlock(data, { tables: Uint8Array.from(directory.values(347)), layout, height });
  }
  const maxBytes = Math.ceil(blockColumns * blockChannels * bits / 8) * height;
  const bytes = unpackBlock(data, { compression, maxBytes });
  if (bytes.length < maxBytes) {
    throw new RadiographError(`Cannot read the TIFF: a block has ${maxBytes} bytes, got ${bytes.length}`, {
      code: "truncated",
      fix: "Copy or export the file again.",
    });
  }
  return blockSamples(bytes, { layout, height });
}
