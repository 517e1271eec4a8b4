import type { HeadTruth } from "./head_truth.ts";
import type { Sheet } from "../sheet/path_length.ts";

/** A film as shown, 0 (black) to 1, and the heads on it. */
export interface Film {
  /** Display. */
  readonly display: Sheet;
  /** Pitch in mm. */
  readonly pitchMm: number;
  /** The heads. */
  readonly heads: readonly HeadTruth[];
  /** Where a hip was replaced: the joint's centre and the size of the head that was there, px. */
  readonly implants: readonly Joint[];
  /** Where a head was taken out and nothing put in. */
  readonly emptySockets: readonly Joint[];
}

/** A joint without its head. */
export interface Joint {
  /** Center in pixels. */
  readonly centerPx: readonly [number, number];
  /** Radius in pixels of the film. */
  readonly radiusPx: number;
}
