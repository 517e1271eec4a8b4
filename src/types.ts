/**
 * The data types of Caput, in pipeline order: plain readonly objects, most with a `kind`, and with units in the names
 * of their fields (`Px`, `Mm`). Pixel coordinates are those of the film as read: x to the right, y down, (0, 0) the
 * centre of the first pixel. A film whose stored pixels are not square is resampled when it is read (see
 * `pixelAspect`).
 */

/** Typed arrays for pixel values. */
export type GreyValues = Float32Array | Uint16Array | Uint8Array;

/** A greyscale image, row-major. */
export interface GreyImage<Values extends GreyValues = Float32Array> {
  /** Type tag, the same for every object of this type. */
  readonly kind: "grey-image";
  /** Width in pixels. */
  readonly widthPx: number;
  /** Height in pixels. */
  readonly heightPx: number;
  /** Pixel values, row by row. */
  readonly pixels: Values; // [heightPx, widthPx]
}

/** The patient's side. `unknown` if neither the film nor its header shows it. */
export type Side = "right" | "left" | "unknown";

/**
 * Grade of osteonecrosis, 0 (healthy) to 4 (head collapsed, joint space lost), numbered as in the paper that Caput
 * reproduces (see README).
 */
export type Grade = 0 | 1 | 2 | 3 | 4;

/** Which way a film shows the patient: from the front (the patient's right at the image's left), or from behind. */
export type Facing = "front" | "behind" | "unknown";

/**
 * Where a pixel spacing was read: a DICOM attribute, the chunk `pHYs` of a PNG, or `none`. `ImagerPixelSpacing` is
 * measured at the detector and `NominalScannedPixelSpacing` on the scanned film. Both ignore the magnification of the
 * projection, so bones appear larger than they are.
 */
export type SpacingSource =
  | "PixelSpacing"
  | "ImagerPixelSpacing"
  | "NominalScannedPixelSpacing"
  | "pHYs"
  | "none";

/** A head's grade, or -1 if it is unknown: the head is scored but not compared. */
export type GivenGrade = Grade | -1;

/** One greyscale frame of a film. */
export interface Radiograph {
  /** Type tag, the same for every object of this type. */
  readonly kind: "radiograph";
  /** Width in pixels. */
  readonly widthPx: number;
  /** Height in pixels. */
  readonly heightPx: number;
  /**
   * Values after the modality transform, inverted if the header says that small values are dense tissue. Padding has
   * the smallest of the other values.
   */
  readonly pixels: GreyValues; // [heightPx, widthPx]
  /** 1 where a pixel is padding (no tissue) according to the header; null if there is none. */
  readonly padding: Uint8Array | null; // [heightPx, widthPx]
  /** Bits per stored value. */
  readonly bitsStored: number;
  /** [between rows, between columns] in mm, or null if the file has none. */
  readonly pixelSpacingMm: readonly [number, number] | null;
  /** Where the pixel spacing was read. */
  readonly spacingSource: SpacingSource;
  /**
   * Side in the header (ImageLaterality or Laterality). It may be wrong; a contradiction is reported as
   * `side-conflict`.
   */
  readonly headerSide: Side;
  /**
   * Whether the film shows the patient from the front or from behind, according to the header (PatientOrientation).
   *
   * @default {"unknown"}
   */
  readonly facing?: Facing;
  /** Factor by which the number of rows was resampled to make pixels square; columns are unchanged. @default {1} */
  readonly pixelAspect?: number;
  /** Quality codes of the film from its header and values, such as `bits-stored` or `colour`. @default {[]} */
  readonly remarks?: readonly string[];
  /** sha256 of the stored values; the same in every file format that stores them with as many bytes per value. */
  readonly storedSha256: string;
}

/** One femoral head found on a radiograph. */
export interface HeadMask {
  /** Type tag, the same for every object of this type. */
  readonly kind: "head-mask";
  /** The patient's side. */
  readonly side: Side;
  /**
   * The film is displayed from behind, according to its header or side markers, so the head looks like a head of the
   * patient's other side.
   *
   * @default {false}
   */
  readonly turned?: boolean;
  /** The film is a negative (bone dark); `cropHead` inverts its grey values. @default {false} */
  readonly inverted?: boolean;
  /** Centre [x, y] of the circle fitted to the outline, in pixels of the film. */
  readonly centerPx: readonly [number, number];
  /** Radius of the fitted circle, in pixels of the film. */
  readonly radiusPx: number;
  /** Number of pixels inside the outline. */
  readonly areaPx: number;
  /** 0 to 1: mean foreground probability inside the outline. */
  readonly confidence: number;
  /** Quality codes of the head, such as `border`, `small`, `implant`, `low-contrast`, `side-conflict`. */
  readonly quality: readonly string[];
  /** Box of the outline on the film, in pixels. */
  readonly boxPx: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** The outline within the box, 1 inside. */
  readonly mask: Uint8Array; // [box.height, box.width], 0 or 1
}

