import { sha256 } from "../../files/sha256.ts";
import type { Split } from "../../types.ts";
import type { ModelFiles } from "./read_models.ts";
import { parseModelJson } from "./model_set.ts";

/** File of a models folder that lists the patients and films of its cohort's training and validation heads. */
export const LEARNT_FILE = "learnt.json";

/** Hexadecimal digits of each hash that are stored: enough to recognise a patient or a film. */
const DIGITS = 12;

/** Patients and films of the training and validation heads of a models folder, as shortened hashes. */
export interface LearntHeads {
  /** Hashes of keyed patient ids; empty for a synthetic cohort. */
  readonly patients: readonly string[];
  /** Hashes of the stored pixel values of films. */
  readonly films: readonly string[];
}

type Pixels = Readonly<Record<string, string>>;

/** The fields of a head that this file uses. */
interface SplitHead {
  readonly patient: string;
  readonly film: string;
  readonly split: Split;
}

const short = (text: string) => sha256(text).slice(0, DIGITS);

/**
 * The patients and films of a cohort's training and validation heads. The list is stored with the models, because heads
 * that they learnt from must not be compared as if they were new.
 *
 * @param options.pixels sha256 of the stored pixel values, by film
 * @param options.keyed Whether patient ids are keyed hashes, so that equal ids mean the same patient. If not, only films
 * are listed, because synthetic cohorts use the same ids (such as `p0001`) for different patients.
 */
export function learntHeads(
  heads: readonly SplitHead[],
  { pixels, keyed }: { pixels: Pixels; keyed: boolean },
): LearntHeads {
  const learnt = heads.filter(({ split }) => split !== "held-out");
  const sorted = (texts: (string | undefined)[]) =>
    [...new Set(texts.flatMap((t) => t ? [short(t)] : []))].sort();
  return {
    patients: keyed ? sorted(learnt.map(({ patient }) => patient)) : [],
    films: sorted(learnt.map(({ film }) => pixels[film])),
  };
}

/** The list of a models folder, or null if the folder has none. @throws {IntegrityError} if the list is damaged. */
export function readLearntHeads({ files }: Pick<ModelFiles, "files">): LearntHeads | null {
  if (!(LEARNT_FILE in files)) return null;
  return parseModelJson(files, LEARNT_FILE, (json) => {
    const { patients, films } = json as LearntHeads;
    if (
      ![patients, films].every((list) => Array.isArray(list) && list.every((id) => typeof id === "string"))
    ) {
      throw new TypeError("it must list patients and films");
    }
    return { patients, films };
  });
}

/**
 * Marks held-out heads as training heads if the models learnt from their patient or from a film of their patient, so
 * that none of them is compared or serves as a reference. There are such heads, for example, if the cohort file was
 * changed after the training (grades corrected, films added).
 */
export function withoutLearnt<T extends SplitHead>(
  heads: readonly T[],
  { learnt, pixels }: { learnt: LearntHeads; pixels: Pixels },
): { heads: readonly T[]; notes: readonly string[] } {
  const patients = new Set(learnt.patients), films = new Set(learnt.films);
  const known = new Set(
    heads.filter(({ patient, film }) =>
      patients.has(short(patient)) || pixels[film] !== undefined && films.has(short(pixels[film]))
    ).map(({ patient }) => patient),
  );
  const moved = heads.filter(({ patient, split }) => split === "held-out" && known.has(patient)).length;
  if (moved === 0) return { heads, notes: [] };
  return {
    heads: heads.map((head) =>
      head.split === "held-out" && known.has(head.patient) ? { ...head, split: "train" as const } : head
    ),
    notes: [
      `The models learnt from the patients or films of ${moved} held-out heads of this cohort: ` +
      "these heads are scored, but not compared and not part of the reference.",
    ],
  };
}
