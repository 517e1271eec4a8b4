import { createHash } from "node:crypto";
import { ANATOMY, dcm, FEMORAL_HEAD, sideCode } from "./codes.ts";
import { dateAndTime, type DicomObject, dicomObject } from "./dicom_object.ts";
import { dicomUid } from "./dicom_uid.ts";
import { commonModules, type ExportedHead, type ExportFacts, type FilmObject } from "./film_object.ts";

/** SOP class of a DICOM Segmentation. */
export const SEGMENTATION_CLASS = "1.2.840.10008.5.1.4.1.1.66.4";

/** Tracking UID of a head: the same in segmentation and report. */
export function trackingUid({ headId }: Pick<ExportedHead, "headId">, film: FilmObject): string {
  return dicomUid(`head ${headId} ${film.sopInstanceUid}`);
}

/** Name of a head in segmentation and report. */
export function headLabel({ side }: Pick<ExportedHead, "side">): string {
  return side === "unknown" ? "femoral head" : `${side} femoral head`;
}

/**
 * Makes a DICOM Segmentation (PS3.3 A.51) of the outlines of a film's heads: one segment and one frame per head,
 * with the same rows and columns as the film.
 *
 * @throws {RangeError} if there are no heads, because DICOM does not allow an empty segmentation.
 */
export function segmentationObject(
  film: FilmObject,
  { heads, facts }: { heads: readonly ExportedHead[]; facts: ExportFacts },
): DicomObject {
  if (heads.length === 0) throw new RangeError("Cannot write a segmentation: at least one head is needed");
  const { rows, columns } = film, { date, time } = dateAndTime(facts.at);
  const dimension = dicomUid("dimension: segment number");
  const reference = {
    ReferencedSOPClassUID: film.sopClassUid,
    ReferencedSOPInstanceUID: film.sopInstanceUid,
  };
  return dicomObject({
    SOPClassUID: SEGMENTATION_CLASS,
    SOPInstanceUID: dicomUid(`segmentation of ${film.sopInstanceUid} ${fingerprint(heads)}`),
    ...commonModules(film, facts),
    ImageType: ["DERIVED", "PRIMARY"],
    Modality: "SEG",
    SeriesInstanceUID: dicomUid(`segmentation series of ${film.seriesUid}`),
    SeriesNumber: "9001",
    SeriesDescription: "Femoral heads (Caput)",
    InstanceNumber: "1",
    ContentDate: date,
    ContentTime: time,
    PatientOrientation: film.orientation.length === 2 ? [...film.orientation] : [],
    ReferencedSeriesSequence: [{
      ReferencedInstanceSequence: [reference],
      SeriesInstanceUID: film.seriesUid,
    }],
    DimensionOrganizationSequence: [{ DimensionOrganizationUID: dimension }],
    DimensionIndexSequence: [{
      DimensionOrganizationUID: dimension,
      DimensionIndexPointer: 0x0062000b,
      FunctionalGroupPointer: 0x0062000a,
      DimensionDescriptionLabel: "Segment number",
    }],
    SamplesPerPixel: 1,
    PhotometricInterpretation: "MONOCHROME2",
    NumberOfFrames: String(heads.length),
    Rows: rows,
    Columns: columns,
    BitsAllocated: 1,
    BitsStored: 1,
    HighBit: 0,
    PixelRepresentation: 0,
    LossyImageCompression: "00",
    SegmentationType: "BINARY",
    SegmentsOverlap: "NO",
    ContentLabel: "FEMORAL_HEADS",
    ContentDescription: "Outlines found by Caput; research use",
    ContentCreatorName: "",
    SegmentSequence: heads.map((head, i) => segment(head, { number: i + 1, film, facts })),
    // Pixel Measures is omitted: rows, columns and spacing are the film's, and a projection image has no slice
    // thickness.
    SharedFunctionalGroupsSequence: [{}],
    PerFrameFunctionalGroupsSequence: heads.map((_, i) => ({
      DerivationImageSequence: [{
        SourceImageSequence: [{
          ...reference,
          SpatialLocationsPreserved: "YES",
          PurposeOfReferenceCodeSequence: [dcm("121322", "Source image for image processing operation")],
        }],
        DerivationCodeSequence: [dcm("113076", "Segmentation")],
      }],
      FrameContentSequence: [{ DimensionIndexValues: [i + 1] }],
      SegmentIdentificationSequence: [{ ReferencedSegmentNumber: i + 1 }],
    })),
    PixelData: packBits(heads.map(({ mask }) => mask), rows * columns),
  });
}

function segment(
  head: ExportedHead,
  { number, film, facts }: { number: number; film: FilmObject; facts: ExportFacts },
): Record<string, unknown> {
  const side = sideCode(head.side);
  return {
    SegmentedPropertyCategoryCodeSequence: [ANATOMY],
    SegmentNumber: number,
    SegmentLabel: headLabel(head),
    SegmentAlgorithmType: "AUTOMATIC",
    SegmentAlgorithmName: `Caput ${facts.version}`,
    SegmentedPropertyTypeCodeSequence: [{
      ...FEMORAL_HEAD,
      ...(side.length > 0 ? { SegmentedPropertyTypeModifierCodeSequence: side } : {}),
    }],
    TrackingID: head.headId,
    TrackingUID: trackingUid(head, film),
  };
}

/** Packs frames at one bit per pixel, lowest bit first, without padding between frames (PS3.5 8.1.1). */
function packBits(frames: readonly Uint8Array[], pixels: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(frames.length * pixels / 8));
  frames.forEach((frame, f) => {
    for (let i = 0, at = f * pixels; i < pixels; i++, at++) if (frame[i]) bytes[at >> 3] |= 1 << (at & 7);
  });
  return bytes;
}

/** Ids and outline hashes of the heads, so that segmentations with different outlines get different UIDs. */
function fingerprint(heads: readonly ExportedHead[]): string {
  return heads.map(({ headId, mask }) => `${headId} ${createHash("sha256").update(mask).digest("hex")}`).join(
    "\n",
  );
}
