const WORDS: Readonly<Record<string, string>> = {
  "bits-stored": "the header declares fewer bits than the pixels use",
  "border": "the edge of the film cuts this head",
  "colour": "the film is stored in colour; its luminance was used",
  "extra-head": "more than two heads were found; the least certain were left out",
  "from-behind": "the film is displayed from behind, according to its side markers",
  "implant": "there is metal on the film or in this head",
  "inverted": "the film is a negative; its grey values were inverted",
  "low-confidence": "the outline is uncertain: look at it",
  "low-contrast": "the head hardly differs from its surroundings",
  "no-head": "no femoral head was found",
  "odd-pixels": "the header's pixel shape is implausible and was ignored",
  "odd-spacing": "with the header's pixel spacing, the heads have an implausible size",
  "one-head": "only one head was found",
  "ready-crop": "measured on a ready-made crop",
  "resampled": "the pixels were not square and were resampled",
  "side-conflict": "side marker, header and position disagree on the side",
  "signed": "the header declares unsigned pixel values as signed",
  "small": "the head is only a few pixels wide; fine detail is missing",
  "synthetic": "the file says that the film is synthetic",
};

/** The codes that have words. */
export const QUALITY_CODES: readonly string[] = Object.keys(WORDS);

/** Quality codes of a head or film for the terminal: each code with its meaning, one line each. */
export function qualityWords(codes: readonly string[]): string[] {
  return codes.map((code) => Object.hasOwn(WORDS, code) ? `${code}: ${WORDS[code]}` : code);
}
