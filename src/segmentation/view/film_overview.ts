import { resize } from "../../image/resize.ts";
import type { GreyImage, GreyValues } from "../../types.ts";

/** Longer side of an overview, pixels. */
export const OVERVIEW_PX = 512;

/** A reduced copy of a film, computed once for all steps that use the whole film. */
export interface FilmOverview {
  readonly image: GreyImage;
  /** Film pixels per overview pixel. */
  readonly step: number;
}

/** Reduces a film to at most {@linkcode OVERVIEW_PX} pixels along its longer side. */
export function filmOverview(film: GreyImage<GreyValues>): FilmOverview {
  const step = Math.max(film.widthPx, film.heightPx) / OVERVIEW_PX;
  if (step <= 1) return { image: { ...film, pixels: new Float32Array(film.pixels) }, step: 1 };
  const along = (px: number) => Math.max(1, Math.round(px / step));
  return { image: resize(film, { widthPx: along(film.widthPx), heightPx: along(film.heightPx) }), step };
}
