import type { Grade } from "../../types.ts";
import type { BoneSubjects } from "../bones/bone_model.ts";

/** The plan of one diseased head: everything is set from anatomy tables before any statistics are looked at. */
export interface Lesion {
  /** Unit vector from the head centre to the middle of the lesion, femur frame: lateral, distal, posterior. */
  readonly direction: readonly [number, number, number];
  /** Full angle of the lesion seen from the head centre, degrees. */
  readonly arcDeg: number;
  /** Rim in mm. */
  readonly rimMm: number;
  /** Extra density of the sclerotic rim and of the dead bone, as a share of cancellous bone. */
  readonly rimDensity: number;
  /** Density of necrotic bone. */
  readonly deadDensity: number;
  /** [lateral, distal, posterior, radius] in head radii. */
  readonly cysts: readonly (readonly [number, number, number, number])[];
  /** Crescent in mm. */
  readonly crescentMm: number;
  /** Collapse in mm. */
  readonly collapseMm: number;
  /** How steeply the collapsed part breaks off, 0 soft to 1 a step. */
  readonly step: number;
}

/** One hip as it was born, worn, broken and mended. */
export interface Hip {
  /** The patient's side. */
  readonly side: "right" | "left";
  /** The grade, 0 to 4. */
  readonly grade: Grade;
  /** Tells this kind of object from others. */
  readonly kind: "natural" | "total" | "hemi" | "resurfacing" | "girdlestone";
  /** Radius of the head in mm. */
  readonly headRadiusMm: number;
  /** Joint space in mm. */
  readonly jointSpaceMm: number;
  /** Joint space lost, 0 to 1, and where: superolateral positive, medial negative. */
  readonly spaceLoss: number;
  /** Space loss tilt. */
  readonly spaceLossTilt: number;
  /** Head slightly out of round, share of the radius, and the tilt of the long axis. */
  readonly ovality: number;
  /** Oval tilt in degrees. */
  readonly ovalTiltDeg: number;
  /** Size of a cam deformity. */
  readonly cam: number;
  /** Lateral and upward shift of the head out of a shallow socket, mm, and how much of the roof is missing. */
  readonly subluxationMm: number;
  /** Shallow. */
  readonly shallow: number;
  /** Osteophytes. */
  readonly osteophytes: number;
  /** Rotation in degrees. */
  readonly rotationDeg: number;
  /** Abduction in degrees. */
  readonly abductionDeg: number;
  /** Flexion in degrees. */
  readonly flexionDeg: number;
  /** Fracture. */
  readonly fracture: "none" | "neck" | "trochanter";
  /** Displacement of the shaft piece: lateral, distal, posterior in mm, and turn in degrees. */
  readonly fractureShift: readonly [number, number, number, number];
  /** Hardware. */
  readonly hardware: "none" | "screws" | "sliding-screw" | "nail" | "plate";
  /** Lesion. */
  readonly lesion: Lesion | null;
  /** Femur template. */
  readonly femurTemplate: number;
  /** How this femur differs from its template: neck length, neck-shaft angle, shaft width, height of the greater trochanter. */
  readonly neckStretchMm: number;
  /** Neck angle in degrees. */
  readonly neckAngleDeg: number;
  /** Shaft scale. */
  readonly shaftScale: number;
  /** Trochanter scale. */
  readonly trochanterScale: number;
}

/** Where the film stands to the patient. Degrees and millimetres. */
export interface View {
  /** `above`: belly, no hip; `other`: another part of the body, or no body at all. */
  readonly kind: "pelvis" | "hip" | "above" | "other";
  /** Hip side. */
  readonly hipSide: "right" | "left";
  /** Width in mm. */
  readonly widthMm: number;
  /** Height in mm. */
  readonly heightMm: number;
  /** Point of the pelvis under the centre of the film, mm. */
  readonly centerMm: readonly [number, number];
  /** Tilt in degrees. */
  readonly tiltDeg: number;
  /** Rotation in degrees. */
  readonly turnDeg: number;
  /** Obliquity in degrees. */
  readonly obliquityDeg: number;
  /** Source in mm. */
  readonly sourceMm: number;
  /** Behind in mm. */
  readonly behindMm: number;
  /** Film turned over: posteroanterior or shown from behind. */
  readonly mirrored: boolean;
}

