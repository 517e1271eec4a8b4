import { sigmoid } from "../../training/layers/activations.ts";
import { add, multiply } from "../../training/layers/elementwise.ts";
import type { Value } from "../../training/graph/graph.ts";
import { bceWithLogits, softDice } from "../../training/losses/losses.ts";
import { split } from "../../training/layers/shapes.ts";

/** Weight of a pixel with metal relative to one without; about one pixel in a thousand has metal. */
const METAL_WEIGHT = 50;

/**
 * Weighted sum of the losses of the four channels. Head: cross-entropy and soft Dice. Left: cross-entropy where there
 * is a head. Implant: cross-entropy, with a higher weight for pixels with metal. Inverted: cross-entropy.
 *
 * @param logits [n, 4, s, s]
 * @param target the same shape, 0 to 1
 */
export function unetLoss(logits: Value, target: Value): Value {
  const [head, left, implant, inverted] = split(logits, [1, 1, 1, 1]);
  const [headTarget, leftTarget, implantTarget, invertedTarget] = split(target, [1, 1, 1, 1]);
  const region = add(bceWithLogits(head, headTarget), softDice(sigmoid(head), headTarget));
  // Without the small constant, a batch without heads would divide by zero.
  const side = bceWithLogits(left, leftTarget, { weight: add(headTarget, 1e-6) });
  const metal = bceWithLogits(implant, implantTarget, {
    weight: add(multiply(implantTarget, METAL_WEIGHT - 1), 1),
  });
  const polarity = bceWithLogits(inverted, invertedTarget);
  return add(region, add(multiply(side, 0.25), add(metal, multiply(polarity, 0.5))));
}
