import { decodeRuns } from "../masks/mask_runs.ts";
import { dice } from "../segmentation/outline/dice.ts";
import { fitCircle } from "../segmentation/outline/fit_circle.ts";
import { outlinePoints } from "../segmentation/outline/surface_distance.ts";
import type { DeskEntry } from "./desk_act.ts";
import { type DeskHead, filmState } from "./film_state.ts";

/** Agreement of two readers on the films that both have checked. */
export interface ReaderAgreement {
  /** Number of films that both readers have checked. */
  readonly films: number;
  /** Heads that both readers outlined. */
  readonly heads: number;
  /** Heads that only the first reader outlined. */
  readonly onlyFirst: number;
  /** Heads that only the second reader outlined. */
  readonly onlySecond: number;
  /** Mean Dice coefficient between the readers' outlines of the same head; null if there is no such head. */
  readonly meanDice: number | null;
  /**
   * Mean and standard deviation of the difference in radius (second reader minus first), in percent of the mean of both
   * radii. Null if no head was outlined by both readers; `sd` is null if there is only one.
   */
  readonly radiusPercent: { readonly mean: number; readonly sd: number | null } | null;
}

/** Two outlines belong to the same head if their Dice coefficient is at least this. */
const SAME_HEAD = 0.2;

/**
 * Agreement of two readers in Dice coefficient and radius, from the log. Implants and outlines marked as not a head are
 * excluded.
 */
export function readerAgreement(
  log: readonly DeskEntry[],
  [first, second]: readonly [string, string],
): ReaderAgreement {
  const films = [...new Set(log.map(({ film }) => film))];
  let checked = 0, onlyFirst = 0, onlySecond = 0;
  const dices: number[] = [], radii: number[] = [];
  for (const film of films) {
    const a = filmState(log, { film, reader: first }), b = filmState(log, { film, reader: second });
    if (!a.done || !b.done) continue;
    checked++;
    const ofFirst = a.heads.filter(isNative).map(measured), ofSecond = b.heads.filter(isNative).map(measured);
    for (const head of ofFirst) {
      const scored = ofSecond.map((other) => ({ other, value: dice(head.mask, other.mask) }));
      const best = scored.reduce<typeof scored[number] | null>(
        (x, y) => !x || y.value > x.value ? y : x,
        null,
      );
      if (!best || best.value < SAME_HEAD) {
        onlyFirst++;
        continue;
      }
      ofSecond.splice(ofSecond.indexOf(best.other), 1);
      dices.push(best.value);
      const [r1, r2] = [head.radiusPx, best.other.radiusPx];
      radii.push(200 * (r2 - r1) / (r1 + r2));
    }
    onlySecond += ofSecond.length;
  }
  const heads = dices.length;
  return {
    ...{ films: checked, heads, onlyFirst, onlySecond },
    meanDice: heads ? mean(dices) : null,
    radiusPercent: heads ? { mean: mean(radii), sd: heads > 1 ? sd(radii) : null } : null,
  };
}

const isNative = ({ implant, notHead }: DeskHead) => !implant && !notHead;

function measured({ outline }: DeskHead) {
  const mask = decodeRuns(outline);
  return { mask, radiusPx: fitCircle(outlinePoints(mask)).radiusPx };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function sd(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}
