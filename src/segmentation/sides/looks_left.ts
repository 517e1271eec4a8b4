import type { HeadMask } from "../../types.ts";

/** Whether a head must be mirrored to look like a right one: left heads, unless the film is displayed from behind. */
export function looksLeft({ side, turned = false }: Pick<HeadMask, "side" | "turned">): boolean {
  return side === "unknown" ? false : (side === "left") !== turned;
}
