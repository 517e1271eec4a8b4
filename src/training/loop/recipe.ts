import type { Prng } from "../../array/seeded_prng.ts";
import type { Builder, Param, Value } from "../graph/graph.ts";

/** Arrays by the names of the inputs they feed or the outputs they came from. */
export type Arrays = Record<string, Float32Array>;

/**
 * What is trained, on what, and how it is judged. A recipe lives in a module of its own, which exports
 * `recipe(settings, buffers)`; the trainer calls that inside its Worker.
 */
export interface Recipe {
  /** Declares the inputs of one step (`g.input`), builds the network with `param`, and returns the loss. */
  build(g: Builder, param: Param): Built;
  /**
   * The arrays of one step, by input name; new ones, as they are given away. Chance comes from `prng` alone, seeded anew for
   * every step. The trainer calls this in a Worker of its own, with a recipe of its own, while the step before runs.
   */
  batch(step: number, prng: Prng): Arrays | Promise<Arrays>;
  /** The network as it will be deployed: inputs, and outputs by name. Needed where there is a `validate`. */
  evaluate?(g: Builder, param: Param): Record<string, Value>;
  /** Score of the present weights, the smaller the better. `run` feeds the network of `evaluate`. */
  validate?(run: (feeds: Arrays) => Promise<Arrays>): number | Promise<number>;
}

/** What {@linkcode Recipe.build} returns. */
export interface Built {
  readonly loss: Value; // []
  /** Further scalars to report with the progress, such as the parts of the loss. */
  readonly metrics?: Readonly<Record<string, Value>>;
}

/** Shared memory or plain arrays that a recipe reads its data from. */
export type Buffers = Readonly<Record<string, SharedArrayBuffer | ArrayBuffer | ArrayBufferView>>;

/** The export `recipe` of a recipe's module. */
export type RecipeFunction = (settings: never, buffers: Buffers) => Recipe | Promise<Recipe>;
