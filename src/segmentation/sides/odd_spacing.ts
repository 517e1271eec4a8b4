import type { HeadMask, Radiograph } from "../../types.ts";

/**
 * Plausible diameters of a femoral head, mm. Adults have 38 to 58, children from about 20. With a spacing that is not
 * corrected for magnification (at the detector, on a scanned film or from a PNG), heads appear about a fifth larger.
 */
const DIAMETERS_MM = { patient: [18, 62], magnified: [18, 75] } as const;

/** Whether a film's pixel spacing gives at least one head an implausible diameter; false if the film has no spacing. */
export function oddSpacing(
  heads: readonly Pick<HeadMask, "radiusPx">[],
  { pixelSpacingMm, spacingSource }: Pick<Radiograph, "pixelSpacingMm" | "spacingSource">,
): boolean {
  if (pixelSpacingMm === null) return false;
  const [least, most] = DIAMETERS_MM[spacingSource === "PixelSpacing" ? "patient" : "magnified"];
  const scale = Math.sqrt(pixelSpacingMm[0] * pixelSpacingMm[1]);
  return heads.some(({ radiusPx }) => 2 * radiusPx * scale < least || 2 * radiusPx * scale > most);
}
