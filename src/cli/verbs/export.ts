import { COHORT_FILE_OPTIONS, fileCohortOfCall } from "../call/cohort_options.ts";
import { EXIT } from "../call/exit_code.ts";
import { UsageError, type Verb } from "../call/verb.ts";
import { exportMasksCall, MASK_OPTIONS } from "./export_masks.ts";

export const exportStudy: Verb = {
  name: "export",
  args: "STUDY|FOLDER",
  count: [1, 1],
  summary: "Writes a study's results for other programs: DICOM, or the outlines of the film desk.",
  details:
    "With --dicom, writes each film's outlines as a Segmentation and its measurements as a Structured Report (TID 1500). Both refer to the " +
    "film by its UIDs if its file has them, otherwise to a copy that is written too. A study stores no paths: your own films are found " +
    "through the cohort file and key that it was run with. Text that is burnt into a film remains on its copy. " +
    "With --masks, FOLDER is a folder of films that were corrected at the desk (caput desk).",
  options: {
    dicom: { kind: "text", value: "DIR", help: "write DICOM objects to DIR" },
    ...MASK_OPTIONS,
    refer: {
      kind: ["source", "derived"],
      help:
        "source: refer to films by their own UIDs if they have them; derived: always to copies (default source)",
    },
    ...COHORT_FILE_OPTIONS,
  },
  example: [
    "caput export studies/small --dicom dicom",
    "caput export studies/mine --cohort films/cohort.csv --dicom dicom",
    "caput export films --masks films/corrected",
  ],
  async run(call) {
    const { dicom, cohort, refer } = call.options as Record<string, string | undefined>;
    if (dicom !== undefined && call.options.masks !== undefined) {
      throw new UsageError("caput export takes either --dicom or --masks", "run it once for each");
    }
    if (call.options.masks !== undefined) return await exportMasksCall(call);
    if (dicom === undefined) {
      throw new UsageError("caput export needs an output", "write --dicom DIR or --masks DIR");
    }
    const { exportDicom } = await import("../../mod.ts");
    const folder = call.resolve(call.args[0]), out = call.resolve(dicom);
    const films = cohort === undefined ? null : await fileCohortOfCall(call, out);
    let bar: ReturnType<typeof call.progress> | undefined;
    const done = await exportDicom(folder, {
      out,
      cohort: films,
      refer: refer as "source" | undefined,
      signal: call.signal,
      onFilm: (done, total) => (bar ??= call.progress("films", total)).update(done),
    }).finally(() => bar?.end());
    for (const { film, message } of done.failures) {
      if (call.json) call.printJson({ film, error: { code: "not-exported", message, fix: "" } });
      else call.print(`${film}\n  failed: ${message}`);
    }
    const files = done.films.flatMap((film) => film.files);
    if (call.json) { for (const film of done.films) call.printJson(film); }
    else call.print(`${files.length} DICOM objects of ${done.films.length} films: ${dicom}`);
    return done.failures.length > 0 ? EXIT.someFailed : EXIT.done;
  },
};