/** From photons to grey. */
export interface Processing {
  /** Exposure. */
  readonly exposure: number;
  /** Tube voltage in kV. */
  readonly kiloVolt: number;
  /** Scatter. */
  readonly scatter: number;
  /** Scatter in mm. */
  readonly scatterMm: number;
  /** Strength of the heel effect. */
  readonly heel: number;
  /** The same from side to side. */
  readonly heelAcross: number;
  /** Blur in mm. */
  readonly blurMm: number;
  /** Logarithmic. */
  readonly logarithmic: boolean;
  /** Gamma. */
  readonly gamma: number;
  /** Compress. */
  readonly compress: number;
  /** Compress in mm. */
  readonly compressMm: number;
  /** Gain of the frequencies between broad and edge. */
  readonly middle: number;
  /** Middle in mm. */
  readonly middleMm: number;
  /** Edge. */
  readonly edge: number;
  /** Edge in mm. */
  readonly edgeMm: number;
  /** Detail beyond this, in log units, is raised less. */
  readonly limit: number;
  /** Window set by the body's own greys, not by air and lead. */
  readonly bodyWindow: boolean;
  /** Low quantile. */
  readonly lowQuantile: number;
  /** High quantile. */
  readonly highQuantile: number;
  /** Room left above the brightest bone, share of the window: heads are seldom burnt out. */
  readonly headroom: number;
  /** Floor. */
  readonly floor: number;
  /** Ceiling. */
  readonly ceiling: number;
  /** Curve. */
  readonly curve: number;
  /** Slope of a film's own curve at its middle; 0 for none. */
  readonly sigmoid: number;
  /** Gain. */
  readonly gain: number;
  /** Share of histogram equalisation, of the whole film and tile by tile. */
  readonly equalise: number;
  /** Local. */
  readonly local: number;
  /** Local in mm. */
  readonly localMm: number;
  /** Local clip. */
  readonly localClip: number;
  /** Bits per value. */
  readonly bits: number;
  /** Whether the grey values are inverted. */
  readonly inverted: boolean;
}

/** Collimator, marks, letters. */
export interface Dressing {
  /** Covered width at left, top, right, bottom, mm on the film; 0 for none. */
  readonly collimatorMm: readonly [number, number, number, number];
  /** Collimator tilt in degrees. */
  readonly collimatorTiltDeg: number;
  /** Collimator density. */
  readonly collimatorDensity: number;
  /** Surround. */
  readonly surround: "none" | "black" | "white" | "grey";
  /** Markers. */
  readonly markers: number;
  /** Burnt-in characters. */
  readonly burnt: number;
  /** Stitched. */
  readonly stitched: boolean;
  /** Lines, circles, arrows and boxes that readers left in the picture. */
  readonly drawings: number;
  /** A thin line along the picture's edges, its grey from 0 to 1; null for none. */
  readonly frame: number | null;
}

/** How the picture came from the detector to the reader: turned, cropped, made small, packed, scanned, photographed. */
export interface Carrier {
  /** Tells this kind of object from others. */
  readonly kind: "archive" | "export" | "scan" | "photograph";
  /** Rotation in degrees. */
  readonly turnDeg: number;
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
  /** Dust. */
  readonly dust: number;
  /** Scratches. */
  readonly scratches: number;
  /** Amount of noise. */
  readonly grain: number;
}

/** Things on, in or under the patient. */
export interface Occluders {
  /** Amount of bowel gas. */
  readonly gas: number;
  /** Amount of stool. */
  readonly stool: number;
  /** Number of folds. */
  readonly folds: number;
  /** Shield. */
  readonly shield: "none" | "male" | "female";
  /** Calibration spheres. */
  readonly balls: number;
  /** Whether there are metal rods. */
  readonly rods: boolean;
  /** Clips. */
  readonly clips: number;
  /** Clothing. */
  readonly clothing: number;
  /** Contrast. */
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
  /** Size of the skeleton against the template. */
  readonly stature: number;
  /** Girth in mm. */
  readonly girthMm: number;
  /** Depth in mm. */
  readonly depthMm: number;
  /** Bone density. */
  readonly boneDensity: number;
  /** Cortical scale. */
  readonly corticalScale: number;
  /** Right and left hip. */
  readonly hips: readonly [Hip, Hip]; // right, left
  /** The real subjects that the bones are made from. */
  readonly bones: BoneSubjects;
  /** Weights of the pelvic shape model's modes, in standard deviations. */
  readonly pelvisShape: readonly number[];
  /** Size of the pelvis against the model's mean. */
  readonly pelvisScale: number;
  /** Half span in mm. */
  readonly halfSpanMm: number;
  /** Tail template. */
  readonly tailTemplate: number;
  /** Vertebra template. */
  readonly vertebraTemplate: number;
  /** View. */
  readonly view: View;
  /** Processing. */
  readonly processing: Processing;
  /** Dressing. */
  readonly dressing: Dressing;
  /** Occluders. */
  readonly occluders: Occluders;
  /** Carrier. */
  readonly carrier: Carrier;
}
