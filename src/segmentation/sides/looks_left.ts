import type { HeadMask } from "../../types.ts";

/**
 * Whether a head must be mirrored to look like a right one: a left head, or on a film displayed from behind (`turned`)
 * a right one. False if the side is unknown.
 */
export function looksLeft({ side, turned = false }: Pick<HeadMask, "side" | "turned">): boolean {
  return side === "unknown" ? false : (side === "left") !== turned;
}
