/**
 * The data types of Caput, in pipeline order: plain readonly objects with a `kind` and units in their names.
 * Pixel coordinates are those of the stored image: x to the right, y down, (0, 0) the centre of the first pixel.
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

/** Grade 0 (healthy) to 4 (collapsed, joint space lost), as the paper numbers them. */
export type Grade = 0 | 1 | 2 | 3 | 4;

/** Which way a film shows the patient: from the front (the patient's right at the image's left), or from behind. */
export type Facing = "front" | "behind" | "unknown";

/**
 * Where a pixel spacing was read; `ImagerPixelSpacing` is at the detector and `NominalScannedPixelSpacing` on the scanned film, so
 * bones measure larger than life.
 */
export type SpacingSource =
  | "PixelSpacing"
  | "ImagerPixelSpacing"
  | "NominalScannedPixelSpacing"
  | "pHYs"
  | "none";

/** A head's grade, or -1 if none was given: the head is scored but not compared. */
export type GivenGrade = Grade | -1;

/** One frame read from disk: modality values, inverted if necessary so that bone is bright. */
export interface Radiograph {
  /** Type tag, the same for every object of this type. */
  readonly kind: "radiograph";
  /** Width in pixels. */
  readonly widthPx: number;
  /** Height in pixels. */
  readonly heightPx: number;
  /** Values after the modality transform and polarity: larger is denser tissue. The stored ones themselves where these change nothing. */
  readonly pixels: GreyValues; // [heightPx, widthPx]
  /** 1 where the header declares padding (no tissue), or null where it declares none. */
  readonly padding: Uint8Array | null; // [heightPx, widthPx]
  /** Bits per stored value. */
  readonly bitsStored: number;
  /** [between rows, between columns] in mm, or null if the file has none. */
  readonly pixelSpacingMm: readonly [number, number] | null;
  /** Where the pixel spacing was read. */
  readonly spacingSource: SpacingSource;
  /** Side in the header (ImageLaterality or Laterality), as a hint only. */
  readonly headerSide: Side;
  /** The way the header says the film is shown (PatientOrientation). @default {"unknown"} */
  readonly facing?: Facing;
  /** Rows for each stored one, where the film was resampled to square pixels; columns stay. @default {1} */
  readonly pixelAspect?: number;
  /** Codes of what is odd about header or values, such as `bits-stored`. @default {[]} */
  readonly remarks?: readonly string[];
  /** sha256 of the stored values, independent of the container. */
  readonly storedSha256: string;
}

/** One femoral head found on a radiograph. */
export interface HeadMask {
  /** Type tag, the same for every object of this type. */
  readonly kind: "head-mask";
  /** The patient's side. */
  readonly side: Side;
  /** Side markers show that the film is displayed from behind: the head looks like one of the other side. @default {false} */
  readonly turned?: boolean;
  /** The film is a negative (bone dark); `cropHead` inverts its grey values. @default {false} */
  readonly inverted?: boolean;
  /** Centre [x, y] of the circle fitted to the outline, in pixels of the film. */
  readonly centerPx: readonly [number, number];
  /** Radius of that circle, in pixels of the film. */
  readonly radiusPx: number;
  /** Number of pixels inside the outline. */
  readonly areaPx: number;
  /** 0 to 1: mean foreground probability inside the outline. */
  readonly confidence: number;
  /** Codes such as `border`, `small`, `implant`, `low-contrast`, `side-conflict`. */
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
  /** Heads found on the film, at most one per side. */
  readonly heads: readonly HeadMask[];
  /** Quality codes of the whole film. */
  readonly quality: readonly string[];
  /** Of the film; see {@linkcode Radiograph}. @default {1} */
  readonly pixelAspect?: number;
}

/** A head as the VAE sees it: square, left mirrored to right, intensities by the plan's rule. */
export interface HeadCrop {
  /** Type tag, the same for every object of this type. */
  readonly kind: "head-crop";
  /** Side of the head before mirroring. */
  readonly side: Side;
  /** Side of the square in pixels. */
  readonly sizePx: number;
  /** Pixel values, row by row. */
  readonly pixels: Float32Array; // [sizePx, sizePx], 0 to 1
}

/** q(z|x) of one head. */
export interface LatentVector {
  /** Type tag, the same for every object of this type. */
  readonly kind: "latent-vector";
  /** Mean of q(z|x); the distance is measured from it. */
  readonly mean: Float64Array; // [d]
  /** Logarithm of the variance of each coordinate. */
  readonly logVariance: Float64Array; // [d]
  /** Further coordinates of the mean, which only the decoder reads; missing where it reads no more than `mean`. */
  readonly rest?: Float64Array; // [the decoder's size - d]
}

/** How a covariance was estimated. Divisor n - 1 for `sample`; 1/n inside the shrinkage estimators. */
export type CovarianceEstimator = "sample" | "ledoit-wolf" | "oas" | "mcd";

