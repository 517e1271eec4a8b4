import { readFinishedRecord } from "../folder/read_finished_record.ts";
import { seededPrng } from "../../array/seeded_prng.ts";
import { writeAtomic } from "../../files/write_atomic.ts";
import { fromJson } from "../../normative/normative_json.ts";
import type { Patient } from "../../phantom/patient/patient.ts";
import { sameHip, teachingPatient } from "../../phantom/patient/same_hip.ts";
import { parseRadiograph } from "../../radiograph/parse_radiograph.ts";
import { filmOf } from "../cohort/phantom_film.ts";
import { freshFolder, writePicture } from "../judge/write_picture.ts";
import { modelsOfStudy } from "../folder/models_of_study.ts";
import { loadModels } from "../models/model_set.ts";
import { readYardsticks } from "../models/yardsticks.ts";
import { type HeadScore, scoreFilm } from "../score/score_film.ts";
import type { Device, Radiograph } from "../../types.ts";
import { InputError } from "../../input_error.ts";

/** One image of the simulated hip, scored by the whole pipeline. */
export interface HipFrame {
  /** Position between the grades, 0 to 4. */
  readonly stage: number;
  /** Mahalanobis distance from healthy. */
  readonly distance: number;
  /** Residual score, with the residual scale of the models folder. */
  readonly residual: number;
  /** Rank among the study's reference heads, 0 to 100. */
  readonly percentile: number;
  /** 95 % interval of the percentile. */
  readonly percentileInterval: readonly [number, number];
  /** Whether the head is out of domain; see `HeadScore`. */
  readonly outOfDomain: boolean;
  /** Path of the image of the hip, relative to the study folder. */
  readonly image: string;
  /**
   * Path of the image of the difference from the first frame, relative to the study folder. Grey values 0 to 255 are
   * differences from -0.5 to +0.5 of the displayed grey scale.
   */
  readonly difference: string;
}

/** Contents of `teaching/teaching.json`: one simulated hip through the grades. */
export interface TeachingRecord {
  /** Type tag, the same for every object of this type. */
  readonly kind: "same-hip";
  /** Always true: the images show no real patient. */
  readonly synthetic: true;
  /** Random seed. */
  readonly seed: number;
  /** Number of simulated patients from which the one with the most typical healthy hip was chosen. */
  readonly candidates: number;
  /** The patient's side. */
  readonly side: "right";
  /** Images in order of the stage. */
  readonly frames: readonly HipFrame[];
  /** Stages, 0 to 4, at which the hip was not found on the film; they have no frame. */
  readonly missed: readonly number[];
}

/** Options of {@linkcode teachStudy}. */
export interface TeachOptions {
  /** Models folder. @default the folder that comes with Caput and has the study's encoder */
  models?: string;
  /** Device of the networks. @default {"auto"} */
  device?: "auto" | Device;
  /** Random seed of the simulated patient. @default {1} */
  seed?: number;
  /** Number of films from grade 0 to grade 4, at least 2. @default {17} */
  frames?: number;
  /** Aborts the work. */
  signal?: AbortSignal;
  /** Called after each film, including those of the candidates. */
  onFrame?: (done: number, total: number) => void;
}

const SIDE = "right";
/** Number of simulated patients to choose from. */
const CANDIDATES = 6;
/** Side length of an image in pixels, and of the region that it shows in radii of the head. */
const PICTURE_PX = 256, WINDOW_RADII = 5;

/**
 * Renders one simulated patient at several stages from grade 0 to grade 4 with unchanged bones, exposure and pose,
 * scores each film by the whole pipeline with the study's reference, and writes images and scores into the study
 * folder.
 *
 * @throws {InputError} if the study is not finished or the hip is found on fewer than two films.
 * @throws {IntegrityError | ModelIntegrityError} if the models do not have the study's encoder, or are damaged or
 * missing.
 */
