import type { GivenGrade, HeadMask, Side, Split } from "../../types.ts";

/** One head the cohort says is there. */
export interface ExpectedHead {
  /** Keyed id; joins every table. */
  readonly headId: string;
  /** Keyed id. */
  readonly patient: string;
  /** Row of the cohort file, 1 for the first head. */
  readonly row: number;
  readonly side: Side;
  readonly grade: GivenGrade;
  readonly split?: Split;
  readonly age?: number;
  readonly sex?: string;
  readonly site?: string;
  /** A ready-cropped image, taken instead of segmentation. */
  readonly crop?: string;
  /** A drawn outline, taken as truth. */
  readonly mask?: string;
}

/** Where the film's pixels come from. */
export type FilmSource =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "phantom"; readonly cohort: string; readonly seed: number; readonly index: number }
  | { readonly kind: "none" }; // crops only

/** One film to be measured. */
export interface FilmJob {
  /** Keyed id of the film. */
  readonly film: string;
  readonly source: FilmSource;
  readonly heads: readonly ExpectedHead[];
}

/** Films measured together and kept together on disk; a patient is never split over two. */
export interface Shard {
  readonly index: number;
  readonly jobs: readonly FilmJob[];
  /** Films that made a worker fall silent: they are not read again. */
  readonly silent?: readonly string[];
}

/** One head as measured on its film. Pixels are those of the stored image; missing numbers are NaN. */
export interface MeasuredHead extends ExpectedHead {
  readonly film: string;
  readonly centerPx: readonly [number, number];
  readonly radiusPx: number;
  readonly areaPx: number;
  readonly confidence: number;
  readonly quality: readonly string[];
  readonly headRadiusMm: number;
  /** Width and height of the film; missing where a ready crop was given. */
  readonly filmPx?: readonly [number, number];
  /** Agreement with the true outline where there is one, 0 to 1. */
  readonly dice: number;
  /** Outlines in the head's crop; missing where a ready crop was given. */
  readonly outline?: HeadOutline;
}

/** A head with its side of the split. */
export type JudgedHead = MeasuredHead & { readonly split: Split };

/** Rays from the crop's centre to an outline (see `outlineRadii`), in thousandths of the head's radius. */
export interface HeadOutline {
  readonly found: readonly number[]; // [rays]
  /** The found head's pixels: its box on the film and the runs in it (see `maskRuns`). */
  readonly mask: { readonly boxPx: HeadMask["boxPx"]; readonly runs: readonly number[] };
  /** The true outline, or null where none is known. */
  readonly truth: readonly number[] | null; // [rays]
}

/** An input that could not be used. Holds nothing that tells who or where. */
export interface Failure {
  /** Keyed id of the head. */
  readonly id: string;
  readonly row: number;
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

/** A row that cannot be used, with the file at fault: for the console alone, never for a study folder. */
export interface UnusableRow extends Failure {
  /** Path of a film, mask or crop; the film's name where it is synthetic. */
  readonly file: string;
}