/** What healthy looks like: fitted on training heads, referenced to held-out ones. */
export interface NormativeModel {
  /** Type tag, the same for every object of this type. */
  readonly kind: "normative-model";
  /** Covariance estimator. */
  readonly estimator: CovarianceEstimator;
  /** Number of training heads behind mean and covariance. */
  readonly n: number;
  /** Mean latent vector of the healthy training heads. */
  readonly mean: Float64Array; // [d]
  /** Covariance of their latent vectors, row by row. */
  readonly covariance: Float64Array; // [d, d]
  /** Lower Cholesky factor of the covariance. */
  readonly cholesky: Float64Array; // [d, d]
  /** Description of the reference group. */
  readonly reference: Reference;
  /** Distances of the held-out healthy heads, ascending. */
  readonly referenceDistances: Float64Array; // [reference.n]
}

/** The group every percentile refers to. Never the training heads. */
export interface Reference {
  /** Origin of the heads: synthetic films or a clinical cohort. */
  readonly kind: "synthetic" | "cohort";
  /** Number of heads in the group. */
  readonly n: number;
  /** Description of the group, printed with every percentile. */
  readonly name: string;
}

/** How far one head is from healthy. */
export interface Deviation {
  /** Type tag, the same for every object of this type. */
  readonly kind: "deviation";
  /** Mahalanobis distance (not squared). */
  readonly distance: number;
  /** Rank among the held-out healthy heads, 0 to 100. */
  readonly percentile: number;
  /** 95 % interval of the percentile. */
  readonly percentileInterval: readonly [number, number];
  /** Share of healthy heads at least as far away: counted, and by the chi-square distribution. */
  readonly tailProbability: { readonly empirical: number; readonly chiSquare: number };
}

/** Subset of a head: training, validation or held-out. Both hips of a patient are in the same one. */
export type Split = "train" | "validation" | "held-out";

/** One row of a cohort file: one head. */
export interface CohortRow {
  /** `<radiograph>#<side>` as keyed id; joins every table of a study. */
  readonly headId: string;
  /** Path as resolved from the cohort file; empty where only a crop is given. */
  readonly radiograph: string;
  /** Id of the patient. */
  readonly patient: string;
  /** The patient's side. */
  readonly side: Side;
  /** Grade, 0 to 4, or -1 if none was given. */
  readonly grade: GivenGrade;
  /** Path of a ready-made crop. */
  readonly crop?: string;
  /** Path of an image with the reference outline, above 0 inside. */
  readonly mask?: string;
  /** Age in years. */
  readonly age?: number;
  /** Sex, as the cohort file has it. */
  readonly sex?: string;
  /** Site, as the cohort file has it. */
  readonly site?: string;
  /** Date, as the cohort file has it. */
  readonly date?: string;
  /** Subset stated in the cohort file. */
  readonly split?: Split;
}

/** A compute device as onnxruntime names its execution providers. */
export type Device = "cpu" | "webgpu" | "cuda";

/** Every number two stages must agree on; written by training, read by scoring, checked on load. */
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
  /** The measure that answers a study's question; residual and combined score are shown next to it. @default {"distance"} */
  readonly primary?: "distance";
  /** Random seeds by use. */
  readonly seeds: Readonly<Record<string, number>>;
  /** sha256 of the sorted `patient,split` lines the models were trained with. */
  readonly splitSha256: string;
  /** sha256 of every model file next to the plan, by file name. */
  readonly models: Readonly<Record<string, string>>;
  /** File name to place, of models that lie in the folder above and not beside the plan, such as `../unet.onnx`. */
  readonly elsewhere?: Readonly<Record<string, string>>;
}

/** The segmentation network and the two passes it makes over a film. */
export interface SegmentationPlan {
  /** Sides of the square network inputs of the first pass (whole film) and the second; multiples of 32. */
  readonly firstPx: number;
  /** Side of the network's input in pixels. */
  readonly inputPx: number;
  /** Side of a second-pass window, in head radii. */
  readonly windowRadii: number;
  /** Look at every window mirrored too, and take the mean: twice the work, outlines that hold on a mirrored film. @default {false} */
  readonly mirrored?: boolean;
  /** Further windows round the same place, their sides as multiples of the second pass's; all maps are averaged. @default {[]} */
  readonly scales?: readonly number[];
  /** Foreground probability at which the outline is drawn. */
  readonly threshold: number;
}

/** The square cut round each head. */
export interface CropPlan {
  /** Side of the square in pixels. */
  readonly sizePx: number;
  /** Half the side of the square, in head radii. */
  readonly halfSideRadii: number;
  /** Quantiles of the crop's own values that become 0 and 1. */
  readonly intensityQuantiles: readonly [number, number];
}

/** The autoencoder's shape. */
export interface VaePlan {
  /** Number of latent coordinates that the decoder takes. */
  readonly latentSize: number;
  /** Its first coordinates, in which the distance is measured. @default {latentSize} */
  readonly measuredSize?: number;
  /** Channels of each layer. */
  readonly channels: readonly number[];
}
