import type { HeadTruth } from "./head_truth.ts";
import type { Sheet } from "../sheet/path_length.ts";

/** A film as displayed, 0 (black) to 1, and the heads on it. */
export interface Film {
  /** The displayed image, 0 to 1. */
  readonly display: Sheet;
  /** Distance between neighbouring pixels, mm at the detector. */
  readonly pitchMm: number;
  /** The natural heads on the film. */
  readonly heads: readonly HeadTruth[];
  /** Replaced hips: centre of the joint and radius of the original head, px. */
  readonly implants: readonly Joint[];
  /** Hips whose head was removed and not replaced: centre and radius of the original head, px. */
  readonly emptySockets: readonly Joint[];
}

/** A joint whose natural head was removed. */
export interface Joint {
  /** Centre in pixels. */
  readonly centerPx: readonly [number, number];
  /** Radius of the original head in pixels. */
  readonly radiusPx: number;
}
