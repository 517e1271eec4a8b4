import type { Grade } from "../../types.ts";
import type { BoneSubjects } from "../bones/bone_model.ts";

/** Parameters of the lesion of one head. `sampleLesion` draws them from the ranges in data/README.md. */
export interface Lesion {
  /** Unit vector from the head centre to the middle of the lesion, femur frame: lateral, distal, posterior. */
  readonly direction: readonly [number, number, number];
  /** Full angle of the lesion seen from the head centre, degrees. */
  readonly arcDeg: number;
  /** Thickness of the sclerotic rim in mm. */
  readonly rimMm: number;
  /** Additional density of the sclerotic rim, as a share of cancellous bone. */
  readonly rimDensity: number;
  /** Additional density of the necrotic bone, as a share of cancellous bone. */
  readonly deadDensity: number;
  /** Cysts: [lateral, distal, posterior, radius] in head radii. */
  readonly cysts: readonly (readonly [number, number, number, number])[];
  /** Width of the crescent (subchondral gap) in mm. */
  readonly crescentMm: number;
  /** Depth of the collapse in mm. */
  readonly collapseMm: number;
  /** Steepness of the edge of the collapsed part, 0 (gradual) to 1 (a step). */
  readonly step: number;
}

/** One hip: anatomy, wear, fractures and implants. */
export interface Hip {
  /** The patient's side. */
  readonly side: "right" | "left";
  /** The grade of the natural head, 0 to 4, also if the head was replaced. */
  readonly grade: Grade;
  /** `natural`, or the type of replacement: total, hemiarthroplasty, resurfacing, or head removed (Girdlestone). */
  readonly kind: "natural" | "total" | "hemi" | "resurfacing" | "girdlestone";
  /** Radius of the head in mm. */
  readonly headRadiusMm: number;
  /** Joint space in mm. */
  readonly jointSpaceMm: number;
  /** Share of the joint space that is lost, 0 to 1. */
  readonly spaceLoss: number;
  /** Where the joint space is lost: positive superolateral, negative medial. */
  readonly spaceLossTilt: number;
  /** Deviation of the head from a sphere, as a share of the radius. */
  readonly ovality: number;
  /** Direction of the oval's long axis in degrees. */
  readonly ovalTiltDeg: number;
  /** Size of a cam deformity (a bump between head and neck), 0 (none) to 1. */
  readonly cam: number;
  /** Lateral and upward displacement of the head out of a shallow socket, mm. */
  readonly subluxationMm: number;
  /** How much of the socket's roof is missing, 0 (none) to 1. */
  readonly shallow: number;
  /** Size of osteophytes, 0 (none) to 1. */
  readonly osteophytes: number;
  /** Rotation of the femur about its shaft in degrees. */
  readonly rotationDeg: number;
  /** Abduction of the femur in degrees. */
  readonly abductionDeg: number;
  /** Flexion of the femur in degrees. */
  readonly flexionDeg: number;
  /** Level of the fracture, if any. */
  readonly fracture: "none" | "neck" | "trochanter";
  /** Displacement of the distal fragment: lateral, distal, posterior in mm, and rotation in degrees. */
  readonly fractureShift: readonly [number, number, number, number];
  /** Metal that fixes the bone. */
  readonly hardware: "none" | "screws" | "sliding-screw" | "nail" | "plate";
  /** The lesion; null if there is none. */
  readonly lesion: Lesion | null;
  /** Index of the femur template. */
  readonly femurTemplate: number;
  /** Additional length of the neck relative to the template, in mm. */
  readonly neckStretchMm: number;
  /** Change of the neck-shaft angle relative to the template, in degrees. */
  readonly neckAngleDeg: number;
  /** Width of the shaft relative to the template. */
  readonly shaftScale: number;
  /** Height of the greater trochanter relative to the template. */
  readonly trochanterScale: number;
}

/** Position of tube and film relative to the patient, in degrees and millimetres. */
export interface View {
  /** Content of the film: `above` is the abdomen without hips, `other` an image by `negativeFilm`. */
  readonly kind: "pelvis" | "hip" | "above" | "other";
  /** Side that a film of one hip shows; without effect on other films. */
  readonly hipSide: "right" | "left";
  /** Width of the film in mm. */
  readonly widthMm: number;
  /** Height of the film in mm. */
  readonly heightMm: number;
  /** x and y projected to the film's centre, mm from the midpoint of the hips, after the rotations of the pelvis. */
  readonly centerMm: readonly [number, number];
  /** Pelvic tilt in degrees. */
  readonly tiltDeg: number;
  /** Rotation of the pelvis about the long axis in degrees. */
  readonly turnDeg: number;
  /** Pelvic obliquity in degrees. */
  readonly obliquityDeg: number;
  /** Distance from the X-ray source to the film in mm. */
  readonly sourceMm: number;
  /** Distance from the hips to the film in mm. */
  readonly behindMm: number;
  /** Film with left and right exchanged: posteroanterior, or displayed from behind. */
  readonly mirrored: boolean;
}

