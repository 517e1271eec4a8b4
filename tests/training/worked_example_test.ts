/** The worked example of CONTRIBUTING: a new layer and its test. */
import { assertThrows } from "@std/assert";
import { absolute, add, divide, multiply, square } from "../../src/training/layers/elementwise.ts";
import { Graph, type Value } from "../../src/training/graph/graph.ts";
import { reshape } from "../../src/training/layers/shapes.ts";
import { checkGradient } from "./check_gradient.ts";

/** x / (1 + |x|), a single ONNX node; derivative 1 / (1 + |x|)^2 (Turian et al. 2009). */
function softsign(x: Value): Value {
  const y = x.graph.emit("Softsign", [x], x.shape);
  return x.graph.differentiable(y, [x], (d) => [divide(d, square(add(absolute(x), 1)))]);
}

/** Softsign with a trainable gain per channel: x [n, c, h, w], gain [c]. Composed of differentiable operations. */
function gatedSoftsign(x: Value, gain: Value): Value {
  const c = x.shape[1];
  if (x.shape.length !== 4 || gain.size !== c) {
    throw new TypeError(
      `Cannot build gatedSoftsign: x must be [n, c, h, w] and gain [c], got [${x.shape}], [${gain.shape}]`,
    );
  }
  return multiply(softsign(x), reshape(gain, [1, c, 1, 1]));
}

Deno.test("gatedSoftsign: gradient", () =>
  checkGradient({
    shapes: { x: [2, 3, 4, 5], gain: [3] },
    build: ({ x, gain }) => gatedSoftsign(x, gain),
    fill: (u) => u + Math.sign(u) * 0.15, // |x| has a kink at 0
  }));
Deno.test("gatedSoftsign rejects a gain of the wrong length", () => {
  const g = new Graph();
  assertThrows(
    () => gatedSoftsign(g.input("x", [1, 3, 2, 2]), g.input("gain", [4])),
    TypeError,
    "got [1,3,2,2], [4]",
  );
});
