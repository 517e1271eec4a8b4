import type { StoredImage } from "../stored/stored_image.ts";
import { unguarded } from "../guard/time_guard.ts";

/**
 * Reads the stored samples of a PNG, TIFF or JPEG file. The module that reads a format is loaded when first needed.
 *
 * @param format from {@linkcode sniffFormat}.
 * @param guard limits the processor time.
 * @throws {RadiographError} if the file cannot be read; the message says why.
 */
export async function readRaster(
  file: Uint8Array,
  format: "png" | "tiff" | "jpeg",
  guard = unguarded,
): Promise<StoredImage> {
  if (format === "png") {
    const { readPng } = await import("./read_png.ts");
    if (file.length >= 24) {
      const { buffer, byteOffset } = file, view = new DataView(buffer, byteOffset);
      guard.allowPixels(view.getUint32(16) * view.getUint32(20)); // IHDR comes first
    }
    return guard(() => readPng(file));
  }
  if (format === "tiff") return await (await import("../tiff/read_tiff.ts")).readTiff(file, guard);
  return await (await import("./read_jpeg.ts")).readJpeg(file, guard);
}
