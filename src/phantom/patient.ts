import type { Grade } from "../types.ts";
import type { BoneSubjects } from "./bone_model.ts";

/** The plan of one diseased head: everything is set from anatomy tables before any statistics are looked at. */
export interface Lesion {
  /** Unit vector from the head centre to the middle of the lesion, femur frame: lateral, distal, posterior. */
  readonly direction: readonly [number, number, number];
  /** Full angle of the lesion seen from the head centre, degrees. */
  readonly arcDeg: number;
  readonly rimMm: number;
  /** Extra density of the sclerotic rim and of the dead bone, as a share of cancellous bone. */
  readonly rimDensity: number;
  readonly deadDensity: number;
  /** [lateral, distal, posterior, radius] in head radii. */
  readonly cysts: readonly (readonly [number, number, number, number])[];
  readonly crescentMm: number;
  readonly collapseMm: number;
  /** How steeply the collapsed part breaks off, 0 soft to 1 a step. */
  readonly step: number;
}

/** One hip as it was born, worn, broken and mended. */
export interface Hip {
  readonly side: "right" | "left";
  readonly grade: Grade;
  readonly kind: "natural" | "total" | "hemi" | "resurfacing" | "girdlestone";
  readonly headRadiusMm: number;
  readonly jointSpaceMm: number;
  /** Joint space lost, 0 to 1, and where: superolateral positive, medial negative. */
  readonly spaceLoss: number;
  readonly spaceLossTilt: number;
  /** Head slightly out of round, share of the radius, and the tilt of the long axis. */
  readonly ovality: number;
  readonly ovalTiltDeg: number;
  readonly cam: number;
  /** Lateral and upward shift of the head out of a shallow socket, mm, and how much of the roof is missing. */
  readonly subluxationMm: number;
  readonly shallow: number;
  readonly osteophytes: number;
  readonly rotationDeg: number;
  readonly abductionDeg: number;
  readonly flexionDeg: number;
  readonly fracture: "none" | "neck" | "trochanter";
  /** Displacement of the shaft piece: lateral, distal, posterior in mm, and turn in degrees. */
  readonly fractureShift: readonly [number, number, number, number];
  readonly hardware: "none" | "screws" | "sliding-screw" | "nail" | "plate";
  readonly lesion: Lesion | null;
  readonly femurTemplate: number;
  /** How this femur differs from its template: neck length, neck-shaft angle, shaft width, height of the greater trochanter. */
  readonly neckStretchMm: number;
  readonly neckAngleDeg: number;
  readonly shaftScale: number;
  readonly trochanterScale: number;
}

/** Where the film stands to the patient. Degrees and millimetres. */
export interface View {
  /** `above`: belly, no hip; `other`: another part of the body, or no body at all. */
  readonly kind: "pelvis" | "hip" | "above" | "other";
  readonly hipSide: "right" | "left";
  readonly widthMm: number;
  readonly heightMm: number;
  /** Point of the pelvis under the centre of the film, mm. */
  readonly centerMm: readonly [number, number];
  readonly tiltDeg: number;
  readonly turnDeg: number;
  readonly obliquityDeg: number;
  readonly sourceMm: number;
  readonly behindMm: number;
  /** Film turned over: posteroanterior or shown from behind. */
  readonly mirrored: boolean;
}

/** From photons to grey. */
export interface Processing {
  readonly exposure: number;
  readonly kiloVolt: number;
  readonly scatter: number;
  readonly scatterMm: number;
  readonly heel: number;
  /** The same from side to side. */
  readonly heelAcross: number;
  readonly blurMm: number;
  readonly logarithmic: boolean;
  readonly gamma: number;
  readonly compress: number;
  readonly compressMm: number;
  /** Gain of the frequencies between broad and edge. */
  readonly middle: number;
  readonly middleMm: number;
  readonly edge: number;
  readonly edgeMm: number;
  /** Detail beyond this, in log units, is raised less. */
  readonly limit: number;
  /** Window set by the body's own greys, not by air and lead. */
  readonly bodyWindow: boolean;
  readonly lowQuantile: number;
  readonly highQuantile: number;
  /** Room left above the brightest bone, share of the window: heads are seldom burnt out. */
  readonly headroom: number;
  readonly floor: number;
  readonly ceiling: number;
  readonly curve: number;
  /** Slope of a film's own curve at its middle; 0 for none. */
  readonly sigmoid: number;
  readonly gain: number;
  /** Share of histogram equalisation, of the whole film and tile by tile. */
  readonly equalise: number;
  readonly local: number;
  readonly localMm: number;
  readonly localClip: number;
  readonly bits: number;
  readonly inverted: boolean;
}

