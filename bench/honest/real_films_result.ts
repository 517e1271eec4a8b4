import type { SegmentationPlan } from "../../src/types.ts";
import type { Rg2Answer } from "./rg2.ts";
import type { Steadiness } from "./steadiness.ts";
import type { Summary } from "./summarise.ts";

/** What `bench/segmentation/real_films.ts --json FILE` writes; parts that `--only` left out are missing. */
export interface RealFilmsResult {
  /** Which of the real films: those for measuring, or those that were learnt from. */
  readonly use: "measure" | "train";
  /** Seed of the films cast from CT: 1 to report, any other to develop on. */
  readonly ctSeed: number;
  readonly plan: SegmentationPlan;
  readonly "real films (measure)"?: Summary;
  readonly "real films (train)"?: Summary;
  readonly "films cast from CT"?: Summary;
  /** The hip RG2 in each of its containers. */
  readonly rg2?: readonly Rg2Answer[];
  /** Pictures without a hip, and a line for each head that was reported on one. */
  readonly notHips?: { readonly films: number; readonly reported: readonly string[] };
  /** By set of films (`real films`, `films cast from CT`, `paper cohort`). */
  readonly steadiness?: Readonly<Record<string, { readonly overall: number; readonly changes: Steadiness }>>;
  /** Segmentation of an average film, with the threads asked for. */
  readonly millisecondsAFilm: number;
}

/** What `bench/phantom/realism.ts --json FILE` writes. */
export interface RealismResult {
  readonly cohort: string;
  readonly seed: number;
  /** Films of either kind. */
  readonly real: number;
  readonly synthetic: number;
  /** By the films of each kind that were learnt from: area under the curve of unseen films, with its 95 % interval. */
  readonly auc: readonly {
    readonly filmsOfEachKind: number;
    readonly auc: number;
    readonly interval: readonly [number, number];
  }[];
  /** Principal directions, the most different first: real less synthetic in standard deviations, and the ratio of the spreads. */
  readonly told: readonly { readonly direction: number; readonly d: number; readonly spreads: number }[];
  readonly measures: Readonly<Record<string, { readonly d: number; readonly spreads: number }>>;
}
