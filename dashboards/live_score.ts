/**
 * What the page shows for a dropped radiograph: the JSON object that `caput score --json` prints for a film and, if
 * available, its images.
 */
export interface LiveScore {
  readonly file: string;
  readonly heads: readonly LiveHead[];
  /** Film-level codes such as `no-head`. */
  readonly quality: readonly string[];
  readonly reference?: { readonly kind: "synthetic" | "cohort"; readonly n: number; readonly name: string };
  readonly device?: string;
  /**
   * The film for display: a PNG in base64, at most 800 px on its longer side, and the size of the film as read (square
   * pixels), to which the coordinates refer.
   */
  readonly film?: { readonly png: string; readonly widthPx: number; readonly heightPx: number };
  readonly error?: { readonly code: string; readonly message: string; readonly fix?: string };
}

/**
 * One head of a dropped radiograph. Coordinates are pixels of the film as read, that is, after resampling to square
 * pixels.
 */
export interface LiveHead {
  readonly side: string;
  readonly centerPx: readonly [number, number];
  readonly radiusPx: number;
  readonly distance: number;
  readonly percentile: number;
  readonly percentileInterval: readonly [number, number];
  readonly tailProbability?: { readonly empirical: number; readonly chiSquare: number };
  readonly residual?: number;
  readonly combined?: number;
  readonly nearestGrades?: readonly { readonly grade: number; readonly share: number }[];
  readonly outOfDomain?: boolean;
  readonly quality?: readonly string[];
  /** Mean of the latent vector, used to place the head on the map. // [d] */
  readonly latent?: readonly number[];
  /** Vertices of the outline. */
  readonly outline?: readonly (readonly [number, number])[];
  /** Images of the head: PNGs in base64. */
  readonly crop?: string;
  readonly reconstruction?: string;
  /** z-scores from -5 to +5, as grey values 0 to 255, as in the study. */
  readonly residualMap?: string;
}
