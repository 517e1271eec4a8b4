import type { BoxedMask } from "../../src/masks/boxed_mask.ts";
import type { Radiograph, Side } from "../../src/types.ts";

/** A true head on a film: a circle, and its side if known. */
export interface TrueHead {
  readonly centerPx: readonly [number, number];
  readonly radiusPx: number;
  readonly side: Side;
}

/** A film with known heads. */
export interface TestFilm {
  readonly name: string;
  /** Type of film, for tables. */
  readonly group: string;
  readonly heads: readonly TrueHead[];
  /** Heads that may or may not be reported: cut by the film's edge, or with metal. */
  readonly optional: readonly TrueHead[];
  read(): Promise<Radiograph>;
}

/** The disc of a circle as a mask: pixels on the film whose centres are inside. */
export function discMask(
  { centerPx: [cx, cy], radiusPx }: Pick<TrueHead, "centerPx" | "radiusPx">,
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
): BoxedMask {
  const x = Math.max(0, Math.ceil(cx - radiusPx)), y = Math.max(0, Math.ceil(cy - radiusPx));
  const width = Math.max(0, Math.min(widthPx - 1, Math.floor(cx + radiusPx)) - x + 1);
  const height = Math.max(0, Math.min(heightPx - 1, Math.floor(cy + radiusPx)) - y + 1);
  const mask = new Uint8Array(width * height);
  for (let i = 0; i < mask.length; i++) {
    const dx = x + i % width - cx, dy = y + Math.floor(i / width) - cy;
    if (dx * dx + dy * dy <= radiusPx * radiusPx) mask[i] = 1;
  }
  return { boxPx: { x, y, width, height }, mask };
}

/** A grey image as a film. */
export function filmOf(
  { widthPx, heightPx, pixels }: Pick<Radiograph, "widthPx" | "heightPx" | "pixels">,
): Radiograph {
  return {
    kind: "radiograph",
    widthPx,
    heightPx,
    pixels,
    padding: null,
    bitsStored: pixels instanceof Uint8Array ? 8 : 16,
    pixelSpacingMm: null,
    spacingSource: "none",
    headerSide: "unknown",
    storedSha256: "",
  };
}
