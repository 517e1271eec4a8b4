/** A toy recipe: a two-layer network learns to segment discs by brightness and neighbourhood. */
import { relu, sigmoid } from "../../src/training/layers/activations.ts";
import { batchNorm } from "../../src/training/layers/batch_norm.ts";
import { conv2d } from "../../src/training/convolution/convolution.ts";
import type { Network } from "../../src/training/graph/graph.ts";
import { bceWithLogits } from "../../src/training/losses/losses.ts";
import type { RecipeFunction } from "../../src/training/loop/recipe.ts";
import { type Prng, seededPrng } from "../../src/array/seeded_prng.ts";

export interface ToySettings {
  readonly sizePx: number;
  readonly batch: number;
  readonly width: number;
  /** A step whose batch contains a NaN, to test the trainer's reaction. */
  readonly poison?: number;
}

/** The network. */
export function toyNetwork({ width }: ToySettings): Network {
  return (_g, param, x) => {
    const h = conv2d(x, param("first.weight", [width, 1, 3, 3]), { padding: 1 });
    const gain = param("first.gain", [width], { init: 1 }), shift = param("first.shift", [width]);
    const n = relu(batchNorm(h, { name: "first", gain, shift })); // [n, width, h, w]
    return conv2d(n, param("head.weight", [1, width, 3, 3], { init: "lecun" }), {
      padding: 1,
      bias: param("head.bias", [1]),
    });
  };
}

export const recipe: RecipeFunction = (settings: ToySettings) => {
  const { sizePx, batch } = settings;
  const network = toyNetwork(settings);
  const shape = [batch, 1, sizePx, sizePx];
  return {
    build(g, param) {
      const x = g.input("x", shape), t = g.input("t", shape);
      const loss = bceWithLogits(network(g, param, x), t);
      return { loss };
    },
    batch: (step, prng) => {
      const { x, t } = discs(settings, prng);
      if (step === settings.poison) x[0] = NaN;
      return { x, t };
    },
    evaluate: (g, param) => ({ probability: sigmoid(network(g, param, g.input("x", shape))) }),
    async validate(run) {
      const { x, t } = discs(settings, seededPrng(99));
      const { probability } = await run({ x });
      const wrong = probability.reduce((count, p, i) => count + Number((p > 0.5) !== (t[i] > 0.5)), 0);
      return wrong / t.length;
    },
  };
};

/** A batch of noisy discs and their masks. */
export function discs({ sizePx, batch }: ToySettings, prng: Prng): { x: Float32Array; t: Float32Array } {
  const x = new Float32Array(batch * sizePx ** 2), t = new Float32Array(batch * sizePx ** 2);
  for (let k = 0; k < batch; k++) {
    const cx = sizePx * (0.3 + 0.4 * prng()),
      cy = sizePx * (0.3 + 0.4 * prng()),
      r = sizePx * (0.15 + 0.1 * prng());
    for (let i = 0; i < sizePx ** 2; i++) {
      const inside = (i % sizePx - cx) ** 2 + (Math.floor(i / sizePx) - cy) ** 2 < r * r;
      t[k * sizePx ** 2 + i] = Number(inside);
      x[k * sizePx ** 2 + i] = 0.5 * Number(inside) + 0.3 * prng.normal();
    }
  }
  return { x, t };
}
