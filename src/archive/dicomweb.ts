import { createHash } from "node:crypto";
import { ArchiveError } from "./archive_error.ts";
import { multipartBodies, multipartMessage } from "./multipart.ts";
import { type Credentials, type PatienceOptions, requestWithRetries } from "./request_with_retries.ts";

/** A film in an archive's list. It contains UIDs only, no names, dates or patient ids. */
export interface ArchivedFilm {
  /** UID of the DICOM study. */
  readonly studyUid: string;
  /** UID of the DICOM series. */
  readonly seriesUid: string;
  /** UID of the DICOM object. */
  readonly sopInstanceUid: string;
}

/** Criteria of a search for films. */
export interface FilmQuery {
  /** Earliest study date, YYYYMMDD; empty for no limit. */
  readonly from: string;
  /** Latest study date, YYYYMMDD; empty for no limit. */
  readonly to: string;
  /** Body parts as coded in the archive, such as HIP and PELVIS; an empty list means all. */
  readonly bodyParts: readonly string[];
}

/**
 * An archive that supports DICOMweb (PS3.18): QIDO-RS, WADO-RS, STOW-RS. Every method throws
 * {@linkcode ArchiveError} if the archive cannot be used.
 */
export interface DicomWeb {
  /**
   * Searches the archive for films in series whose modality may be that of a radiograph, sorted by SOP instance UID.
   * `onFilm` is called after each film with the number of films found so far.
   */
  find(query: FilmQuery, onFilm?: (count: number) => void): Promise<ArchivedFilm[]>;
  /** Retrieves one of the films that were found, as the bytes of a DICOM file. */
  retrieve(film: ArchivedFilm): Promise<Uint8Array>;
  /** Stores one DICOM file. Storing it again creates no duplicate, because its UIDs are the same. */
  store(bytes: Uint8Array): Promise<void>;
}

/** Modalities whose images may be radiographs; series of other modalities are ignored. */
const MODALITIES = ["CR", "DX", "RG", "RF", "XA", "OT", "SC"];
/** Number of entries requested at a time. */
const PAGE = 100;
const CHECK_ADDRESS = "check the address: it must be the part before /studies";

/**
 * Opens an archive.
 *
 * @param url base address, to which `/studies` is appended
 */
