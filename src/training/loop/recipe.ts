import type { Prng } from "../../array/seeded_prng.ts";
import type { Builder, Param, Value } from "../graph/graph.ts";

/** Arrays by the name of their input or output. */
export type Arrays = Record<string, Float32Array>;

/**
 * Defines a training run: the network, its data and its validation. A recipe is a separate module that exports
 * `recipe(settings, buffers)`; the trainer calls this function inside its Worker.
 */
export interface Recipe {
  /** Declares the inputs of one step (`g.input`), builds the network with `param`, and returns the loss. */
  build(g: Builder, param: Param): Built;
  /**
   * The arrays of one step, by input name. They must be new arrays, because they are transferred. Use only `prng` for
   * random numbers; it is seeded for every step. The trainer calls this in a second Worker, which has its own instance
   * of the recipe, while the previous step runs.
   */
  batch(step: number, prng: Prng): Arrays | Promise<Arrays>;
  /**
   * The network as it will be deployed: declares its inputs and returns its outputs by name. Required if there is a
   * `validate`.
   */
  evaluate?(g: Builder, param: Param): Record<string, Value>;
  /** Validation score of the current weights; smaller is better. `run` runs the network of `evaluate`. */
  validate?(run: (feeds: Arrays) => Promise<Arrays>): number | Promise<number>;
}

/** What {@linkcode Recipe.build} returns. */
export interface Built {
  readonly loss: Value; // []
  /** Additional scalars to report with the progress, such as the terms of the loss. */
  readonly metrics?: Readonly<Record<string, Value>>;
}

/** Shared memory or plain arrays that a recipe reads its data from. */
export type Buffers = Readonly<Record<string, SharedArrayBuffer | ArrayBuffer | ArrayBufferView>>;

/** The function `recipe` that a recipe's module exports. */
export type RecipeFunction = (settings: never, buffers: Buffers) => Recipe | Promise<Recipe>;
