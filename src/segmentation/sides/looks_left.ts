import type { HeadMask } from "../../types.ts";

/**
 * Whether a head must be mirrored to look like a right one. This applies to left heads, or to right ones if the film is
 * displayed from behind.
 */
export function looksLeft({ side, turned = false }: Pick<HeadMask, "side" | "turned">): boolean {
  return side === "unknown" ? false : (side === "left") !== turned;
}
