import type dicomParser from "dicom-parser";
import { decimal } from "./decimal.ts";
import { filmOrientation } from "./film_orientation.ts";
import { functionalGroup } from "./functional_group.ts";
import type { Side, SpacingSource } from "../../types.ts";
import type { FilmFacts } from "../stored/stored_image.ts";

/**
 * The accepted texts for body part, and below for view and modality. Any other text counts as missing, because it could
 * name a person.
 */
const bodyParts = new Set(
  "ABDOMEN ABDOMENPELVIS ANKLE ARM CALCANEUS CHEST CSPINE ELBOW EXTREMITY FEMUR FINGER FOOT FOREARM HAND HEAD HIP HUMERUS KNEE LEG LSPINE PELVIS RIBS SACRUM SHOULDER SIJOINT SKULL SPINE THIGH TIBIA TSPINE WHOLEBODY WRIST"
    .split(" "),
);
const views = new Set("AP PA LL RL RLD LLD RLO LLO OBL LAT LATERAL AXIAL FROG CROSSTABLE".split(" "));
const modalities = new Set("CR DX RG RF XA MG CT MR US NM PT OT SC IO PX SM ES XC".split(" "));

/** Reads the technical facts about the film from a header. */
export function readFacts(set: dicomParser.DataSet): FilmFacts {
  const code = (tag: string, allowed: ReadonlySet<string>) => {
    const text = (set.string(tag) ?? "").trim().toUpperCase();
    return allowed.has(text) ? text : "";
  };
  const spaced = spacing(set);
  return {
    ...spaced,
    ...filmOrientation(set),
    pixelAspect: pixelAspect(set, spaced.pixelSpacingMm),
    headerSide: side(
      set.string("x00200062") || set.string("x00200060") ||
        functionalGroup(set, "x00209071")?.string("x00209072"), // frame anatomy (C.7.6.16.2.8)
    ),
    bodyPart: code("x00180015", bodyParts),
    viewPosition: code("x00185101", views),
    modality: code("x00080060", modalities),
    burnedIn: (set.string("x00280301") ?? "").trim().toUpperCase() === "YES",
    pages: 1,
  };
}

/** Side from a laterality attribute; B, U and blanks mean unknown. */
function side(text: string | undefined): Side {
  const letter = (text ?? "").trim().toUpperCase();
  return letter === "R" ? "right" : letter === "L" ? "left" : "unknown";
}

/**
 * Height over width of a pixel, from its spacing, otherwise from PixelAspectRatio (0028,0034), which is vertical over
 * horizontal size.
 */
function pixelAspect(set: dicomParser.DataSet, spacingMm: readonly [number, number] | null): number {
  if (spacingMm) return spacingMm[0] / spacingMm[1];
  const [height, width] = (set.string("x00280034") ?? "").split("\\").map((part) => decimal(part) ?? 0);
  return height > 0 && width > 0 ? height / width : 1;
}

/**
 * PixelSpacing (0028,0030) is preferred. ImagerPixelSpacing (0018,1164) is measured at the detector and does not
 * correct for the magnification of the bones (PS3.3 10.7.1.3); nor does NominalScannedPixelSpacing (0018,2010) of a
 * digitised film. A spacing must be two positive decimals; others, such as 0\0, are ignored.
 */
function spacing(
  set: dicomParser.DataSet,
): { pixelSpacingMm: [number, number] | null; spacingSource: SpacingSource } {
  // In enhanced objects the pixel measures macro (C.7.6.16.2.1) holds the spacing.
  const measures = functionalGroup(set, "x00289110");
  const places: [dicomParser.DataSet | null, string, SpacingSource][] = [
    [set, "x00280030", "PixelSpacing"],
    [measures, "x00280030", "PixelSpacing"],
    [set, "x00181164", "ImagerPixelSpacing"],
    [set, "x00182010", "NominalScannedPixelSpacing"],
  ];
  for (const [place, tag, spacingSource] of places) {
    const parts = (place?.string(tag) ?? "").split("\\").map((part) => decimal(part));
    const [rows, columns] = parts.length === 2 ? parts : [null, null];
    if (rows !== null && columns !== null && rows > 0 && columns > 0) {
      return { pixelSpacingMm: [rows, columns], spacingSource };
    }
  }
  return { pixelSpacingMm: null, spacingSource: "none" };
}
