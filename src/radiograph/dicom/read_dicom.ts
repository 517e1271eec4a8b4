import { decodeFrames, needsCodecs } from "./decode_frames.ts";
import { dicomHeader } from "./dicom_header.ts";
import { NativeCodecs } from "../codecs/native_codecs.ts";
import type { StoredImage } from "../stored/stored_image.ts";
import { storedValues } from "./stored_values.ts";
import { unguarded } from "../guard/time_guard.ts";
import { valueRemarks } from "./value_remarks.ts";

/**
 * Reads the stored values of a DICOM file: every transfer syntax of transfer_syntax.ts, colour and frames included.
 * No transform is applied; `rules` says which ones the header asks for.
 *
 * @param guard runs the pieces of the work and may stop them.
 * @throws {RadiographError} naming what is wrong with the file.
 */
export async function readDicom(file: Uint8Array, guard = unguarded): Promise<StoredImage> {
  const header = guard(() => dicomHeader(file));
  guard.allowPixels(header.rows * header.columns * header.frames);
  const codecs = needsCodecs(header.syntax) ? await NativeCodecs.load() : null;
  const bytes = guard(() => decodeFrames(header, codecs));
  const samples = guard(() => storedValues(bytes, header));
  const remarks = guard(() => valueRemarks(bytes, samples, header));
  const {
    uid,
    rows,
    columns,
    frames,
    samplesPerPixel,
    bitsStored,
    signed,
    photometric,
    palette,
    rules,
    facts,
  } = header;
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
    palette,
    samples,
    rules,
    facts,
    remarks,
  };
}
