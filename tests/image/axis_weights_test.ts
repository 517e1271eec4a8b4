import { assertClose, assertEquals } from "@std/assert";
import { axisWeights } from "../../src/image/axis_weights.ts";

Deno.test("axisWeights: weights and the outside share sum to 1, for both kernels and several steps and positions", () => {
  for (const kernel of ["area", "triangle"] as const) {
    for (
      const [step, origin, clamp] of [[3.7, -5, false], [0.4, -1, false], [2, 0.5, true], [
        9,
        -30,
        true,
      ]] as const
    ) {
      if (kernel === "area" && step < 1) continue;
      const { start, weights, outside } = axisWeights({ inPx: 10, outPx: 8, origin, step, kernel, clamp });
      for (let i = 0; i < 8; i++) {
        const sum = weights.subarray(start[i], start[i + 1]).reduce((a, b) => a + b, outside[i]);
        assertClose(sum, 1, { relative: 1e-12 });
        if (clamp) assertEquals(outside[i], 0);
      }
    }
  }
});
