import { decodeFrames, needsCodecs } from "./decode_frames.ts";
import { dicomHeader } from "./dicom_header.ts";
import { NativeCodecs } from "../codecs/native_codecs.ts";
import type { StoredImage } from "../stored/stored_image.ts";
import { storedValues } from "./stored_values.ts";
import { unguarded } from "../guard/time_guard.ts";
import { valueRemarks } from "./value_remarks.ts";

/**
 * Reads the stored values of a DICOM file in any transfer syntax of transfer_syntax.ts, including colour and multiple
 * frames. No transform is applied; `rules` lists the transforms in the header.
 *
 * @param guard limits the processor time.
 * @throws {RadiographError} if the file cannot be read; the message says why.
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
