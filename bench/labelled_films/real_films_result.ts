import type { SegmentationPlan } from "../../src/types.ts";
import type { Rg2Answer } from "./rg2.ts";
import type { Steadiness } from "./steadiness.ts";
import type { Summary } from "./summarise.ts";

/** Output of `bench/segmentation/real_films.ts --json FILE`, without the parts excluded by `--only`. */
export interface RealFilmsResult {
  /** Which real films were used: those for evaluation, or those for training. */
  readonly use: "measure" | "train";
  /** Seed of the films cast from CT (simulated by ray casting): 1 for reporting, any other for development. */
  readonly ctSeed: number;
  readonly plan: SegmentationPlan;
  readonly "real films (measure)"?: Summary;
  readonly "real films (train)"?: Summary;
  readonly "films cast from CT"?: Summary;
  /** The hip RG2 in each of its file formats. */
  readonly rg2?: readonly Rg2Answer[];
  /** Images without a hip, and a line for each head that was reported on one. */
  readonly notHips?: { readonly films: number; readonly reported: readonly string[] };
  /**
   * How often heads were found again after changes of the film, by set (`real films`, `films cast from CT`, `paper
   * cohort`).
   */
  readonly steadiness?: Readonly<Record<string, { readonly overall: number; readonly changes: Steadiness }>>;
  /** Mean time to segment a film with the requested number of threads, ms. */
  readonly millisecondsAFilm: number;
}

/** Output of `bench/phantom/realism.ts --json FILE`. */
export interface RealismResult {
  readonly cohort: string;
  readonly seed: number;
  /** Number of films of each kind. */
  readonly real: number;
  readonly synthetic: number;
  /** By number of training films of each kind: area under the curve on unseen films, with its 95 % interval. */
  readonly auc: readonly {
    readonly filmsOfEachKind: number;
    readonly auc: number;
    readonly interval: readonly [number, number];
  }[];
  /**
   * Principal directions, those that differ most first. `d` is the mean of the real heads minus that of the synthetic
   * ones, in standard deviations; `spreads` is the standard deviation of the real heads over that of the synthetic
   * ones.
   */
  readonly told: readonly { readonly direction: number; readonly d: number; readonly spreads: number }[];
  /** `d` and `spreads` of grey values and roughness of the crops, by name. */
  readonly measures: Readonly<Record<string, { readonly d: number; readonly spreads: number }>>;
}
