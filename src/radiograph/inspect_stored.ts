import type { RadiographErrorCode } from "./radiograph_error.ts";
import type { StoredImage } from "./stored_image.ts";
import { storedSha256 } from "./stored_sha256.ts";

/** What `caput inspect` prints of one file: header facts that cannot name a person, and the hash of the stored values. */
export interface InspectRecord {
  readonly file: string;
  readonly format: string;
  /** UID, or null for anything but DICOM. */
  readonly transferSyntax: string | null;
  readonly rows: number;
  readonly columns: number;
  readonly frames: number;
  readonly samplesPerPixel: number;
  readonly bitsStored: number;
  readonly signed: boolean;
  readonly photometric: string;
  /** [between rows, between columns], mm. */
  readonly pixelSpacingMm: readonly [number, number] | null;
  readonly spacingSource: string;
  /** Side in the header. */
  readonly laterality: string;
  readonly storedSha256: string;
}

/** What `caput inspect` prints of a file that cannot be read. */
export interface InspectFailure {
  readonly file: string;
  readonly error: { readonly code: RadiographErrorCode; readonly message: string; readonly fix: string };
}

/** The record of a stored picture, before any transform. */
export function inspectStored(image: StoredImage, file: string): InspectRecord {
  const { format, transferSyntax, rows, columns, frames, samplesPerPixel, bitsStored, signed, photometric } =
    image;
  const { pixelSpacingMm, spacingSource, headerSide } = image.facts;
  return {
    file,
    format,
    transferSyntax,
    rows,
    columns,
    frames,
    samplesPerPixel,
    bitsStored,
    signed,
    photometric,
    pixelSpacingMm,
    spacingSource,
    laterality: headerSide,
    storedSha256: storedSha256(image.samples),
  };
}
