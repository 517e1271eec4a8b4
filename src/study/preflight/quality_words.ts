/** Meaning of each quality code of a head or film. */
export const QUALITY_WORDS: Readonly<Record<string, string>> = {
  "bits-stored":
    "the header is wrong: pixel values use more bits than BitsStored (0028,0101) declares; the extra bits were removed",
  "border": "a head extends beyond the border of the film",
  "colour": "the film is stored in colour (a copy or photograph); its luminance was used",
  "extra-head": "more than two regions look like heads",
  "from-behind":
    "according to header or side markers, the film is displayed from behind; right and left were exchanged",
  "implant": "a hip replacement is near a head",
  "inverted": "the image appears to be inverted (bone dark); it was inverted back before analysis",
  "low-confidence": "an outline is uncertain",
  "low-contrast": "a head is hardly brighter than its surroundings",
  "no-head":
    "no native femoral head was found: the image may not show a hip, may be upside down, or the hip may have been replaced",
  "odd-pixels":
    "according to the header, one side of a pixel is more than four times as long as the other; this is implausible and was ignored",
  "odd-spacing":
    "with the header's pixel spacing a head would have an implausible diameter: sizes in mm are wrong",
  "one-head": "one femoral head was found",
  "ready-crop": "a head was measured on a ready-made crop",
  "resampled": "pixels are not square; the film was resampled to square pixels",
  "side-conflict": "header, side markers and anatomy disagree about the side",
  "signed":
    "PixelRepresentation (0028,0103) declares unsigned pixel values as signed, so bright areas appear dark",
  "small": "a head is too small to be scored reliably",
  "synthetic": "the file says that the film is synthetic: no patient was imaged",
};

/**
 * Quality codes as lines of text: each code with its meaning; an unknown code stays as it is.
 *
 * @example
 * ```ts
 * import { qualityWords } from "@caput/caput";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(qualityWords(["low-confidence"]), ["low-confidence: an outline is uncertain"]);
 * ```
 */
export function qualityWords(codes: readonly string[]): string[] {
  return codes.map((code) => Object.hasOwn(QUALITY_WORDS, code) ? `${code}: ${QUALITY_WORDS[code]}` : code);
}
