import dicomParser from "dicom-parser";
import { locateDataSet } from "./locate_data_set.ts";
import { mendVrs } from "./mend_vrs.ts";
import { sniffFormat } from "../guard/sniff_format.ts";

/**
 * Identifiers of a DICOM film in its archive. UIDs contain no names, but anyone with access to the archive can find
 * the patient by a UID.
 */
export interface FilmUids {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly seriesUid: string;
  readonly studyUid: string;
  /** Number of rows as stored. */
  readonly rows: number;
  /** Number of columns as stored. */
  readonly columns: number;
  /** PatientOrientation, or an empty list if it is missing or invalid. */
  readonly orientation: readonly string[];
}

/**
 * The identifiers of a DICOM film, or null if a UID is missing or invalid, rows or columns are missing, or the bytes
 * cannot be read as DICOM.
 */
export function filmUids(bytes: Uint8Array): FilmUids | null {
  try {
    if (sniffFormat(bytes) !== "dicom") return null;
    const place = locateDataSet(bytes);
    const mended = place.implicit ? place.bytes : mendVrs(place.bytes, place.syntax);
    const TransferSyntaxUID = place.implicit
      ? "1.2.840.10008.1.2"
      : place.syntax.bigEndian
      ? "1.2.840.10008.1.2.2"
      : "1.2.840.10008.1.2.1";
    const set = dicomParser.parseDicom(mended, { TransferSyntaxUID, untilTag: "x7fe00010" });
    const uid = (tag: string) => (set.string(tag) ?? "").replace(/\0/g, "").trim();
    const uids = {
      sopClassUid: uid("x00080016"),
      sopInstanceUid: uid("x00080018"),
      seriesUid: uid("x0020000e"),
      studyUid: uid("x0020000d"),
    };
    const valid = Object.values(uids).every((text) => /^[0-9]+(\.[0-9]+)+$/.test(text) && text.length <= 64);
    const rows = set.uint16("x00280010") ?? 0, columns = set.uint16("x00280011") ?? 0;
    if (!valid || rows === 0 || columns === 0) return null;
    const ends = (set.string("x00200020") ?? "").toUpperCase().split("\\").map((end) => end.trim());
    const orientation = ends.length === 2 && ends.every((end) => /^[LRAPHF]{1,3}$/.test(end)) ? ends : [];
    return { ...uids, rows, columns, orientation };
  } catch {
    return null;
  }
}
