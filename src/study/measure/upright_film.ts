import { negate } from "../../image/negate.ts";
import type { Radiograph } from "../../types.ts";

/** The film as its heads were found on it: turned over (bone bright) where segmentation saw a negative. */
export function uprightFilm(radiograph: Radiograph, quality: readonly string[]): Radiograph {
  if (!quality.includes("inverted")) return radiograph;
  return { ...radiograph, pixels: negate(radiograph.pixels) };
}
