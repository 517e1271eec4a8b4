import type dicomParser from "dicom-parser";
import type { Facing } from "../../types.ts";
import { decimal } from "./decimal.ts";

/** Opposite ends of the patient: left and right, front and back, head and feet. */
const ends = "LRAPHF";

/**
 * Orientation of the patient on the film. PatientOrientation (0020,0020; PS3.3 C.7.6.1.1.1) names the directions of
 * rows and columns: `L\F` is a film seen from the front, `R\F` a film seen from behind. If the attribute is missing or
 * invalid, ImageOrientationPatient (0020,0037) gives these directions as direction cosines, with x towards the
 * patient's left, y towards the back and z towards the head.
 *
 * @returns `askew` is true if the header says that the film is rotated, upside down, or taken from the side.
 */
export function filmOrientation(set: dicomParser.DataSet): { facing: Facing; askew: boolean } {
  const [along, down] = towards(set);
  const facing = along === "L" ? "front" : along === "R" ? "behind" : "unknown";
  return { facing, askew: (along !== "" && facing === "unknown") || (down !== "" && down !== "F") };
}

/** Letters of the directions of rows and columns, or "" if unknown. */
function towards(set: dicomParser.DataSet): [along: string, down: string] {
  const letters = (set.string("x00200020") ?? "").toUpperCase().split("\\").map((text) =>
    text.trim()[0] ?? ""
  );
  if (letters.length === 2 && letters.every((letter) => letter !== "" && ends.includes(letter))) {
    return [letters[0], letters[1]];
  }
  const cosines = (set.string("x00200037") ?? "").split("\\").map((text) => decimal(text));
  if (cosines.length !== 6 || !cosines.every((value) => value !== null)) return ["", ""];
  const end = (vector: number[]) => {
    const axis = [0, 1, 2].find((i) => Math.abs(vector[i]) > 0.7);
    return axis === undefined ? "" : ["LR", "PA", "HF"][axis][vector[axis] > 0 ? 0 : 1];
  };
  return [end(cosines.slice(0, 3) as number[]), end(cosines.slice(3) as number[])];
}
