import { RadiographError } from "./radiograph_error.ts";
import { readRaster } from "./read_raster.ts";
import { sniffFormat } from "./sniff_format.ts";
import type { StoredImage } from "./stored_image.ts";

/**
 * Any file this room reads, as stored; the format is told by its first bytes. Readers are loaded when first needed.
 *
 * @throws {RadiographError} and nothing else, whatever the bytes.
 */
export async function parseStored(bytes: Uint8Array): Promise<StoredImage> {
  const format = sniffFormat(bytes);
  try {
    if (format === "dicom") return await (await import("./read_dicom.ts")).readDicom(bytes);
    return await readRaster(bytes, format);
  } catch (cause) {
    if (cause instanceof RadiographError || cause instanceof ReferenceError) throw cause;
    const memory = cause instanceof RangeError && /array|buffer|allocation|memory/i.test(cause.message);
    throw new RadiographError(`Cannot read the file: its ${format.toUpperCase()} data is damaged`, {
      code: memory ? "memory-limit" : "corrupt",
      fix: "Copy or export the file again.",
      cause,
    });
  }
}
