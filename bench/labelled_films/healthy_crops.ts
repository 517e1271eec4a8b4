import { hardCohort, paperCohort, patientOf } from "../../src/phantom/patient/paper_cohort.ts";
import { renderRadiograph } from "../../src/phantom/film/render_radiograph.ts";
import { cropHead } from "../../src/segmentation/crop_head.ts";
import type { GreyValues, Radiograph, Side } from "../../src/types.ts";
import { localContrast } from "../../src/vae/local_contrast.ts";
import { sharedFilms } from "./shared_films.ts";
import { filmOf } from "./test_film.ts";

/** Size of a crop, px. */
export const CROP_PX = 64;
const PLAN = { sizePx: CROP_PX, halfSideRadii: 1.5, intensityQuantiles: [0.005, 0.995] } as const;

/** A crop of a healthy head, prepared like the encoder's input but smaller. */
export interface HealthyCrop {
  readonly film: string;
  readonly real: boolean;
  readonly radiusPx: number;
  /** After local contrast normalisation, [CROP_PX, CROP_PX], 0 to 1. */
  readonly pixels: Float32Array;
  /** Before local contrast normalisation, for display. */
  readonly plain: Float32Array;
}

interface Circle {
  readonly centerPx: readonly [number, number];
  readonly radiusPx: number;
  readonly side: Side;
}

function crop(film: Radiograph, { centerPx, radiusPx, side }: Circle): Float32Array {
  return cropHead(film, {
    kind: "head-mask",
    ...{ side, centerPx, radiusPx, areaPx: 0, confidence: 1, quality: [] },
    boxPx: { x: 0, y: 0, width: 0, height: 0 },
    mask: new Uint8Array(0),
  }, PLAN).pixels;
}

function healthy(
  film: Radiograph,
  { circle, ...of }: { circle: Circle; film: string; real: boolean },
): HealthyCrop {
  const plain = crop(film, circle);
  return { ...of, radiusPx: circle.radiusPx, plain, pixels: localContrast(plain, CROP_PX) };
}

/**
 * Both heads of every real film of a pelvis without fracture. The head on the left of the image is the patient's right
 * one. Films marked `train` and `measure` are both used, because no network is trained on these crops.
 */
export async function realCrops(): Promise<HealthyCrop[]> {
  const films = [...await sharedFilms("train"), ...await sharedFilms("measure")]
    .filter(({ group, heads }) => /^pelvis_(both|rotated)/.test(group) && heads.length === 2);
  const crops: HealthyCrop[] = [];
  for (const film of films) {
    const radiograph = await film.read();
    const heads = film.heads.toSorted((a, b) => a.centerPx[0] - b.centerPx[0]);
    heads.forEach((head, i) => {
      const circle = { ...head, side: i === 0 ? "right" : "left" } as const;
      crops.push(healthy(radiograph, { circle, film: film.name, real: true }));
    });
  }
  return crops;
}

/** Film width, px, at which a synthetic head has a radius of about 25 px, as on the real films. */
const WIDTH_PX = 450;

/**
 * Both heads of healthy patients of a synthetic cohort, on films with the size and the 8 bits of the real films.
 *
 * @param radii radii of the real heads, px; the width of each synthetic film is proportional to one of them
 */
export function syntheticCrops(
  { cohort, seed, films, radii }: {
    cohort: "paper" | "hard";
    seed: number;
    films: number;
    radii: readonly number[];
  },
): HealthyCrop[] {
  const plans = (cohort === "paper" ? paperCohort(seed) : hardCohort(seed)).patients;
  const sorted = radii.toSorted((a, b) => a - b), crops: HealthyCrop[] = [];
  const healthyPlans = plans.filter(({ options: { grades } }) => grades.every((grade) => grade === 0));
  for (let i = 0, used = 0; used < films && i < healthyPlans.length; i++) {
    const plan = healthyPlans[i], radius = sorted[(37 * i) % sorted.length] / sorted[sorted.length >> 1];
    const { image, truth } = renderRadiograph(patientOf(plan), { widthPx: Math.round(WIDTH_PX * radius) });
    const heads = truth.heads.filter(({ complete }) => complete);
    if (heads.length < 2) continue;
    const film = filmOf({ ...image, pixels: eightBits(image) });
    for (const circle of heads) crops.push(healthy(film, { circle, film: plan.name, real: false }));
    used++;
  }
  return crops;
}

/** The film reduced to 8 bits, with bright bone. */
function eightBits(
  { stored, bitsStored, photometric }: ReturnType<typeof renderRadiograph>["image"],
): GreyValues {
  const top = 2 ** bitsStored - 1;
  return Uint8Array.from(
    stored,
    (v) => Math.round(255 * (photometric === "MONOCHROME1" ? top - v : v) / top),
  );
}
