import { RadiographError } from "./guard/radiograph_error.ts";
import { readRaster } from "./raster/read_raster.ts";
import { sniffFormat } from "./guard/sniff_format.ts";
import type { StoredImage } from "./stored/stored_image.ts";
import { unguarded } from "./guard/time_guard.ts";

/**
 * Any file this room reads, as stored; the format is told by its first bytes. Readers are loaded when first needed.
 *
 * @param guard runs the pieces of the work and may stop them; see {@linkcode timeGuard}.
 * @throws {RadiographError} and nothing else, whatever the bytes.
 */
export async function parseStored(bytes: Uint8Array, guard = unguarded): Promise<StoredImage> {
  const format = sniffFormat(bytes);
  try {
    if (format === "dicom") return await (await import("./dicom/read_dicom.ts")).readDicom(bytes, guard);
    return await readRaster(bytes, format, guard);
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
