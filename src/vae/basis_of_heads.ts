import { seededPrng } from "../array/seeded_prng.ts";
import { openModel } from "../onnx/open_model.ts";
import type { HeadCrop } from "../types.ts";
import { activeUnits, type LatentUnit } from "./active_units.ts";
import { changeCrop } from "./change_crop.ts";
import { changeLocally } from "./change_locally.ts";
import { type CodeBasis, findCodeBasis } from "./code_basis.ts";
import { encodeCrops } from "./encode_crops.ts";
import type { VaeModels } from "./export_vae.ts";
import { halfSize } from "./half_size.ts";
import { POOL } from "./vae_network.ts";
import { type CropChanges, localChangesOf, type VaeSettings } from "./vae_settings.ts";

/**
 * Minimum number of changed crops for the basis. Each head has at least two changed versions, and more if there are few
 * heads.
 */
const LEAST_CHANGED = 600;
/**
 * Weight, in heads, of the healthy covariance stored in the network that training started from (see `importSpread`).
 */
const PRIOR_HEADS = 1000;
/** Strength of the local changes that the basis is computed from, independent of the strength used in training. */
const BASIS_STRENGTH = 2;

/** Number of times that each of `n` training heads is changed. */
function drawsOf(n: number): number {
  return Math.max(2, Math.ceil(LEAST_CHANGED / n));
}

/** Number of crops that {@linkcode basisOfHeads} encodes for `n` training heads. */
export function cropsOfBasis(n: number): number {
  return n * (1 + 2 * drawsOf(n));
}

/**
 * Finds the coordinates in which healthy training heads are close together and locally changed ones far away
 * (`findCodeBasis`), and the activity of each dimension of the network (`activeUnits`).
 */
export async function basisOfHeads(
  { encoder: bytes }: VaeModels,
  { train, settings, prior, threads, onCrops }: {
    train: readonly HeadCrop[];
    settings: VaeSettings;
    /** Healthy covariance that belongs to the network that training started from. @default none */
    prior?: Float64Array | null;
    threads?: number;
    /** Called with the number of crops that were encoded since the last call. */
    onCrops?: (count: number) => void;
  },
): Promise<{ basis: CodeBasis; units: LatentUnit[] }> {
  const encoder = await openModel(bytes, { device: "cpu", threads });
  try {
    const { sizePx, latentSize: d, measuredSize: measured, variedWeight } = settings;
    const halfPx = sizePx / POOL,
      area = halfPx * halfPx,
      halves = new Float32Array(halfSize(train, settings));
    const prng = seededPrng(settings.seed).fork("basis");
    const draws = drawsOf(train.length);
    const latentsOf = async (change: (half: Float32Array) => Float32Array, count: number) => {
      const rows: number[] = [];
      for (let draw = 0; draw < count; draw++) {
        const contrasts = train.map((_crop, i) =>
          doubled(change(halves.slice(i * area, (i + 1) * area)), halfPx)
        );
        for (const { mean } of await encodeCrops(train, encoder, { contrasts })) rows.push(...mean);
        onCrops?.(train.length);
      }
      return Float64Array.from(rows); // [count * n, d]
    };
    const varied = (half: Float32Array) => {
      const into = { target: new Float32Array(area), input: new Float32Array(area) };
      changeCrop(half, { sizePx: halfPx, changes: smaller(settings.changes), prng, into });
      return into.input;
    };
    const changed = (half: Float32Array) => {
      changeLocally(half, { sizePx: halfPx, changes: localChangesOf(BASIS_STRENGTH), prng });
      return half;
    };
    const latents = await encodeCrops(train, encoder);
    onCrops?.(train.length);
    const unchanged = Float64Array.from(latents.flatMap(({ mean }) => [...mean])); // [n, d]
    const codes = {
      unchanged,
      changed: await latentsOf(changed, draws),
      varied: await latentsOf(varied, draws),
    };
    return {
      basis: findCodeBasis(codes, {
        ...{ d, measured, variedWeight },
        ...(prior ? { prior: { covariance: prior, heads: PRIOR_HEADS } } : {}),
      }),
      units: activeUnits(latents),
    };
  } finally {
    await encoder.close();
  }
}

/** Variation of placement and processing that remains after segmentation: half of the variation in training. */
function smaller(changes: CropChanges): CropChanges {
  return Object.fromEntries(
    Object.entries(changes).map(([name, value]) => [name, value / 2]),
  ) as unknown as CropChanges;
}

/**
 * Enlarges a half-size image by repeating each pixel in a 2 x 2 square. The encoder averages these squares, so it
 * processes the half-size image itself.
 */
function doubled(half: Float32Array, halfPx: number): Float32Array {
  const sizePx = POOL * halfPx;
  return Float32Array.from(
    { length: sizePx * sizePx },
    (_v, i) => half[Math.floor(i / sizePx / POOL) * halfPx + Math.floor(i % sizePx / POOL)],
  );
}