/** Every head of one film, and quality codes of the film (`no-head`, `one-head`, ...). */
export interface FilmHeads {
  /** Type tag, the same for every object of this type. */
  readonly kind: "film-heads";
  /** Heads found on the film, at most two, from left to right on the image. */
  readonly heads: readonly HeadMask[];
  /** Quality codes of the whole film. */
  readonly quality: readonly string[];
  /** Factor by which the film's rows were resampled; see {@linkcode Radiograph}. @default {1} */
  readonly pixelAspect?: number;
}

/**
 * Input of the VAE for one head: a square crop, left heads mirrored to look like right ones, intensities scaled as
 * {@linkcode CropPlan} states.
 */
export interface HeadCrop {
  /** Type tag, the same for every object of this type. */
  readonly kind: "head-crop";
  /** Side of the head before mirroring. */
  readonly side: Side;
  /** Side length of the square in pixels. */
  readonly sizePx: number;
  /** Pixel values, row by row. */
  readonly pixels: Float32Array; // [sizePx, sizePx], 0 to 1
}

/**
 * Approximate posterior q(z|x) of one head: the diagonal Gaussian over the latent space that the encoder returns for
 * its crop.
 */
export interface LatentVector {
  /** Type tag, the same for every object of this type. */
  readonly kind: "latent-vector";
  /** Mean of q(z|x). The Mahalanobis distance is computed from it. */
  readonly mean: Float64Array; // [d]
  /** Logarithm of the variance of each coordinate. */
  readonly logVariance: Float64Array; // [d]
  /** Further coordinates of the mean, which only the decoder uses. Missing if the decoder uses nothing but `mean`. */
  readonly rest?: Float64Array; // [the decoder's size - d]
}

/**
 * How a covariance is estimated: the sample covariance (divisor n - 1), shrinkage by Ledoit and Wolf or by OAS (divisor
 * n), or the minimum covariance determinant (divisor n).
 */
export type CovarianceEstimator = "sample" | "ledoit-wolf" | "oas" | "mcd";

/**
 * Distribution of healthy heads in latent space: fitted on training heads, with the distances of held-out heads as
 * reference.
 */
export interface NormativeModel {
  /** Type tag, the same for every object of this type. */
  readonly kind: "normative-model";
  /** Covariance estimator. */
  readonly estimator: CovarianceEstimator;
  /** Number of healthy training heads that the model was fitted to. */
  readonly n: number;
  /** Mean latent vector of the healthy training heads (with `mcd`, of those that are not outliers). */
  readonly mean: Float64Array; // [d]
  /** Covariance of the latent vectors of the same heads, row by row. */
  readonly covariance: Float64Array; // [d, d]
  /** Lower Cholesky factor of the covariance. */
  readonly cholesky: Float64Array; // [d, d]
  /** Description of the reference group. */
  readonly reference: Reference;
  /** Distances of the held-out healthy heads, ascending. */
  readonly referenceDistances: Float64Array; // [reference.n]
}

/** The group of healthy heads that every percentile refers to. It never contains training heads. */
export interface Reference {
  /** Origin of the heads: synthetic films or a clinical cohort. */
  readonly kind: "synthetic" | "cohort";
  /** Number of heads in the group. */
  readonly n: number;
  /** Description of the group, printed with every percentile. */
  readonly name: string;
}

/** How far one head deviates from the healthy heads. */
export interface Deviation {
  /** Type tag, the same for every object of this type. */
  readonly kind: "deviation";
  /** Mahalanobis distance (not squared). */
  readonly distance: number;
  /** Rank among the held-out healthy heads, 0 to 100. */
  readonly percentile: number;
  /** 95 % interval of the percentile. */
  readonly percentileInterval: readonly [number, number];
  /**
   * Share of healthy heads at least as far away. `empirical`: (number of such reference heads + 1) / (n + 1);
   * `chiSquare`: expected from the chi-square distribution with d degrees of freedom.
   */
  readonly tailProbability: { readonly empirical: number; readonly chiSquare: number };
}

/** Subset of the split that a head belongs to. Both hips of a patient are in the same subset. */
export type Split = "train" | "validation" | "held-out";

