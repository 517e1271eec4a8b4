import type { StoredImage } from "./stored_image.ts";

/**
 * Reads the stored samples of a PNG, TIFF or JPEG file. Each reader is loaded when first needed.
 *
 * @param format as {@linkcode sniffFormat} tells it.
 * @throws {RadiographError} naming what is wrong with the file.
 */
export async function readRaster(file: Uint8Array, format: "png" | "tiff" | "jpeg"): Promise<StoredImage> {
  if (format === "png") return (await import("./read_png.ts")).readPng(file);
  if (format === "tiff") return await (await import("./read_tiff.ts")).readTiff(file);
  return await (await import("./read_jpeg.ts")).readJpeg(file);
}
