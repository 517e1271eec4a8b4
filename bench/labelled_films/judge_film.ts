import { intersectionOverUnion } from "../../src/segmentation/outline/dice.ts";
import type { FilmHeads, HeadMask, Radiograph } from "../../src/types.ts";
import { discMask, type TestFilm, type TrueHead } from "./test_film.ts";

/**
 * A reported head is false if its overlap (IoU) with every true head is below this and its centre is in no optional
 * head.
 */
const FALSE_IOU = 0.3;

/** One true head and the best-matching reported head. */
export interface JudgedHead {
  readonly truth: TrueHead;
  readonly found: HeadMask | null;
  /** Overlap (IoU) of the outline's mask with the disc of the true circle; 0 if nothing was reported there. */
  readonly iou: number;
  /** Overlap of the circle fitted to the outline with the true circle. */
  readonly circleIou: number;
}

/** Reported and true heads of one film. */
export interface JudgedFilm {
  readonly name: string;
  readonly group: string;
  readonly heads: readonly JudgedHead[];
  /** Reported heads that match neither a true nor an optional head (see `FALSE_IOU`). */
  readonly falseHeads: readonly HeadMask[];
  readonly quality: readonly string[];
}

/** Compares the heads reported on a film with the true ones. A reported head matches at most one true head. */
export function judgeFilm(
  { name, group, heads: truths, optional }: Omit<TestFilm, "read">,
  { heads, quality }: FilmHeads,
  size: Pick<Radiograph, "widthPx" | "heightPx">,
): JudgedFilm {
  const discs = truths.map((truth) => discMask(truth, size));
  const pairs = truths.flatMap((_, t) =>
    heads.map((head, h) => ({ t, h, iou: intersectionOverUnion(head, discs[t]) }))
  ).sort((a, b) => b.iou - a.iou);
  const answer = new Map<number, { h: number; iou: number }>(), taken = new Set<number>();
  for (const { t, h, iou } of pairs) {
    if (iou === 0 || answer.has(t) || taken.has(h)) continue;
    answer.set(t, { h, iou });
    taken.add(h);
  }
  const isOptional = ({ centerPx: [x, y] }: HeadMask) =>
    optional.some(({ centerPx, radiusPx }) => Math.hypot(x - centerPx[0], y - centerPx[1]) < radiusPx);
  const falseHeads = heads.filter((head) =>
    !isOptional(head) && !discs.some((disc) => intersectionOverUnion(head, disc) >= FALSE_IOU)
  );
  const judged = truths.map((truth, t): JudgedHead => {
    const best = answer.get(t);
    if (!best) return { truth, found: null, iou: 0, circleIou: 0 };
    const found = heads[best.h], circleIou = intersectionOverUnion(discMask(found, size), discs[t]);
    return { truth, found, iou: best.iou, circleIou };
  });
  return { name, group, heads: judged, falseHeads, quality };
}
