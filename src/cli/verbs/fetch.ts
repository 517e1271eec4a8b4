import { ARCHIVE_OPTION, archiveUrl } from "../call/archive_options.ts";
import { launchArchive } from "../call/launch_archive.ts";
import { UsageError, type Verb } from "../call/verb.ts";

/** Converts a date such as 2020-01-31 to DICOM's format, 20200131; "" if none is given. @throws {UsageError} if the text is no date. */
export function dayOf(name: string, text: string | undefined): string {
  if (text === undefined) return "";
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  const date = new Date(`${text}T00:00:00Z`);
  if (year && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)) {
    return `${year}${month}${day}`;
  }
  throw new UsageError(`--${name} takes a day`, "such as 2020-01-31");
}

/** List of body parts, in upper case as archives code them. @throws {UsageError} if an item cannot be such a code. */
export function bodyPartsOf(text: string | undefined): string[] {
  const parts = (text ?? "").split(",").map((part) => part.trim().toUpperCase()).filter((part) =>
    part !== ""
  );
  if (parts.every((part) => /^[A-Z0-9_ ]{1,16}$/.test(part))) return parts;
  throw new UsageError("--body takes codes of body parts", "such as HIP,PELVIS");
}

export const fetchVerb: Verb = {
  name: "fetch",
  args: "",
  count: [0, 0],
  summary: "Downloads films from an archive (DICOMweb), hashes patient ids, and drafts a cohort file.",
  details:
    "Searches with QIDO-RS and downloads with WADO-RS, in a process that can reach only the named host and write only the named folder. Of each " +
    "header, only technical attributes and the UIDs are kept (with access to the archive, the UIDs identify the patient); text that is burnt into an image remains. Existing films are not downloaded again, so an " +
    "interrupted download continues when the command is repeated. Credentials come from CAPUT_DICOMWEB_USER and CAPUT_DICOMWEB_PASSWORD, or " +
    "CAPUT_DICOMWEB_TOKEN, or a prompt; they are never written to a file.",
  options: {
    ...ARCHIVE_OPTION,
    from: { kind: "text", value: "DATE", help: "first day of the studies, such as 2020-01-01" },
    to: { kind: "text", value: "DATE", help: "last day of the studies" },
    body: {
      kind: "text",
      value: "A,B",
      help: 'body parts as the archive codes them (default HIP,PELVIS; "" for all)',
    },
    out: {
      kind: "text",
      value: "DIR",
      help:
        "folder for the films, cohort.csv and .caput-key, the key that patient ids are hashed with (default films)",
    },
    resume: { kind: "flag", idle: true, help: "no effect: an interrupted download is always continued" },
    "dry-run": { kind: "flag", help: "report how many films would be downloaded, without downloading" },
  },
  example: [
    "caput fetch --dicomweb https://archive.example/dicom-web --from 2020-01-01 --body HIP,PELVIS --out films --dry-run",
  ],
  async run(call) {
    archiveUrl(call.options.dicomweb as string | undefined); // report errors before anything starts
    for (const name of ["from", "to"]) dayOf(name, call.options[name] as string | undefined);
    bodyPartsOf(call.options.body as string | undefined);
    return await launchArchive(call, {
      verb: "fetch",
      reads: [],
      writes: call.resolve(String(call.options.out ?? "films")),
    });
  },
};