export async function teachStudy(
  folder: string,
  { models, device, seed = 1, frames = 17, signal, onFrame }: TeachOptions = {},
): Promise<TeachingRecord> {
  const cannot = `Cannot make teaching images for ${folder}`;
  const finished = await readFinishedRecord(folder, cannot);
  const loaded = await loadModels(await modelsOfStudy(finished, { models, cannot }), { device });
  const json = async (name: string) => JSON.parse(await Deno.readTextFile(`${folder}/${name}`));
  const own = {
    ...loaded,
    normative: fromJson(await json("normative.json")),
    yardsticks: readYardsticks(await json("yardsticks.json")),
  };
  const scoreAt = async (patient: Patient, stage: number) => {
    signal?.throwIfAborted();
    const film = await parseRadiograph(filmOf(sameHip(patient, { side: SIDE, stage })).png);
    const { heads } = await scoreFilm(film, own);
    onFrame?.(++done, CANDIDATES + frames);
    return { film, head: heads.find(({ side }) => side === SIDE) };
  };
  let done = 0;
  const patient = await typicalPatient(seed, { scoreAt, median: medianOf(own.normative.referenceDistances) });
  await freshFolder(`${folder}/teaching`);
  const found: HipFrame[] = [], missed: number[] = [];
  let window: Window | null = null, first: Float64Array | null = null;
  for (let k = 0; k < frames; k++) {
    const stage = (4 * k) / (frames - 1);
    const { film, head } = await scoreAt(patient, stage);
    if (!head) {
      missed.push(stage);
      continue;
    }
    // All images have the same position and grey scale, so that only changes of the hip are visible.
    window ??= windowOf(film, head);
    const picture = cut(film, window);
    first ??= picture;
    found.push(await writeFrame(folder, head, { stage, picture, first, k }));
  }
  if (found.length < 2) {
    throw new InputError(
      `Cannot use this simulated patient: the hip must be found on at least 2 films, got ${found.length} of ${frames}; ` +
        "try another --seed",
    );
  }
  const record: TeachingRecord = {
    kind: "same-hip",
    synthetic: true,
    seed,
    candidates: CANDIDATES,
    side: SIDE,
    frames: found,
    missed,
  };
  await writeAtomic(`${folder}/teaching/teaching.json`, `${JSON.stringify(record, null, 1)}\n`);
  return record;
}

/** The simulated patient whose healthy hip has the distance nearest to the median of the reference. */
async function typicalPatient(
  seed: number,
  { scoreAt, median }: {
    scoreAt: (patient: Patient, stage: number) => Promise<{ head?: HeadScore }>;
    median: number;
  },
): Promise<Patient> {
  let best: { patient: Patient; gap: number } | null = null;
  for (let k = 0; k < CANDIDATES; k++) {
    const patient = teachingPatient(seededPrng(seed).fork(`the same hip ${k}`));
    const { head } = await scoreAt(patient, 0);
    const gap = head ? Math.abs(head.distance - median) : Infinity;
    if (!best || gap < best.gap) best = { patient, gap };
  }
  return best!.patient;
}

const medianOf = (sorted: Float64Array) => sorted[sorted.length >> 1];

async function writeFrame(
  folder: string,
  { distance, residual, percentile, percentileInterval, outOfDomain }: HeadScore,
  { stage, picture, first, k }: { stage: number; picture: Float64Array; first: Float64Array; k: number },
): Promise<HipFrame> {
  const number = String(k).padStart(2, "0");
  const image = `teaching/hip_${number}.png`, difference = `teaching/difference_${number}.png`;
  const byte = (v: number) => Math.round(255 * Math.min(1, Math.max(0, v)));
  await writePicture(`${folder}/${image}`, Uint8Array.from(picture, byte), { sizePx: PICTURE_PX });
  const changed = Uint8Array.from(picture, (v, i) => byte(0.5 + (v - first[i])));
  await writePicture(`${folder}/${difference}`, changed, { sizePx: PICTURE_PX });
  return { stage, distance, residual, percentile, percentileInterval, outOfDomain, image, difference };
}

/** A square region of the film in pixels, and the grey values shown as black and white. */
interface Window {
  readonly left: number;
  readonly top: number;
  readonly stepPx: number;
  readonly low: number;
  readonly high: number;
}

function windowOf(film: Radiograph, { centerPx: [x, y], radiusPx }: HeadScore): Window {
  const side = WINDOW_RADII * radiusPx;
  const place = { left: x - side / 2, top: y - side / 2, stepPx: side / PICTURE_PX };
  const values = cut(film, { ...place, low: 0, high: 1 }).sort();
  return {
    ...place,
    low: values[Math.floor(0.01 * values.length)],
    high: values[Math.floor(0.995 * values.length)],
  };
}

/**
 * Samples the square bilinearly, scaled so that `low` is 0 and `high` is 1; outside the film the nearest pixel is used.
 */
function cut(
  { pixels, widthPx, heightPx }: Radiograph,
  { left, top, stepPx, low, high }: Window,
): Float64Array {
  const out = new Float64Array(PICTURE_PX * PICTURE_PX);
  const at = (x: number, y: number) =>
    pixels[Math.max(0, Math.min(heightPx - 1, y)) * widthPx + Math.max(0, Math.min(widthPx - 1, x))];
  for (let row = 0; row < PICTURE_PX; row++) {
    for (let column = 0; column < PICTURE_PX; column++) {
      const x = left + (column + 0.5) * stepPx - 0.5, y = top + (row + 0.5) * stepPx - 0.5;
      const x0 = Math.floor(x), y0 = Math.floor(y), u = x - x0, v = y - y0;
      const value = (1 - v) * ((1 - u) * at(x0, y0) + u * at(x0 + 1, y0)) +
        v * ((1 - u) * at(x0, y0 + 1) + u * at(x0 + 1, y0 + 1));
      out[row * PICTURE_PX + column] = (value - low) / (high - low);
    }
  }
  return out;
}
