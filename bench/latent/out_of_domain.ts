/**
 * How often heads are called out of domain. Measured on heads of synthetic patients that no model or limit was fitted
 * to, by grade; on the first 60 of these heads after corruption; and on films named on the command line.
 *
 *     deno task bench bench/latent/out_of_domain.ts [--films 120] [--seed 2] [--cohort paper] [FILM...]
 *
 * Cohorts: `paper` uses held-out patients of another seed, so most are diseased. `hard` uses films on which everything
 * that makes outlining difficult is increased, some of them with one hip.
 */
import { parseArgs } from "node:util";
import { outOfDomain } from "../../src/normative/out_of_domain.ts";
import { patientOf } from "../../src/phantom/patient/paper_cohort.ts";
import { parseRadiograph } from "../../src/radiograph/parse_radiograph.ts";
import { gaussianBlur } from "../../src/image/gaussian_blur.ts";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { clusteredShare } from "../../src/stats/intervals/clustered_share.ts";
import { loadModels } from "../../src/study/models/model_set.ts";
import { filmOf, phantomCohort } from "../../src/study/cohort/phantom_film.ts";
import { scoreFilm } from "../../src/study/score/score_film.ts";
import { scoreRadiograph } from "../../src/study/score/score_radiograph.ts";
import {
  cropTexture,
  domainMeasures,
  nearestGradeDistances,
} from "../../src/study/models/domain_measures.ts";
import type { HeadCrop } from "../../src/types.ts";
import { encodeCrops } from "../../src/vae/encode_crops.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    films: { type: "string", default: "120" },
    seed: { type: "string", default: "2" },
    cohort: { type: "string", default: "paper" },
  },
});
const models = await loadModels(undefined, { device: "cpu", threads: 1 });
const found: {
  grade: number;
  patient: string;
  flagged: boolean;
  reasons: readonly string[];
  crop: HeadCrop;
}[] = [];
const patients = phantomCohort(values.cohort, Number(values.seed)).patients
  .filter(({ split }) => split === "held-out").slice(0, Number(values.films));
for (const plan of patients) {
  const { heads } = await scoreFilm(await parseRadiograph(filmOf(patientOf(plan)).png), models);
  for (const { side, outOfDomain: flagged, outOfDomainReasons: reasons, crop } of heads) {
    if (side === "unknown") continue;
    const grade = plan.options.grades[side === "right" ? 0 : 1];
    found.push({ grade, patient: plan.name, flagged, reasons, crop });
  }
}
console.log(`${values.cohort} phantom, seed ${values.seed}: ${patients.length} films, ${found.length} heads`);
for (const grade of [...new Set(found.map((each) => each.grade))].sort()) {
  const inside = found.filter((each) => each.grade === grade);
  printShare(`grade ${grade}`, inside.map(({ flagged }) => flagged), inside.map(({ patient }) => patient));
}
const reasons = new Map<string, number>();
for (const name of found.flatMap((each) => each.reasons)) reasons.set(name, (reasons.get(name) ?? 0) + 1);
console.log(`reasons: ${[...reasons].map(([name, n]) => `${name} ${n}`).join(", ") || "none"}`);

const prng = seededPrng(1), chosen = found.slice(0, 60).map(({ crop }) => crop);
const changed = (crop: HeadCrop, pixels: Float32Array): HeadCrop => ({ ...crop, pixels });
const NOWHERE = { centerPx: [NaN, NaN], radiusPx: NaN } as const; // no position on a film, like a ready-made crop
const CORRUPTIONS: readonly [string, (crop: HeadCrop) => HeadCrop][] = [
  ["upside down", (crop) => changed(crop, crop.pixels.toReversed())],
  ["mirrored", (crop) => changed(crop, mirrored(crop))],
  ["transposed", (crop) => changed(crop, transposed(crop))],
  ["negative", (crop) => changed(crop, crop.pixels.map((value) => 1 - value))],
  ["blurred by 4 pixels", (crop) => changed(crop, blurred(crop))],
  ["half noise", (crop) => changed(crop, crop.pixels.map((value) => (value + prng()) / 2))],
  ["noise", (crop) => changed(crop, crop.pixels.map(() => prng()))],
  ["shifted by half a head", (crop) => changed(crop, shifted(crop))],
];
for (const [name, corrupt] of CORRUPTIONS) {
  const crops = chosen.map(corrupt), latents = await encodeCrops(crops, models.encoder);
  const { domain } = models.yardsticks;
  const flags = crops.map((crop, i) => {
    const texture = cropTexture(crop), latent = latents[i];
    const far = nearestGradeDistances({ texture, latent }, models.yardsticks);
    return outOfDomain(domainMeasures(texture, latent, { ...far, place: NOWHERE }), domain).outOfDomain;
  });
  printShare(name, flags, flags.map((_, i) => i));
}
for (const path of positionals) {
  const { heads } = await scoreRadiograph(path, models);
  for (const head of heads) {
    console.log(
      `${path.split("/").at(-1)}, ${head.side}: ${
        head.outOfDomain ? `out of domain (${head.outOfDomainReasons.join(", ")})` : "in the domain"
      }, distance ${head.distance.toFixed(1)}`,
    );
  }
}
Deno.exit(0); // Exit explicitly, because the reader's worker keeps waiting for films.

function printShare(name: string, flags: readonly boolean[], cluster: readonly (string | number)[]): void {
  const { share, interval: [low, high], n } = clusteredShare(flags, { cluster });
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  console.log(`${name}: ${percent(share)} of ${n} flagged (95 %: ${percent(low)} to ${percent(high)})`);
}

function blurred({ pixels, sizePx }: HeadCrop): Float32Array {
  return gaussianBlur({ kind: "grey-image", widthPx: sizePx, heightPx: sizePx, pixels }, { sigmaPx: 4 })
    .pixels;
}

function mirrored({ pixels, sizePx: n }: HeadCrop): Float32Array {
  return pixels.map((_, i) => pixels[i - i % n + n - 1 - i % n]);
}

function transposed({ pixels, sizePx: n }: HeadCrop): Float32Array {
  return pixels.map((_, i) => pixels[i % n * n + Math.floor(i / n)]);
}

/** The crop shifted to the left by 0.37 of its side; border pixels are repeated. */
function shifted({ pixels, sizePx }: HeadCrop): Float32Array {
  return pixels.map((_, i) => {
    const row = Math.floor(i / sizePx), column = Math.min(sizePx - 1, i % sizePx + sizePx * 0.37 | 0);
    return pixels[row * sizePx + column];
  });
}