/** Exposure and display processing: from photons to grey values. */
export interface Processing {
  /** Dose, in arbitrary units: relative photon noise is inversely proportional to its square root. */
  readonly exposure: number;
  /** Tube voltage in kV; it is recorded but does not change the image. */
  readonly kiloVolt: number;
  /** Scattered radiation as a share of the primary. */
  readonly scatter: number;
  /** Width of the scatter's blur in mm. */
  readonly scatterMm: number;
  /** Strength of the heel effect (the tube emits less radiation to one side) along the film's height. */
  readonly heel: number;
  /** Strength of the same gradient across the film's width. */
  readonly heelAcross: number;
  /** Detector blur in mm (standard deviation). */
  readonly blurMm: number;
  /** True if the logarithm of the dose is stored, false for a power of it (`gamma`). */
  readonly logarithmic: boolean;
  /** Exponent of the dose if it is not stored as a logarithm. */
  readonly gamma: number;
  /** Share of the low frequencies that is removed. */
  readonly compress: number;
  /** Width of the blur that defines low frequencies, in mm. */
  readonly compressMm: number;
  /** Gain of the middle frequencies. */
  readonly middle: number;
  /** Width of the blur that defines middle frequencies, in mm. */
  readonly middleMm: number;
  /** Gain of edges (high frequencies). */
  readonly edge: number;
  /** Width of the blur that defines edges, in mm. */
  readonly edgeMm: number;
  /** Differences that are large compared with this, in log units, are amplified less. */
  readonly limit: number;
  /** True if air is excluded from the pixels that set the window; has an effect only if `logarithmic`. */
  readonly bodyWindow: boolean;
  /** Quantile of the values that becomes black. */
  readonly lowQuantile: number;
  /** Quantile of the values that becomes white (before `headroom`). */
  readonly highQuantile: number;
  /** Additional range above the upper quantile, as a share of the window, so that heads are seldom overexposed. */
  readonly headroom: number;
  /** Darkest grey of the result, 0 to 1. */
  readonly floor: number;
  /** Brightest grey of the result, 0 to 1. */
  readonly ceiling: number;
  /** Share of an S-shaped tone curve, 0 (linear) to 1. */
  readonly curve: number;
  /** Slope of the characteristic curve of an analogue film at its middle; 0 for none. */
  readonly sigmoid: number;
  /** Exponent of the tone curve. */
  readonly gain: number;
  /** Share of histogram equalisation of the whole film, 0 to 1. */
  readonly equalise: number;
  /** Share of local histogram equalisation, 0 to 1. */
  readonly local: number;
  /** Size of the tiles of local equalisation in mm. */
  readonly localMm: number;
  /** Clip limit of local equalisation: the largest count of a histogram bin, as a multiple of the mean count. */
  readonly localClip: number;
  /** Bits per value. */
  readonly bits: number;
  /** Whether the grey values are inverted. */
  readonly inverted: boolean;
}

/** Collimator, markers, burnt-in text, human readers' drawings, stitching and frame. */
export interface Dressing {
  /** Covered width at left, top, right, bottom, mm on the film; 0 for none. */
  readonly collimatorMm: readonly [number, number, number, number];
  /** Rotation of the collimator in degrees. */
  readonly collimatorTiltDeg: number;
  /** Attenuation of the collimator leaves. */
  readonly collimatorDensity: number;
  /** Grey that replaces the area covered by the collimator; `none` if it is left as exposed. */
  readonly surround: "none" | "black" | "white" | "grey";
  /** Number of lead markers. */
  readonly markers: number;
  /** Number of burnt-in texts. */
  readonly burnt: number;
  /** True if the film is stitched from two exposures. */
  readonly stitched: boolean;
  /** Number of lines, circles, arrows and boxes that readers left on the image. */
  readonly drawings: number;
  /** Grey of a thin line along the image's edges, 0 to 1; null for none. */
  readonly frame: number | null;
}

/**
 * What happened to the image between detector and reader: rotation, crop, downsizing, compression, scan, photograph.
 */
