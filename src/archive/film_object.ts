/** The film that exported DICOM objects refer to: its UIDs, and the attributes that they take over from it. */
export interface FilmObject {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly seriesUid: string;
  readonly studyUid: string;
  /** Patient id, hashed with the key of the study. */
  readonly patient: string;
  readonly rows: number;
  readonly columns: number;
  /** [between rows, between columns] in mm, or null. */
  readonly pixelSpacingMm: readonly [number, number] | null;
  /** Patient orientation of rows and columns, such as L and F; empty if unknown. */
  readonly orientation: readonly string[];
}

/** Attributes shared by all objects of an export. */
export interface ExportFacts {
  /** Version of Caput. */
  readonly version: string;
  /** Time written into the objects: the modification time of the study's `study.json`. */
  readonly at: Date;
}

/** One head of an export. */
export interface ExportedHead {
  readonly headId: string;
  readonly side: "right" | "left" | "unknown";
  /** Centre [column, row] on the film; (0, 0) is the centre of the first pixel. */
  readonly centerPx: readonly [number, number];
  /** Radius in units of the spacing between columns. */
  readonly radiusPx: number;
  /** NaN if the film has no pixel spacing. */
  readonly radiusMm: number;
  readonly distance: number;
  readonly percentile: number;
  readonly percentileInterval: readonly [number, number];
  readonly residual: number;
  readonly outOfDomain: boolean;
  readonly quality: readonly string[];
  /** Mask of the head on the film. */
  readonly mask: Uint8Array; // [rows, columns], 0 or 1
}

/**
 * Patient, study and equipment modules of every object (PS3.3 C.7.1, C.7.2, C.7.5). They contain no identifying data.
 */
export function commonModules(film: FilmObject, { version }: ExportFacts): Record<string, unknown> {
  return {
    StudyDate: "",
    StudyTime: "",
    AccessionNumber: "",
    ReferringPhysicianName: "",
    StudyID: "",
    PatientName: "",
    PatientID: film.patient,
    PatientBirthDate: "",
    PatientSex: "",
    PatientIdentityRemoved: "YES",
    DeidentificationMethod: "Caput: keyed id; no name, date or free text kept",
    StudyInstanceUID: film.studyUid,
    Manufacturer: "Caput",
    ManufacturerModelName: "Caput",
    DeviceSerialNumber: "0",
    SoftwareVersions: version,
  };
}
