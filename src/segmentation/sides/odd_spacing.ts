import type { HeadMask, Radiograph } from "../../types.ts";

/**
 * Diameters of a femoral head that a spacing may come to, mm: adults have 38 to 58, children from about 20; a spacing measured at the
 * detector or on a scanned film makes it up to a quarter larger.
 */
const DIAMETERS_MM = { patient: [18, 62], magnified: [18, 75] } as const;

/** Whether a film's spacing gives a head a size that no head has; false where it tells no spacing. */
export function oddSpacing(
  heads: readonly Pick<HeadMask, "radiusPx">[],
  { pixelSpacingMm, spacingSource }: Pick<Radiograph, "pixelSpacingMm" | "spacingSource">,
): boolean {
  if (pixelSpacingMm === null) return false;
  const [least, most] = DIAMETERS_MM[spacingSource === "PixelSpacing" ? "patient" : "magnified"];
  const scale = Math.sqrt(pixelSpacingMm[0] * pixelSpacingMm[1]);
  return heads.some(({ radiusPx }) => 2 * radiusPx * scale < least || 2 * radiusPx * scale > most);
}
