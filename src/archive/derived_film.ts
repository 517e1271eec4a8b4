import type { Radiograph } from "../types.ts";
import { dateAndTime, decimalString, type DicomObject, dicomObject } from "./dicom_object.ts";
import { dicomUid } from "./dicom_uid.ts";
import { commonModules, type ExportFacts, type FilmObject } from "./film_object.ts";

/** SOP class of a secondary capture: an image that was not acquired by a DICOM modality. */
export const CAPTURE_CLASS = "1.2.840.10008.5.1.4.1.1.7";

/** A DICOM copy of a film, and what other objects need in order to refer to it. */
export interface DerivedFilm {
  readonly film: FilmObject;
  readonly object: DicomObject;
}

/**
 * Makes a DICOM copy of a film, so that other objects can refer to the copy if the film has no UIDs or if its UIDs are
 * not to be used. The pixels are those after reading: inverted if the header says that bone is dark, and resampled if
 * they are not square. Of the header only spacing and orientation are kept. Text that is burnt into the image is not
 * removed.
 *
 * @param options.id the film's id, hashed with the key of Caput's study. SeriesInstanceUID is made from it;
 * SOPInstanceUID from it and the sha256 of the stored pixels; StudyInstanceUID from `options.patient`.
 */
export function derivedFilm(
  radiograph: Radiograph,
  { id, patient, facts }: { id: string; patient: string; facts: ExportFacts },
): DerivedFilm {
  const { widthPx, heightPx, pixelSpacingMm, facing } = radiograph, { date, time } = dateAndTime(facts.at);
  const { samples, bits, described } = sixteenBits(radiograph);
  const film: FilmObject = {
    sopClassUid: CAPTURE_CLASS,
    sopInstanceUid: dicomUid(`film ${id} ${radiograph.storedSha256}`),
    seriesUid: dicomUid(`film series ${id}`),
    studyUid: dicomUid(`study ${patient}`),
    patient,
    rows: heightPx,
    columns: widthPx,
    pixelSpacingMm,
    orientation: facing === "behind" ? ["R", "F"] : facing === "front" ? ["L", "F"] : [],
  };
  const object = dicomObject({
    SOPClassUID: film.sopClassUid,
    SOPInstanceUID: film.sopInstanceUid,
    ...commonModules(film, facts),
    ImageType: ["DERIVED", "SECONDARY"],
    ConversionType: "WSD",
    Modality: "OT",
    Laterality: "",
    SeriesInstanceUID: film.seriesUid,
    SeriesNumber: "1",
    InstanceNumber: "1",
    ContentDate: date,
    ContentTime: time,
    PatientOrientation: [...film.orientation],
    DerivationDescription: `Pixels as Caput read them, ${described}; header removed`,
    SamplesPerPixel: 1,
    PhotometricInterpretation: "MONOCHROME2",
    Rows: heightPx,
    Columns: widthPx,
    ...(pixelSpacingMm ? { PixelSpacing: pixelSpacingMm.map(decimalString) } : {}),
    BitsAllocated: 16,
    BitsStored: bits,
    HighBit: bits - 1,
    PixelRepresentation: 0,
    PixelData: new Uint8Array(samples.buffer),
  });
  return { film, object };
}

/** Values of integer arrays are kept; floating-point values are scaled to the range 0 to 65535. */
function sixteenBits({ pixels, bitsStored }: Radiograph): {
  samples: Uint16Array<ArrayBuffer>;
  bits: number;
  described: string;
} {
  if (!(pixels instanceof Float32Array)) {
    return {
      samples: Uint16Array.from(pixels),
      bits: Math.min(16, bitsStored),
      described: "values unchanged",
    };
  }
  let low = Infinity, high = -Infinity;
  for (let i = 0; i < pixels.length; i++) {
    if (pixels[i] < low) low = pixels[i];
    if (pixels[i] > high) high = pixels[i];
  }
  const scale = high > low ? 65535 / (high - low) : 0, samples = new Uint16Array(pixels.length);
  for (let i = 0; i < samples.length; i++) samples[i] = Math.round((pixels[i] - low) * scale);
  return { samples, bits: 16, described: "values stretched over 16 bits" };
}
