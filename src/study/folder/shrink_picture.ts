import { encodeJpeg } from "../../image/encode_jpeg.ts";
import { resize } from "../../image/resize.ts";
import { readPng } from "../../radiograph/raster/read_png.ts";

/** An image to be reduced in size. */
export interface SmallPicture {
  /** A square 8-bit grey PNG. */
  readonly path: string;
  /** Maximum width and height in pixels; smaller images keep their size. */
  readonly sizePx: number;
  /** JPEG quality, 1 to 100. */
  readonly quality: number;
}

/**
 * Reduces a greyscale PNG to a small JPEG in base64; null if the file does not exist.
 *
 * @throws {Error} if the image cannot be read; the message names its file.
 */
export function shrinkPicture({ path, sizePx, quality }: SmallPicture): string | null {
  try {
    const { columns, rows, samples } = readPng(Deno.readFileSync(path));
    const small = shrunk(samples as Uint8Array, { widthPx: columns, heightPx: rows, sizePx });
    return encodeJpeg(small, { quality }).toBase64();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw new Error(`Cannot reduce the image ${path}: ${(error as Error).message}`, { cause: error });
  }
}

function shrunk(
  samples: Uint8Array,
  { widthPx, heightPx, sizePx }: { widthPx: number; heightPx: number; sizePx: number },
) {
  const [width, height] = [Math.min(sizePx, widthPx), Math.min(sizePx, heightPx)];
  if (width === widthPx && height === heightPx) return { widthPx, heightPx, samples };
  const image = { kind: "grey-image", widthPx, heightPx, pixels: Float32Array.from(samples) } as const;
  const { pixels } = resize(image, { widthPx: width, heightPx: height });
  const small = new Uint8Array(pixels.length);
  for (let i = 0; i < small.length; i++) small[i] = pixels[i] + 0.5;
  return { widthPx: width, heightPx: height, samples: small };
}
