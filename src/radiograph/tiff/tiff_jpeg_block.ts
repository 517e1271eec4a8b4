import { joinBytes } from "../../array/join_bytes.ts";
import { codestreamHeader } from "../codecs/codestream_header.ts";
import type { NativeCodecs } from "../codecs/native_codecs.ts";
import { RadiographError } from "../guard/radiograph_error.ts";
import type { TiffLayout } from "./tiff_layout.ts";

/**
 * Decodes a JPEG strip or tile (TIFF Technical Note 2). Tables may be stored once for all blocks, which are then
 * streams without tables. Colours are not converted.
 *
 * @returns samples of shape [rows of the block, at least `height`, blockColumns, blockChannels]
 * @throws {RadiographError} `mismatch` if size, channels, bits or coding differ from the directory; `truncated` or
 * `corrupt` if the block is damaged; `unsupported-format` or `memory-limit` as for any JPEG stream.
 */
export function tiffJpegBlock(
  data: Uint8Array,
  { codecs, tables, layout, height }: {
    codecs: NativeCodecs;
    tables: Uint8Array;
    layout: TiffLayout;
    height: number;
  },
): ArrayLike<number> {
  const shared = tables.length > 4 ? tables.subarray(2, tables.length - 2) : new Uint8Array(0);
  const stream = joinBytes([data.subarray(0, 2), shared, data.subarray(2)]);
  const { blockColumns, blockChannels, bits } = layout, found = codestreamHeader(stream);
  const fits = found.columns === blockColumns && found.rows >= height && found.components === blockChannels &&
    found.coding === "jpeg" && found.precision <= bits && bits <= 16;
  if (!fits || found.rows > layout.blockRows) {
    throw new RadiographError(
      "Cannot read the TIFF: a JPEG block does not match the directory",
      {
        code: "mismatch",
        fix: "Save the film again without compression, or as PNG.",
      },
    );
  }
  const bitsAllocated = bits <= 8 ? 8 : 16;
  const bytes = codecs.decode("DecodeJpeg", stream, {
    columns: found.columns,
    rows: found.rows,
    bitsAllocated,
    bitsStored: found.precision,
    samplesPerPixel: blockChannels,
    signed: false,
    photometric: blockChannels === 1 ? "MONOCHROME2" : "YBR_FULL",
  });
  if (bytes.length < found.rows * found.columns * blockChannels * bitsAllocated / 8) {
    throw new RadiographError("Cannot read the TIFF: a JPEG block is shorter than it should be", {
      code: "corrupt",
      fix: "Copy or export the file again.",
    });
  }
  return bitsAllocated === 8 ? bytes : new Uint16Array(bytes.buffer, 0, bytes.length >> 1);
}
