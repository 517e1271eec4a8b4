/** Data inside the page: one packed study. Written by `build_page.ts`, read by `page/state/page_study.ts`. */

import type { FrameRecord, TeachingRecord } from "../src/mod.ts";
import type { TightColumn } from "./tight_column.ts";

/** Position of one image in the page's base64 text of all images, in characters (each image is padded separately). */
export type PictureSpan = readonly [start: number, length: number];

/** Kinds of images of a head; they are the names of their folders. */
export const PICTURE_KINDS = ["crops", "reconstructions", "residuals", "counterfactuals"] as const;
export type PictureKind = typeof PICTURE_KINDS[number];

/** Images of one kind, one per head (null if the page lacks it); empty in a page without images of heads. */
export interface PictureSet {
  readonly sizePx: number;
  readonly spans: readonly (PictureSpan | null)[]; // [n]
}

/** A text column; the text of head i is `values[codes[i]]`. */
export interface CodedText {
  readonly values: readonly string[];
  /** Base64 of 32-bit little-endian codes. // [n] */
  readonly codes: string;
}

/** The JSON block of the page. Columns of numbers are stored as base64 of little-endian typed arrays. */
export interface PageData {
  readonly version: 1;
  /** Short hash of head ids, latent vectors and numeric columns, by which links made with other data are detected. */
  readonly dataId: string;
  /** Number of heads. */
  readonly n: number;
  /** Number of latent dimensions. */
  readonly d: number;
  readonly headId: readonly string[]; // [n]
  /** Numeric columns by their name on disk: Float64, or compact types if there are more than `MANY_HEADS` heads. */
  readonly numbers: Readonly<Record<string, string | TightColumn>>;
  readonly texts: Readonly<Record<string, CodedText>>;
  /** Float32, base64. // [n, d] */
  readonly latents: string;
  // The JSON files of the study (study.json without its hashes); the page checks the parts that it draws.
  readonly study: StudyRecord;
  readonly normative: NormativeRecord | null;
  readonly comparisons: unknown;
  readonly progression: { readonly frames: readonly ProgressionFrame[] } | null;
  readonly directions: readonly DirectionPictures[] | null;
  /** One simulated hip through the grades, if `caput teach` was run. */
  readonly teaching?: TeachingRecord | null;
  /** Rows of failures.csv. */
  readonly failures: readonly Readonly<Record<string, string>>[];
  readonly pictures: {
    readonly crops: PictureSet;
    readonly reconstructions: PictureSet;
    readonly residuals: PictureSet;
    readonly counterfactuals: PictureSet;
    /** Images by their path in the study folder. */
    readonly named: Readonly<Record<string, PictureSpan>>;
    /** Number of heads whose images the page neither contains nor can request, although the study names them. */
    readonly leftOut: number;
    /** Heads with an image that the server sends on request: base64 of ceil(n / 8) bytes, lowest bit first. */
    readonly onDemand?: Readonly<Record<PictureKind, string>>;
    /** Description of how the images were packed. */
    readonly note: string;
  };
}

/** Quality of a map, from the `neighbors` nearest heads of each head; see `Trustworthiness`. */
export interface MapQuality {
  readonly trustworthiness: number;
  readonly neighborPreservation: number;
  readonly neighbors: number;
}

/** The part of study.json that the page uses. */
export interface StudyRecord {
  readonly caput?: string;
  readonly plan?: unknown;
  readonly seeds?: Readonly<Record<string, number>>;
  readonly device?: string;
  readonly reference: { readonly kind: "synthetic" | "cohort"; readonly n: number; readonly name: string };
  readonly cohort: {
    readonly kind: string;
    readonly name: string;
    readonly films: number;
    readonly heads: number;
    readonly gradeCounts?: readonly number[];
  };
  /** Heads that mean and covariance were fitted on; `here` is true if they are training heads of this study. */
  readonly fittedOn?: { readonly here: boolean; readonly n: number; readonly name: string };
  /** Quality of the UMAP map and of the PCA map. */
  readonly map?: MapQuality & { readonly pca?: MapQuality };
  readonly split?: { readonly proof?: { readonly patients: number; readonly crossing: number } };
}

/** normative.json. */
export interface NormativeRecord {
  readonly estimator: string;
  readonly n: number;
  readonly d: number;
  readonly mean: readonly number[]; // [d]
  readonly covariance: readonly number[] | readonly (readonly number[])[]; // [d, d]
  readonly reference: StudyRecord["reference"];
  readonly referenceDistances: readonly number[]; // [reference.n]
}

/** One frame of the progression from grade 0 to grade 4, as stored in the study. */
export type ProgressionFrame = FrameRecord;

/**
 * Paths of two images of the mean healthy head, moved by minus and plus two standard deviations along an eigenvector of
 * the normative covariance.
 */
export interface DirectionPictures {
  readonly index: number;
  readonly eigenvalue: number;
  readonly minus: string;
  readonly plus: string;
}
