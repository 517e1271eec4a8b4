import type { HeadTruth } from "./head_truth.ts";
import type { Sheet } from "./path_length.ts";

/** A film as shown, 0 (black) to 1, and the heads on it. */
export interface Film {
  readonly display: Sheet;
  readonly pitchMm: number;
  readonly heads: readonly HeadTruth[];
  /** Where a hip was replaced: the joint's centre and the size of the head that was there, px. */
  readonly implants: readonly Joint[];
  /** Where a head was taken out and nothing put in. */
  readonly emptySockets: readonly Joint[];
}

/** A joint without its head. */
export interface Joint {
  readonly centerPx: readonly [number, number];
  readonly radiusPx: number;
}
