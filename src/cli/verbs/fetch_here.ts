import { archiveUrl } from "../call/archive_options.ts";
import { withCredentials } from "../call/credentials.ts";
import { EXIT } from "../call/exit_code.ts";
import type { Call, Verb } from "../call/verb.ts";
import { bodyPartsOf, dayOf, fetchVerb } from "./fetch.ts";

/**
 * The part of `caput fetch` that does the work. It runs in the restricted process that `fetchVerb` starts, which can
 * reach only the DICOM archive and write only the folder `--out`.
 */
export const fetchHere: Verb = {
  ...fetchVerb,
  async run(call) {
    const caput = await import("../../mod.ts");
    const { from, to, body, out = "films" } = call.options as Record<string, string | undefined>;
    const folder = call.resolve(out),
      query = {
        from: dayOf("from", from),
        to: dayOf("to", to),
        bodyParts: bodyPartsOf(body ?? "HIP,PELVIS"),
      };
    const url = archiveUrl(call.options.dicomweb as string).href;
    const { archive, found } = await withCredentials(async (credentials) => {
      const archive = caput.dicomWeb(url, {
        credentials,
        patience: {
          signal: call.signal,
          onRetry: (reason, ms) => call.note(`${reason}; trying again in ${Math.ceil(ms / 1000)} s`),
        },
      });
      return { archive, found: await archive.find(query) };
    });
    if (call.options["dry-run"] === true) {
      const studies = new Set(found.map(({ studyUid }) => studyUid)).size;
      if (call.json) call.printJson({ films: found.length, studies, dryRun: true });
      else {call.print(
          `${found.length} films of ${studies} studies would be downloaded to ${out}; nothing was downloaded`,
        );}
      return EXIT.done;
    }
    await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
    const ids = await caput.openKey(`${folder}/.caput-key`), bar = call.progress("films", found.length);
    let done = 0;
    const films = await caput.fetchFilms(archive, found, {
      out: folder,
      ids,
      signal: call.signal,
      onFilm: (film) => {
        bar.update(++done);
        if (call.json) call.printJson({ ...film, film: film.film });
        else if (film.error) call.print(`${film.film}\n  failed: ${film.error.message}\n  ${film.error.fix}`);
      },
    }).finally(() => bar.end());
    const count = (state: string) => films.filter((film) => film.state === state).length;
    const [fetched, kept, failed] = ["fetched", "kept", "failed"].map(count);
    const burnedIn = films.filter((film) => film.burnedIn).length;
    if (burnedIn > 0) {
      call.note(
        `${burnedIn} films have burnt-in annotations according to their header: check them before sharing.`,
      );
    }
    const manifest = await draft(folder, call);
    if (call.json) call.printJson({ films: found.length, fetched, kept, failed, manifest });
    else {call.print(
        `${found.length} films: ${fetched} fetched, ${kept} already there, ${failed} failed; ${
          manifest ?? "no cohort file"
        }`,
      );}
    return failed > 0 ? EXIT.someFailed : EXIT.done;
  },
};

/**
 * Drafts `cohort.csv`. An existing file is kept, because it may contain grades.
 *
 * @returns path of the file; null if the folder has no film.
 */
async function draft(folder: string, call: Call): Promise<string | null> {
  const { draftManifest, lookAtFilm, manifestText, writeAtomic } = await import("../../mod.ts");
  const path = `${folder}/cohort.csv`;
  if (await Deno.stat(path).then(() => true, () => false)) {
    call.note(
      "cohort.csv exists and may contain grades, so it was not changed. `caput manifest` drafts another one.",
    );
    return path;
  }
  const { rows } = await draftManifest(folder, { pattern: /^P(?<patient>[0-9a-f]{16})\//, look: lookAtFilm });
  if (rows.length === 0) return null;
  await writeAtomic(path, manifestText(rows));
  call.note("Grades are blank in cohort.csv; films without a side have one row per hip.");
  return path;
}
