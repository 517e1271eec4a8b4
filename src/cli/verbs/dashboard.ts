import { openBrowser } from "../call/open_browser.ts";
import { COHORT_FILE_OPTIONS, fileCohortOfCall } from "../call/cohort_options.ts";
import { EXIT } from "../call/exit_code.ts";
import { SHARED } from "../call/shared_options.ts";
import { type Call, UsageError, type Verb } from "../call/verb.ts";

/** Serves a study on loopback until the process is interrupted; `start` and `dashboard --serve` share it. */
export async function serveCall(studyDir: string, call: Call): Promise<number> {
  const { servePage } = await import("../../../dashboards/serve_page.ts");
  const { loadModels, liveScorer, modelsForFilms, openDicomExport } = await import("../../mod.ts");
  const cohort = call.options.cohort === undefined ? null : await fileCohortOfCall(call, studyDir);
  const folder = call.options.models === undefined ? undefined : call.resolve(String(call.options.models));
  const device = call.options.device as "auto" | undefined;
  const open = async (from?: string) =>
    await loadModels(from, { device }).catch((error) => {
      call.note(`Live scoring is off: ${error.message}`);
      return null;
    });
  const models = await open(folder ?? await modelsForFilms());
  const map = folder === undefined ? await open() : models; // the map uses the networks of its own study
  const served = await servePage({
    studyDir,
    port: call.options.port === undefined ? undefined : Number(call.options.port),
    scorer: models ? liveScorer(models, { map: map ?? models }) : undefined,
    dicom: () => openDicomExport(studyDir, { cohort }),
    signal: call.signal,
  });
  if (call.json) call.printJson({ url: served.url });
  else call.print(served.url);
  call.note("Serving on this machine only. Press Ctrl-C to stop.");
  if (call.options.open === true) openBrowser(served.url, call);
  await served.finished;
  call.note("Stopped. The study is unchanged; caput dashboard STUDY --serve opens it again.");
  return EXIT.done;
}

export const SERVE_OPTIONS = {
  port: { kind: "whole", range: [0, 65535], help: "port on loopback; 0 uses any free port (default 8765)" },
  open: { kind: "flag", help: "open the page in a browser" },
  models: {
    ...SHARED.models,
    help:
      "folder of models and plan.json for scoring films dropped on the page (default: models/real that comes with Caput)",
  },
  device: SHARED.device,
} as const;

export const dashboard: Verb = {
  name: "dashboard",
  args: "STUDY",
  count: [1, 1],
  summary:
    "Writes dashboard.html, one file that opens offline; --serve serves it on this machine and scores films dropped on it.",
  details:
    "A study stores no paths. The served page can export results on your own films as DICOM objects only if you give the cohort file and " +
    "key that the study was run with.",
  options: {
    serve: { kind: "flag", help: "serve the page on 127.0.0.1 and score films dropped on it" },
    ...SERVE_OPTIONS,
    ...COHORT_FILE_OPTIONS,
  },
  example: [
    "caput dashboard studies/paper",
    "caput dashboard studies/paper --serve --open",
    "caput dashboard studies/mine --serve --cohort films/cohort.csv",
  ],
  async run(call) {
    const studyDir = call.resolve(call.args[0]);
    if (call.options.serve === true) return await serveCall(studyDir, call);
    if (call.options.cohort !== undefined) {
      throw new UsageError("--cohort is for the served page's DICOM export", "add --serve, or leave it out");
    }
    const { buildPage } = await import("../../../dashboards/build_page.ts");
    const { refreshPage } = await import("../../mod.ts");
    const file = await refreshPage(studyDir, buildPage);
    if (call.json) call.printJson({ file });
    else call.print(file);
    if (call.options.open === true) openBrowser(file, call);
    return EXIT.done;
  },
};
