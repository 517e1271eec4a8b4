import type { NativeCodecs } from "../codecs/native_codecs.ts";
import { RadiographError } from "../guard/radiograph_error.ts";
import type { TiffLayout } from "./tiff_layout.ts";
import type { Samples } from "../stored/stored_image.ts";
import { unpackBlock } from "./tiff_blocks.ts";
import type { TiffDirectory } from "./tiff_directory.ts";
import { tiffJpegBlock } from "./tiff_jpeg_block.ts";
import { blockSamples, reversedBits } from "./tiff_samples.ts";

/**
 * Decodes all blocks (strips or tiles) and writes them to `samples`.
 *
 * @throws {RadiographError} `truncated` if a block is missing or too short; errors of its decompression.
 */
export function fillTiff(
  samples: Samples,
  { file, directory, codecs, layout, planes }: {
    file: Uint8Array;
    directory: TiffDirectory;
    codecs: NativeCodecs | null;
    layout: TiffLayout;
    planes: number;
  },
): void {
  const tiled = directory.values(322).length > 0;
  const offsets = directory.values(tiled ? 324 : 273),
    counts = byteCounts(directory, { file, tiled, offsets });
  const { columns, rows, blockColumns, blockRows, blockChannels } = layout;
  const across = Math.ceil(columns / blockColumns), down = Math.ceil(rows / blockRows);
  if (offsets.length < across * down * planes || counts.length < offsets.length) {
    throw new RadiographError(
      `Cannot read the TIFF: ${
        across * down * planes
      } blocks are needed, got ${offsets.length} positions and ${counts.length} byte counts`,
      { code: "truncated", fix: "Copy or export the file again." },
    );
  }
  const channels = blockChannels * planes;
  const tables = layout.compression === 7 ? Uint8Array.from(directory.values(347)) : null;
  for (let b = 0; b < across * down * planes; b++) {
    if (offsets[b] + counts[b] > file.length) {
      throw new RadiographError("Cannot read the TIFF: a block extends beyond the end of the file", {
        code: "truncated",
        fix: "Copy or export the file again.",
      });
    }
    const plane = Math.floor(b / (across * down)), index = b % (across * down);
    const x = index % across * blockColumns, y = Math.floor(index / across) * blockRows;
    const height = tiled ? blockRows : Math.min(blockRows, rows - y);
    const block = decodeBlock(file.subarray(offsets[b], offsets[b] + counts[b]), {
      codecs,
      tables,
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

/**
 * Byte counts of all blocks. Old writers may omit the count of a single strip; it then extends to the end of the
 * file.
 */
function byteCounts(
  directory: TiffDirectory,
  { file, tiled, offsets }: { file: Uint8Array; tiled: boolean; offsets: readonly number[] },
): number[] {
  const counts = directory.values(tiled ? 325 : 279);
  const missing = offsets.length === 1 && (counts.length === 0 || counts[0] === 0);
  return missing ? [Math.max(0, file.length - offsets[0])] : counts;
}

/** The samples of one block: [height, blockColumns, blockChannels]. */
function decodeBlock(
  data: Uint8Array,
  { codecs, tables, layout, height }: {
    codecs: NativeCodecs | null;
    /** JPEG tables shared by all blocks; null for other compressions. */
    tables: Uint8Array | null;
    layout: TiffLayout;
    height: number;
  },
): ArrayLike<number> {
  const { compression, blockColumns, blockChannels, bits, lowBitsFirst } = layout;
  if (tables && codecs) return tiffJpegBlock(data, { codecs, tables, layout, height });
  const maxBytes = Math.ceil(blockColumns * blockChannels * bits / 8) * height;
  // FillOrder 2 reverses the bits of the stored bytes, so it is undone first (TIFF 6.0 section 8).
  const bytes = unpackBlock(lowBitsFirst ? reversedBits(data) : data, { compression, maxBytes });
  if (bytes.length < maxBytes) {
    throw new RadiographError(
      `Cannot read the TIFF: a block must have ${maxBytes} bytes, got ${bytes.length}`,
      {
        code: "truncated",
        fix: "Copy or export the file again.",
      },
    );
  }
  return blockSamples(bytes, { layout, height });
}