/** One row of a cohort file: one head. */
export interface CohortRow {
  /**
   * Id of the head: `FILM#SIDE` (`CROP#SIDE` if there is only a crop), with the path relative to the cohort's folder;
   * or the keyed id made from it, by which a study's tables are joined.
   */
  readonly headId: string;
  /** Resolved path of the film; empty if there is only a crop. */
  readonly radiograph: string;
  /** Id of the patient. */
  readonly patient: string;
  /** The patient's side. */
  readonly side: Side;
  /** Grade, 0 to 4, or -1 if it is unknown. */
  readonly grade: GivenGrade;
  /** Path of a ready-made crop. */
  readonly crop?: string;
  /** Path of an image with the reference outline, above 0 inside. */
  readonly mask?: string;
  /** Age in years. */
  readonly age?: number;
  /** Sex, as written in the cohort file. */
  readonly sex?: string;
  /** Site, as written in the cohort file. */
  readonly site?: string;
  /** Date, as written in the cohort file. */
  readonly date?: string;
  /** Subset stated in the cohort file. */
  readonly split?: Split;
}

/** A compute device as onnxruntime names its execution providers. */
export type Device = "cpu" | "webgpu" | "cuda";

/**
 * Settings that training and scoring must share. Training writes them next to the models, and loading the models checks
 * them.
 */
export interface Plan {
  /** Version of the format. */
  readonly version: 1;
  /** Name of the cohort that the models were trained on. */
  readonly name: string;
  /** Reference group of the percentiles. */
  readonly reference: { readonly kind: "synthetic" | "cohort"; readonly name: string };
  /** Settings of the segmentation. */
  readonly segmentation: SegmentationPlan;
  /** How heads are cropped. */
  readonly crop: CropPlan;
  /** Settings of the autoencoder. */
  readonly vae: VaePlan;
  /** Covariance estimator of the normative model. */
  readonly normative: { readonly estimator: CovarianceEstimator };
  /** The primary outcome of a study; residual and combined score are reported next to it. @default {"distance"} */
  readonly primary?: "distance";
  /** Random seeds by use. */
  readonly seeds: Readonly<Record<string, number>>;
  /** sha256 of the sorted `patient,split` lines the models were trained with. */
  readonly splitSha256: string;
  /** sha256 of every model file, by file name. */
  readonly models: Readonly<Record<string, string>>;
  /**
   * Paths, by file name, of model files that are in the parent folder instead of next to the plan, such as
   * `../unet.onnx`.
   */
  readonly elsewhere?: Readonly<Record<string, string>>;
}

/** The segmentation network and the two passes it makes over a film. */
export interface SegmentationPlan {
  /** Side of the network's square input in the first pass (whole film), in pixels; a multiple of 32. */
  readonly firstPx: number;
  /** Side of the network's square input in the second pass (a window around each head), in pixels; a multiple of 32. */
  readonly inputPx: number;
  /** Side of a second-pass window, in head radii. */
  readonly windowRadii: number;
  /**
   * Segment every window twice, unchanged and mirrored, and average the two probability maps. This takes twice as long,
   * and outlines on a mirrored film are then the mirrored outlines. @default {false}
   */
  readonly mirrored?: boolean;
  /**
   * Sides of further second-pass windows around the same centre, as multiples of `windowRadii`; the probability maps of
   * all windows are averaged. @default {[]}
   */
  readonly scales?: readonly number[];
  /**
   * Equalise the grey values of the second-pass windows, but not of the additional windows of `scales`. Outlines then
   * depend less on the film's tone curve, without an additional window. The option does not apply to the additional
   * views of doubtful films.
   * @default {false}
   */
  readonly equalised?: boolean;
  /** Foreground probability at which the outline is drawn. */
  readonly threshold: number;
}

/** The square that is cropped around each head. */
export interface CropPlan {
  /** Side length of the square in pixels. */
  readonly sizePx: number;
  /** Half the side of the square, in head radii. */
  readonly halfSideRadii: number;
  /** Quantiles of the crop's values that become 0 and 1; values beyond them are clipped. */
  readonly intensityQuantiles: readonly [number, number];
}

/** The autoencoder's shape. */
export interface VaePlan {
  /** Number of latent coordinates that the decoder takes. */
  readonly latentSize: number;
  /** Number of leading coordinates in which the distance is measured. @default {latentSize} */
  readonly measuredSize?: number;
  /** Channels of the encoder's convolutions in order; the decoder uses them in reverse. */
  readonly channels: readonly number[];
  /** Number of healthy training heads of further cohorts, in addition to those of the plan's cohort. @default {0} */
  readonly added?: number;
  /** Name of the plan whose network training started from. @default none (random initial weights) */
  readonly startedFrom?: string;
}
