import { EXIT } from "../call/exit_code.ts";
import type { Call, OptionSpec } from "../call/verb.ts";
import { filmsOf } from "../call/film_paths.ts";
import { filmFolder, LOG_NAME } from "./desk.ts";

/** Options of `caput export` for outlines that readers checked at the desk. */
export const MASK_OPTIONS = {
  masks: { kind: "text", value: "DIR", help: "write the outlines that a reader checked at the desk to DIR" },
  format: {
    kind: ["png", "nrrd", "nifti", "labelme", "coco"],
    help:
      "files of --masks: a PNG per head (png, the default) and, if DIR is inside the folder of the films, a cohort file for training; or label maps (nrrd, nifti) or JSON (labelme, coco)",
  },
  reader: {
    kind: "text",
    value: "CODE",
    help: "code of the reader whose outlines --masks writes (default R1)",
  },
  films: {
    kind: "text",
    value: "FOLDER",
    help: "folder of the films, if it is not the named folder (with --masks)",
  },
} as const satisfies Record<string, OptionSpec>;

/** `caput export FOLDER --masks DIR`. */
export async function exportMasksCall(call: Call): Promise<number> {
  const { exportMasks, readRadiograph } = await import("../../mod.ts");
  const { masks, format = "png", reader = "R1" } = call.options as Record<string, string | undefined>;
  const named = await filmFolder(call);
  const folder = call.resolve(masks!), root = call.resolve(named);
  const inside = folder.startsWith(`${root}/`) ? folder.slice(root.length + 1).replace(/\/+$/, "") : null;
  let bar: ReturnType<typeof call.progress> | undefined, current = "";
  const progress = (label: string) => (done: number, total: number) => {
    if (label !== current) {
      bar?.end();
      bar = call.progress(current = label, total);
    }
    bar!.update(done);
  };
  const done = await exportMasks({
    log: `${call.resolve(call.args[0])}/${LOG_NAME}`,
    films: async () => {
      const films = await filmsOf(named, { call, unpacked: [], onFile: progress("looking for films") });
      return films.map(({ typed, path }) => ({ path, radiograph: typed.slice(named.length + 1) }));
    },
    ...{ reader, folder, signal: call.signal, format: format as "png" },
    read: readRadiograph,
    cohort: inside === null ? null : { path: `${root}/corrected.csv`, masks: inside },
    onFilm: progress("films"),
  }).finally(() => bar?.end());
  const files = done.files.map((file) => file.startsWith("/") ? file : `${masks}/${file}`)
    .map((file) => file.startsWith(`${root}/`) ? `${named}/${file.slice(root.length + 1)}` : file);
  if (call.json) call.printJson({ files, films: done.used, left: done.left, failures: done.failures });
  else for (const file of files) call.print(file);
  for (const { film, message } of done.failures) call.note(`${film} could not be read: ${message}`);
  if (done.left.length > 0) {
    call.note(
      `${done.left.length} films are not in corrected.csv: each head must have a side, with at most one right and one left`,
    );
  }
  if (format === "png" && inside === null) {
    call.note("To get a cohort file for training, use a DIR inside the folder of the films.");
  } else if (done.used > 0) {
    call.note(
      "Each film counts as a separate patient. If a patient has several films, enter the same name in the column patient. Then: " +
        `caput train unet --from models --cohort ${named}/corrected.csv --phantom training --out models/mine`,
    );
  }
  return done.failures.length > 0 ? EXIT.someFailed : EXIT.done;
}
