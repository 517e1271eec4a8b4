import type { Side } from "../types.ts";
import type { RadiographErrorCode } from "./guard/radiograph_error.ts";
import type { FilmFacts, StoredImage } from "./stored/stored_image.ts";
import { storedSha256 } from "./stored/stored_sha256.ts";

/** Facts of a stored picture, and of its header, that are told as they are. */
type Told =
  & Pick<StoredImage, "format" | "transferSyntax" | "rows" | "columns" | "frames">
  & Pick<StoredImage, "samplesPerPixel" | "bitsStored" | "signed" | "photometric">
  & Pick<FilmFacts, "pixelSpacingMm" | "spacingSource" | "pixelAspect" | "facing">;

/** What `caput inspect` prints of one file: header facts that cannot name a person, and the hash of the stored values. */
export interface InspectRecord extends Told {
  readonly file: string;
  /** Side in the header. */
  readonly laterality: Side;
  /** Codes of what is odd about the stored values, such as `bits-stored`. */
  readonly remarks: readonly string[];
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