export function dicomWeb(
  url: string,
  { credentials = null, patience }: { credentials?: Credentials | null; patience?: PatienceOptions } = {},
): DicomWeb {
  const base = url.replace(/\/+$/, "");
  // No match is 200 with an empty list or body, or 204 (PS3.18 10.6.3.1). A 404 without a body means that the service
  // is not at this address, except for the list of a series' objects: some archives answer 404 for a series that was
  // deleted.
  const list = async (
    path: string,
    params: readonly [string, string][],
    { mayBeGone = false } = {},
  ): Promise<Record<string, unknown>[]> => {
    const found: Record<string, unknown>[] = [];
    for (;;) {
      const search = new URLSearchParams(
        [...params, ["limit", String(PAGE)], ["offset", String(found.length)]].map(([k, v]) => [k, v]),
      );
      const { status, bytes } = await requestWithRetries(`${base}${path}?${search}`, {
        headers: { accept: "application/dicom+json" },
        credentials,
        patience,
      });
      const noMatch = bytes.length === 0 && (status < 300 || (mayBeGone && status === 404));
      const page = noMatch ? [] : readJson(bytes, status);
      found.push(...page);
      if (page.length < PAGE) return found;
    }
  };
  return {
    async find({ from, to, bodyParts }, onFilm) {
      const dates: [string, string][] = from || to ? [["StudyDate", `${from}-${to}`]] : [];
      const series = new Map<string, { studyUid: string; seriesUid: string }>();
      for (const part of bodyParts.length > 0 ? bodyParts : [""]) {
        const body: [string, string][] = part ? [["BodyPartExamined", part]] : [];
        const fields: [string, string][] = [["includefield", "0020000D"], ["includefield", "00080060"]];
        for (const found of await list("/series", [...dates, ...body, ...fields])) {
          const studyUid = uidOf(found, "0020000D"), seriesUid = uidOf(found, "0020000E");
          if (MODALITIES.includes(textOf(found, "00080060"))) series.set(seriesUid, { studyUid, seriesUid });
        }
      }
      const films: ArchivedFilm[] = [];
      for (const { studyUid, seriesUid } of series.values()) {
        const instances = `/studies/${studyUid}/series/${seriesUid}/instances`;
        for (const found of await list(instances, [], { mayBeGone: true })) {
          films.push({ studyUid, seriesUid, sopInstanceUid: uidOf(found, "00080018") });
          onFilm?.(films.length);
        }
      }
      return films.sort((a, b) => a.sopInstanceUid < b.sopInstanceUid ? -1 : 1);
    },
    async retrieve({ studyUid, seriesUid, sopInstanceUid }) {
      const { status, bytes, contentType } = await requestWithRetries(
        `${base}/studies/${studyUid}/series/${seriesUid}/instances/${sopInstanceUid}`,
        {
          headers: { accept: 'multipart/related; type="application/dicom"; transfer-syntax=*' },
          credentials,
          patience,
        },
      );
      if (status !== 200) {
        throw new ArchiveError(
          `The archive lists a film but does not send it (${status})`,
          "not-found",
          "ask its administrator",
        );
      }
      const [film] = /multipart\/related/i.test(contentType) ? multipartBodies(bytes, contentType) : [bytes];
      const mark = film && String.fromCharCode(...film.subarray(128, 132));
      if (mark !== "DICM") {
        throw new ArchiveError(
          "The archive sent something that is not a DICOM file",
          "rubbish",
          "ask its administrator",
        );
      }
      return film;
    },
    async store(bytes) {
      const boundary = `caput-${createHash("sha256").update(bytes).digest("hex")}`; // must not occur in the object
      const { status, bytes: answer } = await requestWithRetries(`${base}/studies`, {
        method: "POST",
        headers: {
          "content-type": `multipart/related; type="application/dicom"; boundary=${boundary}`,
          accept: "application/dicom+json",
        },
        body: multipartMessage([bytes], boundary),
        credentials,
        patience,
      });
      const refused = status !== 200 && status !== 202 && status !== 204;
      if (refused || (answer.length > 0 && Array.isArray(failedOf(answer)))) {
        throw new ArchiveError(
          `The archive did not store an object (${status})`,
          "refused",
          status === 404 ? CHECK_ADDRESS : "ask its administrator what it accepts",
        );
      }
    },
  };
}

function readJson(bytes: Uint8Array, status: number): Record<string, unknown>[] {
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes));
    if (Array.isArray(value)) return value;
  } catch {
    // reported below
  }
  throw new ArchiveError(
    `The archive's list cannot be read (${status})`,
    "rubbish",
    CHECK_ADDRESS,
  );
}

/** Objects that were not stored according to a store response (0008,1198), or null. */
function failedOf(bytes: Uint8Array): unknown {
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes));
    const { Value } = (Array.isArray(value) ? value[0] : value)?.["00081198"] ?? {};
    return Array.isArray(Value) && Value.length > 0 ? Value : null;
  } catch {
    return null; // some archives respond in XML; the HTTP status is then sufficient
  }
}

function textOf(found: Record<string, unknown>, tag: string): string {
  const value = (found[tag] as { Value?: unknown[] } | undefined)?.Value?.[0];
  return typeof value === "string" ? value.trim() : "";
}

/** Checks that a text is a UID, because it becomes part of addresses and file names. */
function uidOf(found: Record<string, unknown>, tag: string): string {
  const text = textOf(found, tag);
  if (/^[0-9]+(\.[0-9]+)+$/.test(text) && text.length <= 64) return text;
  throw new ArchiveError(
    "The archive's list contains an invalid UID",
    "rubbish",
    "ask its administrator",
  );
}