/** Collimator, marks, letters. */
export interface Dressing {
  /** Covered width at left, top, right, bottom, mm on the film; 0 for none. */
  readonly collimatorMm: readonly [number, number, number, number];
  readonly collimatorTiltDeg: number;
  readonly collimatorDensity: number;
  readonly surround: "none" | "black" | "white" | "grey";
  readonly markers: number;
  readonly burnt: number;
  readonly stitched: boolean;
  /** Lines, circles, arrows and boxes that readers left in the picture. */
  readonly drawings: number;
  /** A thin line along the picture's edges, its grey from 0 to 1; null for none. */
  readonly frame: number | null;
}

/** How the picture came from the detector to the reader: turned, cropped, made small, packed, scanned, photographed. */
export interface Carrier {
  readonly kind: "archive" | "export" | "scan" | "photograph";
  readonly turnDeg: number;
  /** Quarter turns to the right, 0 to 3. */
  readonly quarterTurns: 0 | 1 | 2 | 3;
  /** What is cut off (negative: added) at left, top, right, bottom, share of the side. */
  readonly crop: readonly [number, number, number, number];
  /** How far a tilted camera moves the corners (left top, right top, right bottom, left bottom), shares: x, y each. */
  readonly corners: readonly number[]; // [8]
  /** Grey beyond the picture. */
  readonly beyond: number;
  /** The picture's longest side once it was made small, px; 0 where it was not. */
  readonly smallPx: number;
  /** JPEG quality, 0 for none. */
  readonly quality: number;
  /** Darker corners, share at the corner. */
  readonly vignette: number;
  /** Reflected light: strength, centre x, y and size in shares of the side. */
  readonly glare: readonly [number, number, number, number];
  /** Light that lifts the black, 0 to 1. */
  readonly haze: number;
  /** Blur, share of the longest side. */
  readonly defocus: number;
  /** Beat of screen and sensor: strength, period px, direction in radians. */
  readonly moire: readonly [number, number, number];
  readonly dust: number;
  readonly scratches: number;
  readonly grain: number;
}

/** Things on, in or under the patient. */
export interface Occluders {
  readonly gas: number;
  readonly stool: number;
  readonly folds: number;
  readonly shield: "none" | "male" | "female";
  readonly balls: number;
  readonly rods: boolean;
  readonly clips: number;
  readonly clothing: number;
  readonly contrast: boolean;
  /** Urine in the bladder, 0 to 1. */
  readonly bladder: number;
  /** Calcified veins of the pelvis. */
  readonly phleboliths: number;
  /** Calcified femoral arteries, 0 to 1. */
  readonly arteries: number;
}

/** All there is to know of one film before it is taken; plain data, so it can be printed, kept and tested. */
export interface Patient {
  readonly seed: number;
  readonly id: string;
  readonly sex: "F" | "M";
  readonly age: number;
  readonly site: string;
  /** Size of the skeleton against the template. */
  readonly stature: number;
  readonly girthMm: number;
  readonly depthMm: number;
  readonly boneDensity: number;
  readonly corticalScale: number;
  readonly hips: readonly [Hip, Hip]; // right, left
  /** The real subjects that the bones are made from. */
  readonly bones: BoneSubjects;
  /** Weights of the pelvic shape model's modes, in standard deviations. */
  readonly pelvisShape: readonly number[];
  /** Size of the pelvis against the model's mean. */
  readonly pelvisScale: number;
  readonly halfSpanMm: number;
  readonly tailTemplate: number;
  readonly vertebraTemplate: number;
  readonly view: View;
  readonly processing: Processing;
  readonly dressing: Dressing;
  readonly occluders: Occluders;
  readonly carrier: Carrier;
}
