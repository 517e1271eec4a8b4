/** The film that objects are made from: what they refer to and what they share with it. */
export interface FilmObject {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly seriesUid: string;
  readonly studyUid: string;
  /** Keyed id. */
  readonly patient: string;
  readonly rows: number;
  readonly columns: number;
  /** [between rows, between columns] in mm, or null. */
  readonly pixelSpacingMm: readonly [number, number] | null;
  /** Ends of the patient that rows and columns run to, such as L and F; empty where nothing tells. */
  readonly orientation: readonly string[];
}

/** What every object of an export shares. */
export interface ExportFacts {
  /** Version of this program. */
  readonly version: string;
  /** When the study was concluded. */
  readonly at: Date;
}

/** One head as it is exported. */
export interface ExportedHead {
  readonly headId: string;
  readonly side: "right" | "left" | "unknown";
  /** Centre and radius on the film, pixels of its columns. */
  readonly centerPx: readonly [number, number];
  readonly radiusPx: number;
  /** NaN where the film tells no spacing. */
  readonly radiusMm: number;
  readonly distance: number;
  readonly percentile: number;
  readonly percentileInterval: readonly [number, number];
  readonly residual: number;
  readonly outOfDomain: boolean;
  readonly quality: readonly string[];
  /** Its pixels on the film. */
  readonly mask: Uint8Array; // [rows, columns], 0 or 1
}

/** Modules that every object has of patient, study and equipment; nothing in them names anybody (PS3.3 C.7.1, C.7.2, C.7.5). */
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
