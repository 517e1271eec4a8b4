import { orderStatistics } from "../../src/array/order_statistics.ts";
import { encodeJpeg } from "../../src/image/encode_jpeg.ts";
import { resize } from "../../src/image/resize.ts";
import { parseRadiograph } from "../../src/radiograph/parse_radiograph.ts";
import type { GreyImage, Radiograph } from "../../src/types.ts";
import { equalised } from "./equalise.ts";
import { filmOf } from "./test_film.ts";

/** A changed film. */
export interface Changed {
  readonly film: Radiograph;
  /** Position on the original film of a point of the changed film, pixels. */
  readonly before: (x: number, y: number) => readonly [number, number];
}

/**
 * Shorter side of the smallest film that shrinking may produce. Smaller films would show heads with too few pixels.
 */
const LEAST_SIDE_PX = 200;
const same = (x: number, y: number) => [x, y] as const;

/** Values scaled to 0 to 1. */
function toUnit({ widthPx, heightPx, pixels }: Radiograph): GreyImage {
  let low = Infinity, high = -Infinity;
  for (let i = 0; i < pixels.length; i++) low = Math.min(low, pixels[i]), high = Math.max(high, pixels[i]);
  const out = Float32Array.from(pixels, (v) => (v - low) / (high - low || 1));
  return { kind: "grey-image", widthPx, heightPx, pixels: out };
}

const toned = (curve: (v: number) => number) => (image: GreyImage): Changed => ({
  film: filmOf({ ...image, pixels: image.pixels.map(curve) }),
  before: same,
});

function windowed(image: GreyImage): Changed {
  const n = image.pixels.length;
  const [low, high] = orderStatistics(image.pixels.slice(), [0.1, 0.9].map((q) => Math.round(q * (n - 1))));
  return toned((v) => Math.min(1, Math.max(0, (v - low) / (high - low || 1))))(image);
}

/** Crops a twentieth from each edge, so the film loses a tenth of its width and of its height. */
function cropped({ widthPx, heightPx, pixels }: GreyImage): Changed {
  const left = Math.round(widthPx / 20), top = Math.round(heightPx / 20);
  const width = widthPx - 2 * left, height = heightPx - 2 * top, out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (y + top) * widthPx + left;
    out.set(pixels.subarray(from, from + width), y * width);
  }
  return {
    film: filmOf({ widthPx: width, heightPx: height, pixels: out }),
    before: (x, y) => [x + left, y + top],
  };
}

function mirrored({ widthPx, heightPx, pixels }: GreyImage): Changed {
  const out = pixels.slice();
  for (let y = 0; y < heightPx; y++) out.subarray(y * widthPx, (y + 1) * widthPx).reverse();
  return { film: filmOf({ widthPx, heightPx, pixels: out }), before: (x, y) => [widthPx - 1 - x, y] };
}

const shrunk = (share: number) => (image: GreyImage): Changed | null => {
  const widthPx = Math.round(share * image.widthPx), heightPx = Math.round(share * image.heightPx);
  if (Math.min(widthPx, heightPx) < LEAST_SIDE_PX) return null;
  const sx = image.widthPx / widthPx, sy = image.heightPx / heightPx;
  return {
    film: filmOf(resize(image, { widthPx, heightPx })),
    before: (x, y) => [(x + 0.5) * sx - 0.5, (y + 0.5) * sy - 0.5],
  };
};

async function asJpeg({ widthPx, heightPx, pixels }: GreyImage): Promise<Changed> {
  const samples = Uint8Array.from(pixels, (v) => Math.round(255 * v));
  const film = await parseRadiograph(encodeJpeg({ widthPx, heightPx, samples }, { quality: 40 }));
  return { film, before: same };
}

/**
 * Rotates about the centre on a canvas of the same size; pixels that come from outside the film are 0, the film's
 * darkest value.
 */
function rotated({ widthPx, heightPx, pixels }: GreyImage): Changed {
  const angle = 3 * Math.PI / 180, cos = Math.cos(angle), sin = Math.sin(angle);
  const cx = (widthPx - 1) / 2, cy = (heightPx - 1) / 2;
  const before = (x: number, y: number) =>
    [cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos] as const;
  const out = new Float32Array(pixels.length);
  for (let y = 0, i = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, i++) {
      const [u, v] = before(x, y), j = Math.floor(u), k = Math.floor(v), a = u - j, b = v - k;
      if (j < 0 || k < 0 || j >= widthPx - 1 || k >= heightPx - 1) continue;
      const at = k * widthPx + j;
      out[i] = (pixels[at] * (1 - a) + pixels[at + 1] * a) * (1 - b) +
        (pixels[at + widthPx] * (1 - a) + pixels[at + widthPx + 1] * a) * b;
    }
  }
  return { film: filmOf({ widthPx, heightPx, pixels: out }), before };
}

/** Changes that films undergo on their way between hospitals. A change returns null if the film is too small for it. */
const CHANGES: Readonly<Record<string, (image: GreyImage) => Changed | null | Promise<Changed>>> = {
  "gamma 0.6": toned((v) => v ** 0.6),
  "gamma 0.8": toned((v) => v ** 0.8),
  "gamma 1.4": toned((v) => v ** 1.4),
  "gamma 1.8": toned((v) => v ** 1.8),
  "equalised": (image) => ({ film: filmOf(equalised(image)), before: same }),
  "windowed": windowed,
  "cropped": cropped,
  "flipped": mirrored,
  "half size": shrunk(0.5),
  "quarter size": shrunk(0.25),
  "JPEG 40": asJpeg,
  "rotated 3 degrees": rotated,
  "inverted": toned((v) => 1 - v),
};

export const CHANGE_NAMES = Object.keys(CHANGES);

/** Applies every change to a film. Returns the changed films by name, without those for which the film is too small. */
export async function changesOf(film: Radiograph): Promise<Map<string, Changed>> {
  const unit = toUnit(film), out = new Map<string, Changed>();
  for (const [name, change] of Object.entries(CHANGES)) {
    const changed = await change(unit);
    if (changed) out.set(name, changed);
  }
  return out;
}
