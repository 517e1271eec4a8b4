import { zipSync } from "fflate";
import type { DicomExporter } from "../src/mod.ts";
import type { Answer } from "./answerer.ts";
import { type BodyRoom, readBody } from "./read_body.ts";

/** Opens the study's export. Called at the first request, and again at the next request after a failure. */
export type DicomSource = () => Promise<DicomExporter>;

/** Maximum size of a request's body in bytes; the body contains only the id of a film. */
const MOST_BYTES = 4096;
/** Errors whose messages contain neither paths nor identifying data. */
const CLEAN_NAMES = ["InputError", "TooFewError", "RadiographError", "CohortError"];

/**
 * Handles `/api/dicom`; the caller checks the request first. GET lists the films that can be exported. POST with the
 * body `{"film": ID}` makes the DICOM objects of one film, as `caput export --dicom` does, and returns them as an
 * uncompressed ZIP. Films are processed one after the other. Errors have code, message and fix; their status is 422 if
 * the export cannot be opened or the film cannot be exported, 404 if there is no such film, and 400 if the body is not
 * as above.
 *
 * @throws the errors of `readBody`, in the returned function.
 */
export function serveDicom(
  open: DicomSource,
  { answer, room, idleMs }: { answer: Answer; room: BodyRoom; idleMs: number },
): (request: Request) => Promise<Response> {
  let opened: Promise<DicomExporter> | null = null, turn: Promise<unknown> = Promise.resolve();
  const exporter = () => {
    const opening = opened ??= open();
    opening.catch(() => opened = null);
    return opening;
  };
  const json = (status: number, value: unknown) => answer(status, JSON.stringify(value), "application/json");
  const failed = (status: number, error: unknown) => json(status, { error: describeError(error) });
  return async (request) => {
    if (request.method !== "POST") {
      try {
        return json(200, { films: (await exporter()).films });
      } catch (error) {
        return failed(422, error);
      }
    }
    const body = await readBody(request, { maxBytes: MOST_BYTES, idleMs, totalMs: 2 * idleMs, room });
    room.give(body.length);
    const film = filmOf(body);
    if (film === null) {
      return json(400, {
        error: { code: "bad-request", message: 'The request must be {"film": ID}', fix: "" },
      });
    }
    const made = turn.then(async () => {
      try {
        const { films, objects } = await exporter();
        if (!films.includes(film)) return failed(404, new NoSuchFilm());
        const { files } = await objects(film);
        const entries = Object.fromEntries(files.map(({ name, bytes }) => [name, bytes]));
        return answer(200, zipSync(entries, { level: 0 }), "application/zip");
      } catch (error) {
        return failed(422, error);
      }
    });
    turn = made;
    return await made;
  };
}

/** The study contains no outline on a film with this id. */
class NoSuchFilm extends Error {
  override readonly name = "InputError";
  readonly code = "no-such-film";
  readonly fix = "reload the page: the study may have been run again";
  constructor() {
    super("The study has no outline on a film with this id");
  }
}

/** The film id in a request, or null. */
function filmOf(body: Uint8Array): string | null {
  try {
    const { film } = JSON.parse(new TextDecoder().decode(body));
    return typeof film === "string" ? film : null;
  } catch {
    return null;
  }
}

/**
 * An error for the response. Of unexpected errors only the class name is sent, because the message may contain a path.
 */
function describeError(error: unknown): { code: string; message: string; fix: string } {
  const { name = "Error", message, code, fix } = error as Error & { code?: unknown; fix?: unknown };
  const clean = CLEAN_NAMES.includes(name);
  return {
    code: typeof code === "string" ? code : "not-exported",
    message: clean ? message : `The export failed (${name})`,
    fix: typeof fix === "string" && fix !== "" && clean
      ? fix
      : "check whether the film's file is still at the path given in the cohort file",
  };
}
