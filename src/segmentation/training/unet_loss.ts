import { sigmoid } from "../../training/layers/activations.ts";
import { add, multiply } from "../../training/layers/elementwise.ts";
import type { Value } from "../../training/graph/graph.ts";
import { bceWithLogits, softDice } from "../../training/losses/losses.ts";
import { split } from "../../training/layers/shapes.ts";

/** How much more a pixel of metal counts than one without: there is one in a thousand. */
const METAL_WEIGHT = 50;

/**
 * Heads: cross-entropy and soft Dice. Left: cross-entropy where there is a head. Implant and inverted: cross-entropy, metal
 * weighed up.
 *
 * @param logits [n, 4, s, s]
 * @param target the same shape, 0 or 1
 */
export function unetLoss(logits: Value, target: Value): Value {
  const [head, left, implant, inverted] = split(logits, [1, 1, 1, 1]);
  const [headTarget, leftTarget, implantTarget, invertedTarget] = split(target, [1, 1, 1, 1]);
  const region = add(bceWithLogits(head, headTarget), softDice(sigmoid(head), headTarget));
  // A batch without any head would divide by zero.
  const side = bceWithLogits(left, leftTarget, { weight: add(headTarget, 1e-6) });
  const metal = bceWithLogits(implant, implantTarget, {
    weight: add(multiply(implantTarget, METAL_WEIGHT - 1), 1),
  });
  const polarity = bceWithLogits(inverted, invertedTarget);
  return add(region, add(multiply(side, 0.25), add(metal, multiply(polarity, 0.5))));
}
