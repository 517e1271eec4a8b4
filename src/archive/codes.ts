/** A coded concept (PS3.3 section 8): value, scheme, meaning. */
export interface Code {
  readonly CodeValue: string;
  readonly CodingSchemeDesignator: string;
  readonly CodeMeaning: string;
}

/** Caput's own coding scheme, for concepts without a standard code. It is declared in every object that uses it. */
export const PRIVATE_SCHEME = {
  CodingSchemeDesignator: "99CAPUT",
  CodingSchemeName: "Caput measurements of the femoral head",
  CodingSchemeResponsibleOrganization: "Caput",
} as const;

const code = (CodingSchemeDesignator: string) => (CodeValue: string, CodeMeaning: string): Code => ({
  CodeValue,
  CodingSchemeDesignator,
  CodeMeaning,
});

/** Functions that make a code of DICOM, SNOMED CT and UCUM (units) from its value and meaning. */
export const dcm = code("DCM"), sct = code("SCT"), ucum = code("UCUM");
/** Makes a code of {@linkcode PRIVATE_SCHEME}. */
export const caput = code(PRIVATE_SCHEME.CodingSchemeDesignator);

export const FEMORAL_HEAD = sct("2812003", "Head of Femur");
export const ANATOMY = sct("91723000", "Anatomical Structure");
const SIDES = { right: sct("24028007", "Right"), left: sct("7771000", "Left") };

/** A list with the code of a side; empty if the side is unknown. */
export function sideCode(side: string): Code[] {
  return side === "right" || side === "left" ? [SIDES[side]] : [];
}
