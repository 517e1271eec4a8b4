import { RadiographError } from "./guard/radiograph_error.ts";
import { readRaster } from "./raster/read_raster.ts";
import { sniffFormat } from "./guard/sniff_format.ts";
import type { StoredImage } from "./stored/stored_image.ts";
import { unguarded } from "./guard/time_guard.ts";

/**
 * Reads the stored image of any supported file. Its format is detected from the first bytes. The module that reads a
 * format is loaded when first needed.
 *
 * @param guard limits the processor time; see {@linkcode timeGuard}.
 * @throws {RadiographError} for any bytes that cannot be read. A ReferenceError is thrown unchanged: it is a bug or a
 * missing feature of the browser, not damage of the file.
 */
export async function parseStored(bytes: Uint8Array, guard = unguarded): Promise<StoredImage> {
  const format = sniffFormat(bytes);
  try {
    if (format === "dicom") return await (await import("./dicom/read_dicom.ts")).readDicom(bytes, guard);
    return await readRaster(bytes, format, guard);
  } catch (cause) {
    if (cause instanceof RadiographError || cause instanceof ReferenceError) throw cause;
    const memory = cause instanceof RangeError && /array|buffer|allocation|memory/i.test(cause.message);
    throw new RadiographError(
      `Cannot read the file: its ${format.toUpperCase()} data is damaged${
        memory ? " or needs too much memory" : ""
      }`,
      {
        code: memory ? "memory-limit" : "corrupt",
        fix: "Copy or export the file again.",
        cause,
      },
    );
  }
}
