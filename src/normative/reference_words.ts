import type { Reference } from "../types.ts";

/**
 * The reference group in words: `82 real heads, FracAtlas`, or `113 synthetic heads, held-out healthy heads of ...`.
 */
export function referenceWords({ kind, n, name }: Reference): string {
  return `${n} ${kind === "synthetic" ? "synthetic" : "real"} heads, ${name}`;
}
