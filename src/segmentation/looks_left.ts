import type { HeadMask } from "../types.ts";

/** Whether a head is to be mirrored to look like a right one: left heads are, unless their film shows them from behind. */
export function looksLeft({ side, turned = false }: Pick<HeadMask, "side" | "turned">): boolean {
  return side === "unknown" ? false : (side === "left") !== turned;
}
