/**
 * How well a U-Net (the shipped one unless `--models` is given) outlines heads of synthetic films of 1024 pixels.
 *
 *   deno task bench bench/segmentation/segmentation_quality.ts [--films N] [--cohort paper|hard]
 *     [--split held-out|train] [--seed S] [--models DIR] [--pictures FILE]
 *
 * `paper` uses held-out patients of the synthetic cohort, whose bones are in no training film (with `--split train`,
 * patients whose bones are in training films). `hard` uses N hard films of seed S. Prints one JSON object; `--pictures`
 * also writes the ten worst outlines as a PNG.
 */
import { parseArgs } from "node:util";
import { openModel } from "../../src/onnx/open_model.ts";
import { hardCohort, paperCohort, patientOf } from "../../src/phantom/patient/paper_cohort.ts";
import { type RenderedRadiograph, renderRadiograph } from "../../src/phantom/film/render_radiograph.ts";
import { dice, intersectionOverUnion } from "../../src/segmentation/outline/dice.ts";
import { segmentHeads } from "../../src/segmentation/segment_heads.ts";
import { surfaceDistance } from "../../src/segmentation/outline/surface_distance.ts";
import { readModels, SHIPPED_MODELS } from "../../src/study/models/read_models.ts";
import type { HeadMask, Radiograph } from "../../src/types.ts";
import { drawWorst, type JudgedHead } from "./worst_outlines.ts";

const { values } = parseArgs({
  options: {
    films: { type: "string", default: "180" },
    cohort: { type: "string", default: "paper" },
    split: { type: "string", default: "held-out" },
    seed: { type: "string", default: "1" },
    models: { type: "string", default: SHIPPED_MODELS },
    pictures: { type: "string" },
  },
});

function toRadiograph({ image }: RenderedRadiograph): Radiograph {
  const sign = image.photometric === "MONOCHROME1" ? -1 : 1;
  return {
    kind: "radiograph",
    widthPx: image.widthPx,
    heightPx: image.heightPx,
    pixels: Float32Array.from(image.stored, (value) => sign * value),
    padding: null,
    bitsStored: image.bitsStored,
    pixelSpacingMm: [image.pixelSpacingMm, image.pixelSpacingMm],
    spacingSource: "ImagerPixelSpacing",
    headerSide: "unknown",
    storedSha256: "",
  };
}

const median = (list: number[]) => list.sort((a, b) => a - b)[list.length >> 1];
const count = Number(values.films), seed = Number(values.seed);
const plans = values.cohort === "hard"
  ? hardCohort(seed, count).patients
  : paperCohort(seed).patients.filter((plan) => plan.split === values.split).slice(0, count);
const { plan, files } = await readModels(values.models, { need: ["unet.onnx"] });
const unet = await openModel(files["unet.onnx"], { device: "cpu" });
const found: {
  dice: number;
  iou: number;
  meanMm: number;
  p95Mm: number;
  sideRight: boolean;
  name: string;
  judged: () => JudgedHead;
}[] = [];
let truths = 0, reported = 0, falseHeads = 0, milliseconds = 0, matched75 = 0;
for (const [index, each] of plans.entries()) {
  const film = renderRadiograph(patientOf(each), { widthPx: 1024 });
  const radiograph = toRadiograph(film);
  const start = performance.now();
  const { heads } = await segmentHeads(radiograph, unet, plan.segmentation);
  milliseconds += performance.now() - start;
  const natural = film.truth.heads.filter((truth) => truth.complete);
  truths += natural.length;
  reported += heads.length;
  const best = (truth: typeof natural[number]) =>
    heads.reduce<HeadMask | null>(
      (a, b) => !a || intersectionOverUnion(b, truth) > intersectionOverUnion(a, truth) ? b : a,
      null,
    );
  for (const head of heads) {
    if (!film.truth.heads.some((truth) => intersectionOverUnion(head, truth) > 0.3)) falseHeads++;
  }
  for (const truth of natural) {
    const head = best(truth), iou = head ? intersectionOverUnion(head, truth) : 0;
    if (!head || iou < 0.3) continue;
    if (iou >= 0.75) matched75++;
    const { meanPx, p95Px } = surfaceDistance(head, truth), mm = film.image.pixelSpacingMm;
    found.push({
      dice: dice(head, truth),
      iou,
      meanMm: meanPx * mm,
      p95Mm: p95Px * mm,
      sideRight: head.side === truth.side,
      name: `${each.name} ${truth.side}`,
      judged: () => ({
        film: toRadiograph(renderRadiograph(patientOf(each), { widthPx: 1024 })),
        truth,
        found: head,
      }),
    });
  }
  if (index % 20 === 19) console.error(`${index + 1} of ${plans.length} films`);
}
const mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length;
const dices = found.map((head) => head.dice).sort((a, b) => a - b);
const quantile = (q: number) => dices[Math.round(q * (dices.length - 1))];
const worst = found.toSorted((a, b) => a.dice - b.dice).slice(0, 10);
console.log(JSON.stringify(
  {
    cohort: values.cohort,
    films: plans.length,
    naturalHeads: truths,
    reportedHeads: reported,
    missed: truths - found.length,
    falseHeads,
    falseShare: reported ? falseHeads / reported : 0,
    iou75Share: matched75 / truths,
    diceMeanFound: mean(dices),
    diceMeanAll: dices.reduce((a, b) => a + b, 0) / truths,
    diceQuantiles: [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1].map(quantile),
    surfaceMeanMm: mean(found.map((head) => head.meanMm)),
    surfaceP95Mm: median(found.map((head) => head.p95Mm)),
    sideRightShare: mean(found.map((head) => head.sideRight ? 1 : 0)),
    millisecondsAFilm: milliseconds / plans.length,
    worst: worst.map(({ name, dice }) => ({ name, dice })),
  },
  null,
  1,
));
if (values.pictures) await Deno.writeFile(values.pictures, drawWorst(worst.map(({ judged }) => judged())));
