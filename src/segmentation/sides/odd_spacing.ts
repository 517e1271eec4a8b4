import type { HeadMask, Radiograph } from "../../types.ts";

/**
 * Plausible diameters of a femoral head, mm. Adults have 38 to 58, children from about 20. If the spacing was measured
 * at the detector or on a scanned film, heads appear up to a quarter larger.
 */
const DIAMETERS_MM = { patient: [18, 62], magnified: [18, 75] } as const;

/** Whether a film's pixel spacing gives a head an impossible size; false if the film has no spacing. */
export function oddSpacing(
  heads: readonly Pick<HeadMask, "radiusPx">[],
  { pixelSpacingMm, spacingSource }: Pick<Radiograph, "pixelSpacingMm" | "spacingSource">,
): boolean {
  if (pixelSpacingMm === null) return false;
  const [least, most] = DIAMETERS_MM[spacingSource === "PixelSpacing" ? "patient" : "magnified"];
  const scale = Math.sqrt(pixelSpacingMm[0] * pixelSpacingMm[1]);
  return heads.some(({ radiusPx }) => 2 * radiusPx * scale < least || 2 * radiusPx * scale > most);
}
