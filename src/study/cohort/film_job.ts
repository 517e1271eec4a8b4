import type { GivenGrade, HeadMask, Side, Split } from "../../types.ts";

/** One head that the cohort lists. */
export interface ExpectedHead {
  /** Keyed id of the head, in a synthetic cohort a plain name; the tables of a study are joined by this id. */
  readonly headId: string;
  /** Keyed id of the patient, in a synthetic cohort a plain name. */
  readonly patient: string;
  /** Row of the cohort file (the header is row 1); in a synthetic cohort, number of the head from 1. */
  readonly row: number;
  /** The patient's side. */
  readonly side: Side;
  /** Grade, 0 to 4, or -1 if none was given. */
  readonly grade: GivenGrade;
  /** Subset stated in the cohort file. @default drawn by patient */
  readonly split?: Split;
  /** Age in years. */
  readonly age?: number;
  /** Sex, as the cohort file has it. */
  readonly sex?: string;
  /** Site, as the cohort file has it. */
  readonly site?: string;
  /** Path of a ready-made crop, used instead of segmentation. */
  readonly crop?: string;
  /** Path of a mask file with the reference outline. */
  readonly mask?: string;
}

/** Source of a film's pixels: a file, a synthetic patient, or none if there are only crops. */
export type FilmSource =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "phantom"; readonly cohort: string; readonly seed: number; readonly index: number }
  | { readonly kind: "none" }; // crops only

/** One film to be measured. */
export interface FilmJob {
  /** Keyed id of the film, in a synthetic cohort a plain name. */
  readonly film: string;
  /** Source of the pixels. */
  readonly source: FilmSource;
  /** Heads that the cohort lists on this film. */
  readonly heads: readonly ExpectedHead[];
}

/**
 * Films that are measured and stored together; all films of a patient are in the same shard. The plan of a cluster
 * calls such a unit a portion, because a shard of that plan consists of one or more of them.
 */
export interface Shard {
  readonly index: number;
  readonly jobs: readonly FilmJob[];
  /** Ids of films on which a worker timed out; these films are not read again. */
  readonly silent?: readonly string[];
}

/**
 * One head as measured on its film. Coordinates and lengths in pixels are those of the film; missing numbers are NaN.
 */
export interface MeasuredHead extends ExpectedHead {
  readonly film: string;
  readonly centerPx: readonly [number, number];
  readonly radiusPx: number;
  readonly areaPx: number;
  /** Mean probability, according to the network, of the pixels inside the outline, 0 to 1. */
  readonly confidence: number;
  /** Quality codes of the head and its film. */
  readonly quality: readonly string[];
  readonly headRadiusMm: number;
  /** Width and height of the film in pixels; absent for a ready-made crop. */
  readonly filmPx?: readonly [number, number];
  /** Dice coefficient with the reference outline, 0 to 1; NaN if there is none. */
  readonly dice: number;
  /** Outlines; absent for a ready-made crop. */
  readonly outline?: HeadOutline;
}

/** A head's outline and the size of its film. */
export type OutlinedHead = Pick<MeasuredHead, "headId" | "filmPx" | "outline">;

/** A measured head with its subset. */
export type JudgedHead = MeasuredHead & { readonly split: Split };

/**
 * Outlines of one head. `found` and `truth` are lengths of rays from the crop's centre to the outline (see
 * `outlineRadii`), in thousandths of the head's radius, so that both outlines can be drawn on the crop.
 */
export interface HeadOutline {
  /** Ray lengths of the outline that the network found. */
  readonly found: readonly number[]; // [rays]
  /** Pixels inside the outline that the network found: their box on the film, and the runs in it (see `maskRuns`). */
  readonly mask: { readonly boxPx: HeadMask["boxPx"]; readonly runs: readonly number[] };
  /** Ray lengths of the reference outline, or null if there is none. */
  readonly truth: readonly number[] | null; // [rays]
}

/** A head that could not be measured. The text contains no path and no name of a patient. */
export interface Failure {
  /** Id of the head; see `ExpectedHead`. */
  readonly id: string;
  /** Row of the cohort file (the header is row 1); in a synthetic cohort, number of the head from 1. */
  readonly row: number;
  /** Stable short code of the error. */
  readonly code: string;
  /** Reason, in one sentence. */
  readonly message: string;
  /** What the user can do about it. */
  readonly fix: string;
}

/** A row that cannot be used, with the file that caused it: for the console only, never written to a study folder. */
export interface UnusableRow extends Failure {
  /** Path of a film, mask or crop; for a synthetic film its name; "" if unknown. */
  readonly file: string;
}
