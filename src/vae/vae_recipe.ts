import { seededPrng } from "../array/seeded_prng.ts";
import type { Builder, Param } from "../training/graph/graph.ts";
import type { Arrays, Buffers, Built, Recipe } from "../training/loop/recipe.ts";
import { changeCrop } from "./change_crop.ts";
import { POOL } from "./vae_network.ts";
import { vaeLoss } from "./vae_loss.ts";
import type { VaeSettings } from "./vae_settings.ts";

/** Crops per run of the validation network; the last run is padded with the first validation crops. */
const VALIDATION_BATCH = 16;

/**
 * The recipe that the training worker runs for the VAE: graph of a step, crops of a step, and validation.
 *
 * @param settings All settings of the training run.
 * @param buffers `train` and `validation`: half-size images one after another as 32-bit floats, [n, s, s].
 */
export function recipe(settings: VaeSettings, buffers: Buffers): Recipe {
  const train = cropsIn(buffers.train, settings), validation = cropsIn(buffers.validation, settings);
  const { batch, latentSize } = settings, sizePx = settings.sizePx / POOL;
  const cropOf = shuffledOrder(train.length, settings.seed);
  return {
    build(g, param): Built {
      const { loss, parts } = vaeLoss(declareInputs(g, { settings, batch }), { param, settings });
      return { loss, metrics: parts };
    },
    batch(step, prng): Arrays {
      const area = sizePx * sizePx;
      const image = new Float32Array(batch * area), target = new Float32Array(batch * area); // [n, 1, s, s]
      for (let i = 0; i < batch; i++) {
        const pixels = train[cropOf((step - 1) * batch + i)];
        const part = <T extends Float32Array>(whole: T) => whole.subarray(i * area, (i + 1) * area);
        changeCrop(pixels, {
          sizePx,
          changes: settings.changes,
          localChanges: settings.localChanges,
          prng,
          into: { target: part(target), input: part(image) },
        });
      }
      const noise = Float32Array.from({ length: batch * latentSize }, () => prng.normal()); // [n, d]
      return { image, target, noise, beta: Float32Array.of(betaAt(step, settings)) };
    },
    evaluate(g: Builder, param: Param) {
      const { loss, parts } = vaeLoss(declareInputs(g, { settings, batch: VALIDATION_BATCH }), {
        param,
        settings,
      });
      return { loss, ...parts };
    },
    async validate(run): Promise<number> {
      // Without noise, the latent vector is the posterior mean.
      const noise = new Float32Array(VALIDATION_BATCH * latentSize);
      let total = 0, runs = 0;
      for (let start = 0; start < validation.length; start += VALIDATION_BATCH, runs++) {
        const image = new Float32Array(VALIDATION_BATCH * sizePx * sizePx);
        for (let i = 0; i < VALIDATION_BATCH; i++) {
          image.set(validation[(start + i) % validation.length], i * sizePx * sizePx);
        }
        const { loss } = await run({ image, target: image, noise, beta: Float32Array.of(settings.beta) });
        total += loss[0];
      }
      return total / runs;
    },
  };
}

/** Weight of the KL divergence at a step: it rises linearly from 0 to `beta`, to prevent posterior collapse. */
export function betaAt(step: number, { beta, warmUp, steps }: VaeSettings): number {
  return warmUp === 0 ? beta : beta * Math.min(1, step / (warmUp * steps));
}

function declareInputs(g: Builder, { settings, batch }: { settings: VaeSettings; batch: number }) {
  const { latentSize } = settings, sizePx = settings.sizePx / POOL;
  const image = g.input("image", [batch, 1, sizePx, sizePx]);
  const target = g.input("target", [batch, 1, sizePx, sizePx]);
  return { image, target, noise: g.input("noise", [batch, latentSize]), beta: g.input("beta", []) };
}

/**
 * Returns the index of the crop for each draw (from 0) of a training run. The order is shuffled again for each epoch.
 */
function shuffledOrder(count: number, seed: number): (draw: number) => number {
  let pass = -1;
  const order = Int32Array.from({ length: count }, (_crop, i) => i);
  return (draw) => {
    const wanted = Math.floor(draw / count);
    if (wanted !== pass) {
      const prng = seededPrng(seed).fork(`pass ${wanted}`);
      for (let i = 0; i < count; i++) order[i] = i;
      for (let i = count - 1; i > 0; i--) {
        const k = prng.integer(i + 1);
        [order[i], order[k]] = [order[k], order[i]];
      }
      pass = wanted;
    }
    return order[draw % count];
  };
}

function cropsIn(buffer: Buffers[string], { sizePx }: VaeSettings): Float32Array[] {
  const all = ArrayBuffer.isView(buffer)
    ? new Float32Array(buffer.buffer, buffer.byteOffset, buffer.byteLength / 4)
    : new Float32Array(buffer);
  const area = (sizePx / POOL) ** 2;
  return Array.from({ length: all.length / area }, (_crop, i) => all.subarray(i * area, (i + 1) * area));
}
