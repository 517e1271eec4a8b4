import type { Side, SpacingSource } from "../types.ts";
import type { RadiographErrorCode } from "./guard/radiograph_error.ts";
import type { FilmFacts, StoredImage } from "./stored/stored_image.ts";
import { storedSha256 } from "./stored/stored_sha256.ts";

/**
 * What `caput inspect` prints for one file: header facts that cannot identify a person, and a hash of the stored
 * values.
 */
export interface InspectRecord {
  /** Detected file format. */
  readonly format: "dicom" | "png" | "tiff" | "jpeg";
  /** UID of the transfer syntax, or null if the file is not DICOM. */
  readonly transferSyntax: string | null;
  /** Number of pixel rows. */
  readonly rows: number;
  /** Number of pixel columns. */
  readonly columns: number;
  /** Number of frames. */
  readonly frames: number;
  /** Samples per pixel, such as 1 for greyscale and 3 for RGB. */
  readonly samplesPerPixel: number;
  /** Bits per stored value. */
  readonly bitsStored: number;
  /** Whether stored values are signed. */
  readonly signed: boolean;
  /** Photometric interpretation. */
  readonly photometric: string;
  /** [between rows, between columns] in mm, or null if unknown. */
  readonly pixelSpacingMm: readonly [number, number] | null;
  /** Header field that the spacing was read from. */
  readonly spacingSource: SpacingSource;
  /** Height over width of a pixel; 1 if unknown. */
  readonly pixelAspect: FilmFacts["pixelAspect"];
  /** Whether the film is seen from the front or from behind, according to the header. */
  readonly facing: FilmFacts["facing"];
  /** Path of the file. */
  readonly file: string;
  /** The patient's side in the header. */
  readonly laterality: Side;
  /** Codes such as `synthetic`, or `bits-stored` for an anomaly of the stored values. */
  readonly remarks: readonly string[];
  /** sha256 of the stored values. */
  readonly storedSha256: string;
}

/** What `caput inspect` prints for a file that cannot be read. */
export interface InspectFailure {
  /** Path of the file. */
  readonly file: string;
  /** Code, message and suggested fix. */
  readonly error: { readonly code: RadiographErrorCode; readonly message: string; readonly fix: string };
}

/** The record of a stored image, before any transform. */
export function inspectStored(image: StoredImage, file: string): InspectRecord {
  const { format, transferSyntax, rows, columns, frames, samplesPerPixel, bitsStored, signed, photometric } =
    image;
  const { pixelSpacingMm, spacingSource, pixelAspect, facing, headerSide } = image.facts;
  return {
    ...{
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
    },
    ...{ pixelSpacingMm, spacingSource, pixelAspect, facing },
    laterality: headerSide,
    remarks: image.remarks ?? [],
    storedSha256: storedSha256(image.samples),
  };
}