export interface Carrier {
  /** How the image reached the reader: from the hospital's image archive, exported, scanned or photographed. */
  readonly kind: "archive" | "export" | "scan" | "photograph";
  /** Rotation in degrees. */
  readonly turnDeg: number;
  /** Crop (negative: margin added) at left, top, right, bottom, as a share of the image's side. */
  readonly crop: readonly [number, number, number, number];
  /**
   * Displacement of the corners by a tilted camera (top left, top right, bottom right, bottom left), as shares of the
   * sides: x, y each.
   */
  readonly corners: readonly number[]; // [8]
  /** Grey outside the image, 0 to 1. */
  readonly beyond: number;
  /** Longest side after downsizing, px (the image is then enlarged again); 0 if not downsized. */
  readonly smallPx: number;
  /** JPEG quality, 1 to 100; 0 for no compression. */
  readonly quality: number;
  /** Vignette: darkening at the corner, as a share. */
  readonly vignette: number;
  /**
   * Reflected light: strength (0 to 1), centre x and y as shares of width and height, and size as a share of the longer
   * side.
   */
  readonly glare: readonly [number, number, number, number];
  /** Stray light that brightens black, 0 to 1. */
  readonly haze: number;
  /** Blur (standard deviation), as a share of the longer side. */
  readonly defocus: number;
  /** Moire between screen and sensor: strength, period in px, direction in radians. */
  readonly moire: readonly [number, number, number];
  /** Number of dust specks. */
  readonly dust: number;
  /** Number of scratches. */
  readonly scratches: number;
  /** Amplitude of the noise, in grey values from 0 to 1. */
  readonly grain: number;
}

/** What overlies the bones: objects on and in the patient, gas, stool, skin folds. */
export interface Occluders {
  /** Amount of bowel gas, 0 (none) to 1. */
  readonly gas: number;
  /** Amount of stool, 0 (none) to 1. */
  readonly stool: number;
  /** Number of skin folds. */
  readonly folds: number;
  /** Gonad shield. */
  readonly shield: "none" | "male" | "female";
  /** Number of calibration spheres. */
  readonly balls: number;
  /** Whether there are metal rods along the lumbar spine. */
  readonly rods: boolean;
  /** Number of surgical clips. */
  readonly clips: number;
  /** Number of clothing items, such as buttons. */
  readonly clothing: number;
  /** True if there is contrast medium; it is recorded but not drawn on the film. */
  readonly contrast: boolean;
  /** Filling of the bladder, 0 to 1. */
  readonly bladder: number;
  /** Number of phleboliths (calcified pelvic veins). */
  readonly phleboliths: number;
  /** Degree of calcification of the femoral arteries, 0 (none) to 1. */
  readonly arteries: number;
}

/** All parameters of one film, as plain data that can be stored as JSON. */
export interface Patient {
  /** Random seed. */
  readonly seed: number;
  /** Identifier. */
  readonly id: string;
  /** Sex, as the cohort file has it. */
  readonly sex: "F" | "M";
  /** Age in years. */
  readonly age: number;
  /** Site, as the cohort file has it. */
  readonly site: string;
  /** Scale of the femora relative to the template, without the heads. */
  readonly stature: number;
  /** Half the width of the trunk in mm. */
  readonly girthMm: number;
  /** Depth (front to back) of the trunk in mm, minus 45 (see `trunkDepthMm`). */
  readonly depthMm: number;
  /** Bone density relative to normal. */
  readonly boneDensity: number;
  /** Cortical thickness relative to the template. */
  readonly corticalScale: number;
  /** Right and left hip, in this order. */
  readonly hips: readonly [Hip, Hip];
  /** The real subjects from which the bones are made. */
  readonly bones: BoneSubjects;
  /** Weights of the modes of the pelvic shape model, in standard deviations. */
  readonly pelvisShape: readonly number[];
  /** Scale of the pelvis relative to the model's mean. */
  readonly pelvisScale: number;
  /** Half the distance between the hips in mm. */
  readonly halfSpanMm: number;
  /** Index of the template of sacrum and coccyx. */
  readonly tailTemplate: number;
  /** Index of the vertebra template. */
  readonly vertebraTemplate: number;
  /** Positions of tube and film, and the content of the film. */
  readonly view: View;
  /** Exposure and display processing. */
  readonly processing: Processing;
  /** Collimator, markers, burnt-in text and readers' drawings. */
  readonly dressing: Dressing;
  /** What overlies the bones. */
  readonly occluders: Occluders;
  /** How the image reached the reader. */
  readonly carrier: Carrier;
}
