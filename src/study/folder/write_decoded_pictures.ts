import { nearestHealthy } from "../../normative/nearest_healthy.ts";
import { percentileOf } from "../../normative/percentile_of.ts";
import { mahalanobis } from "../../normative/mahalanobis.ts";
import { symmetricEigen } from "../../array/symmetric_eigen.ts";
import type { OpenModel } from "../../onnx/open_model.ts";
import { whiten } from "../../projection/whiten.ts";
import { decodeLatents } from "../../vae/decode_latents.ts";
import { gradePath } from "../../vae/grade_path.ts";
import { latentTraversal } from "../../vae/latent_traversal.ts";
import { greyBytes } from "../judge/code_heads.ts";
import { directionsToDraw, explainFarHeads } from "../judge/explain_far_heads.ts";
import type { JudgedHead } from "../cohort/film_job.ts";
import type { JudgedCohort } from "../judge/judge_cohort.ts";
import { writeAtomic } from "../../files/write_atomic.ts";
import { wholeCode } from "../../vae/whole_code.ts";
import { freshFolder, writePicture } from "../judge/write_picture.ts";

/** Number of eigenvectors of largest variance that are decoded. */
const WIDEST = 12;
/** Maximum number of decoded eigenvectors, including those that contribute most to the distances of far heads. */
const MOST_DIRECTIONS = 24;
/** Distance from the mean, in standard deviations, at which the two images of an eigenvector are decoded. */
const DIRECTION_SD = 2;
/** Heads whose pictures are in memory at a time. */
const BATCH = 256;

/** Options for writing images that are decoded from points of the latent space which are not heads of the cohort. */
interface DecodeOptions {
  folder: string;
  decoder: OpenModel;
  sizePx: number;
}

/**
 * Writes `progression.json` and its images: a path through the latent space from grade to grade. At each grade its
 * distance is the median of that grade's heads. It has no frames if the cohort has fewer than two grades.
 */
export async function writeProgression(
  heads: readonly JudgedHead[],
  { latents: { codes, width }, normative, deviations }: JudgedCohort,
  { folder, decoder, sizePx }: DecodeOptions,
): Promise<void> {
  await freshFolder(`${folder}/progression`);
  const d = normative.mean.length;
  const graded = heads.flatMap((head, i) => head.grade < 0 ? [] : [i]);
  const grades = graded.map((i) => heads[i].grade);
  const frames = new Set(grades).size < 2
    ? []
    : gradePath(graded.map((i) => codes.subarray(i * width, (i + 1) * width)), {
      grades,
      whiten: (z) => whiten(z.subarray(0, d), normative),
      reach: { center: normative.mean, distances: graded.map((i) => deviations[i].distance) },
    });
  const images = await decodeLatents(frames.map((frame) => frame.z), decoder);
  const entries = [];
  for (const [i, { t, grade, z, nearestRealDistance, offManifold }] of frames.entries()) {
    const image = `progression/frame_${String(i).padStart(3, "0")}.png`;
    await writePicture(`${folder}/${image}`, greyBytes(images[i].pixels), { sizePx });
    const [distance] = mahalanobis(z.subarray(0, d), normative);
    const { percentile } = percentileOf(distance, normative.referenceDistances);
    entries.push({ t, grade, distance, percentile, nearestRealDistance, offManifold, image });
  }
  await writeAtomic(`${folder}/progression.json`, `${JSON.stringify({ frames: entries })}\n`);
}

/**
 * Writes `explain.json`, the eigenvectors of the healthy covariance that contribute most to the distance of each head
 * beyond the 95 % boundary, and `directions.json`, the eigenvectors of largest variance and those that contribute
 * most to the distances of such heads, each with two images, one decoded on either side of the mean.
 */
export async function writeExplanations(
  heads: readonly JudgedHead[],
  judged: JudgedCohort,
  { folder, decoder, sizePx }: DecodeOptions,
): Promise<void> {
  await freshFolder(`${folder}/directions`);
  const { normative } = judged, d = normative.mean.length;
  const { values, vectors } = symmetricEigen(normative.covariance, d);
  const far = explainFarHeads(heads, judged);
  const rest = restOfHealthy(heads, judged);
  const directions = [];
  for (const index of directionsToDraw(far, { d, widest: WIDEST, most: MOST_DIRECTIONS })) {
    const sd = Math.sqrt(values[index]);
    const step = vectors.slice(index * d, (index + 1) * d).map((value) => value * sd);
    const walk = latentTraversal(normative.mean, step, { positions: [-DIRECTION_SD, DIRECTION_SD] });
    const images = await decodeLatents(walk.map(({ z }) => wholeCode({ mean: z, rest })), decoder);
    const name = (end: string) => `directions/${String(index).padStart(2, "0")}_${end}.png`;
    await writePicture(`${folder}/${name("minus")}`, greyBytes(images[0].pixels), { sizePx });
    await writePicture(`${folder}/${name("plus")}`, greyBytes(images[1].pixels), { sizePx });
    directions.push({ index, eigenvalue: values[index], minus: name("minus"), plus: name("plus") });
  }
  await writeAtomic(`${folder}/directions.json`, `${JSON.stringify({ directions })}\n`);
  await writeAtomic(`${folder}/explain.json`, `${JSON.stringify({ heads: far })}\n`);
}

/**
 * Mean over the healthy heads (over all heads if none is healthy) of the coordinates that only the decoder uses;
 * undefined if there are no such coordinates.
 */
function restOfHealthy(heads: readonly JudgedHead[], { latents }: JudgedCohort): Float64Array | undefined {
  const { codes, d, width } = latents;
  if (width === d) return undefined;
  const healthy = heads.flatMap((head, i) => head.grade === 0 ? [i] : []);
  const used = healthy.length > 0 ? healthy : [...heads.keys()], mean = new Float64Array(width - d);
  for (const i of used) for (let j = d; j < width; j++) mean[j - d] += codes[i * width + j];
  return mean.map((sum) => sum / used.length);
}

/**
 * Writes `counterfactuals/`: for every head beyond the 95 % boundary of healthy heads, the image decoded from the
 * nearest point of that boundary.
 */
export async function writeCounterfactuals(
  heads: readonly JudgedHead[],
  { latents, normative }: JudgedCohort,
  { folder, decoder, sizePx }: DecodeOptions,
): Promise<void> {
  await freshFolder(`${folder}/counterfactuals`);
  for (let start = 0; start < heads.length; start += BATCH) {
    const beyond: { headId: string; code: Float64Array }[] = [];
    for (let i = start; i < Math.min(heads.length, start + BATCH); i++) {
      const own = latents.at(i), { moved, latent } = nearestHealthy(own, normative);
      if (moved) beyond.push({ headId: heads[i].headId, code: wholeCode({ mean: latent, rest: own.rest }) });
    }
    const images = await decodeLatents(beyond.map(({ code }) => code), decoder);
    for (const [k, { headId }] of beyond.entries()) {
      await writePicture(`${folder}/counterfactuals/${headId}.png`, greyBytes(images[k].pixels), { sizePx });
    }
  }
}
