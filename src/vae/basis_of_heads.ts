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

/** Changed versions of the heads from which the basis is found: two of each, more where heads are few. */
const LEAST_CHANGED = 600;
/** What the covariance of the network a training started from counts as: it had learnt from about a thousand heads. */
const PRIOR_HEADS = 1000;
/** Strength of those changes, whatever the training drew. */
const BASIS_STRENGTH = 2;

/** The coordinates in which healthy training heads lie close and changed ones far; and which of the network's own dimensions are used. */
export async function basisOfHeads(
  { encoder: bytes }: VaeModels,
  { train, settings, prior, threads }: {
    train: readonly HeadCrop[];
    settings: VaeSettings;
    /** Healthy covariance that the network started from had been measured by. */
    prior?: Float64Array | null;
    threads?: number;
  },
): Promise<{ basis: CodeBasis; units: LatentUnit[] }> {
  const encoder = await openModel(bytes, { device: "cpu", threads });
  try {
    const { sizePx, latentSize: d, measuredSize: measured, variedWeight } = settings;
    const halfPx = sizePx / POOL,
      area = halfPx * halfPx,
      pictures = new Float32Array(halfSize(train, settings));
    const prng = seededPrng(settings.seed).fork("basis");
    const draws = Math.max(2, Math.ceil(LEAST_CHANGED / train.length));
    const codesOf = async (change: (half: Float32Array) => Float32Array, count: number) => {
      const rows: number[] = [];
      for (let draw = 0; draw < count; draw++) {
        const contrasts = train.map((_crop, i) =>
          doubled(change(pictures.slice(i * area, (i + 1) * area)), halfPx)
        );
        for (const { mean } of await encodeCrops(train, encoder, { contrasts })) rows.push(...mean);
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
    const still = Float64Array.from(latents.flatMap(({ mean }) => [...mean])); // [n, d]
    const codes = { still, changed: await codesOf(changed, draws), varied: await codesOf(varied, draws) };
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

/** What placement and processing still do to a head once outlines are found: half of what the training changes. */
function smaller(changes: CropChanges): CropChanges {
  return Object.fromEntries(
    Object.entries(changes).map(([name, value]) => [name, value / 2]),
  ) as unknown as CropChanges;
}

/** A half-size picture at full size, each pixel four times: the encoder takes means of squares and sees the half-size one. */
function doubled(half: Float32Array, halfPx: number): Float32Array {
  const sizePx = POOL * halfPx;
  return Float32Array.from(
    { length: sizePx * sizePx },
    (_v, i) => half[Math.floor(i / sizePx / POOL) * halfPx + Math.floor(i % sizePx / POOL)],
  );
}
