import { assert } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { openModel, type Tensor } from "../../src/onnx/open_model.ts";
import { multiply } from "../../src/training/layers/elementwise.ts";
import { flatBinding } from "../../src/training/graph/flat_binding.ts";
import { gradients } from "../../src/training/layers/gradients.ts";
import { Graph, type Shape, sizeOf, type Value } from "../../src/training/graph/graph.ts";
import { sum } from "../../src/training/layers/reductions.ts";
import type { Device } from "../../src/types.ts";

/** The operation to differentiate, and the point at which its gradient is checked. */
export interface GradientCase {
  /** Shapes of the inputs. */
  shapes: Readonly<Record<string, Shape>>;
  build: (inputs: Record<string, Value>) => Value;
  /** Value number `i` of an input, given a uniform number in [-1, 1). Default: the number itself. */
  fill?: (u: number, i: number, name: string) => number;
  /** Inputs whose gradient is not checked. */
  constants?: readonly string[];
  /** Half-width of the finite difference. */
  step?: number;
  /** Allowed error, as a share of the largest gradient. */
  tolerance?: number;
  /** Builds the graph with the nodes for this device, but runs it on the CPU. */
  device?: Device;
}

/** Largest number of coordinates of each input that are checked. */
const COORDINATES = 24;

/**
 * Fails unless the gradient of sum(w * output), w random, agrees with central differences of fourth order (Richardson)
 * at up to `COORDINATES` coordinates of every input that is not constant. The weighted sum is formed in float64, so
 * that only the rounding of single outputs remains.
 */
export async function checkGradient(
  { shapes, build, fill = (u) => u, constants = [], step = 0.02, tolerance = 2e-3, device = "cpu" }:
    GradientCase,
): Promise<void> {
  const prng = seededPrng(11);
  const g = new Graph({ training: true, device, binding: flatBinding() });
  const inputs = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, g.input(name, shape)]),
  );
  const y = build(inputs);
  const w = Float32Array.from({ length: y.size }, () => prng.normal());
  const names = Object.keys(shapes).filter((name) => !constants.includes(name));
  const ds = gradients(sum(multiply(y, g.constant(w, y.shape))), names.map((name) => inputs[name]));
  g.output("y", y);
  names.forEach((name, k) => {
    assert(
      ds[k].shape.join() === shapes[name].join(),
      `gradient of ${name} is [${ds[k].shape}], not [${shapes[name]}]`,
    );
    g.output(`d.${name}`, ds[k]);
  });
  const model = await openModel(g.toModel(), { device: "cpu", threads: 1 });
  const feeds: Record<string, Tensor> = Object.fromEntries(
    Object.entries(shapes).map(([name, dims]) => [name, {
      dims,
      data: Float32Array.from({ length: sizeOf(dims) }, (_, i) => fill(2 * prng() - 1, i, name)),
    }]),
  );
  const value = async () => {
    const { y } = await model.run(feeds, { only: ["y"] });
    return y.data.reduce((total, v, i) => total + v * w[i], 0);
  };
  const analytic = await model.run(feeds, { only: names.map((name) => `d.${name}`) });
  for (const name of names) {
    const { data } = feeds[name], gradient = analytic[`d.${name}`].data;
    const scale = Math.max(1e-3, gradient.reduce((most, v) => Math.max(most, Math.abs(v)), 0));
    for (let c = 0; c < Math.min(COORDINATES, data.length); c++) {
      const i = data.length <= COORDINATES ? c : prng.integer(data.length);
      const kept = data[i];
      const slope = async (h: number) => {
        data[i] = kept + h;
        const [above, up] = [await value(), data[i]];
        data[i] = kept - h;
        return (above - await value()) / (up - data[i]);
      };
      const [wide, narrow] = [await slope(step), await slope(step / 2)];
      data[i] = kept;
      const numeric = (4 * narrow - wide) / 3;
      const error = Math.abs(numeric - gradient[i]) / scale;
      assert(
        error <= tolerance,
        `d.${name}[${i}] is ${
          gradient[i]
        }, finite differences give ${numeric} (error: ${error} of the largest)`,
      );
    }
  }
  await model.close();
}

/** Values at least 0.15 from 0, so that no finite difference crosses a kink there. */
export function awayFromZero(u: number): number {
  return u < 0 ? u - 0.15 : u + 0.15;
}
