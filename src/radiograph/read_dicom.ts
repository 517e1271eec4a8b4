import { decodeFrames } from "./decode_frames.ts";
import { dicomHeader } from "./dicom_header.ts";
import type { StoredImage } from "./stored_image.ts";
import { storedValues } from "./stored_values.ts";

/**
 * Reads the stored values of a DICOM file: every transfer syntax of transfer_syntax.ts, colour and frames included.
 * No transform is applied; `rules` says which ones the header asks for.
 *
 * @throws {RadiographError} naming what is wrong with the file.
 */
export async function readDicom(file: Uint8Array): Promise<StoredImage> {
  const header = dicomHeader(file);
  const samples = storedValues(await decodeFrames(header), header);
  const { uid, rows, columns, frames, samplesPerPixel, bitsStored, signed, photometric, rules, facts } =
    header;
  return {
    format: "dicom",
    transferSyntax: uid,
    rows,
    columns,
    frames,
    samplesPerPixel,
    bitsStored,
    signed,
    photometric,
    samples,
    rules,
    facts,
  };
}
