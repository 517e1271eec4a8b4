import { EXIT } from "../call/exit_code.ts";
import { filmsOf } from "../call/film_paths.ts";
import { type Call, UsageError, type Verb } from "../call/verb.ts";
import { openBrowser } from "../call/open_browser.ts";
import { SERVE_OPTIONS } from "./dashboard.ts";

/** File name of the correction log, in the folder that the user named. */
export const LOG_NAME = "corrections.jsonl";

/**
 * Folder of the films, as typed: `--films`, or the named folder, or the folder `films` of the named study if there is one
 * (its films are then synthetic). A study of real films stores no paths, so `--films` is needed.
 *
 * @throws {UsageError} if the named folder does not exist, or is a study without the folder `films`.
 */
export async function filmFolder(call: Call): Promise<string> {
  const { films } = call.options, named = call.args[0].replace(/[\\/]+$/, "");
  if (typeof films === "string") return films.replace(/[\\/]+$/, "");
  const isThere = (path: string) => Deno.stat(call.resolve(path)).then(() => true, () => false);
  if (!await isThere(named)) {
    throw new UsageError(
      `${named} does not exist`,
      "name a folder of films or a study; see caput desk --help",
    );
  }
  if (!await isThere(`${named}/study.json`)) return named;
  if (await isThere(`${named}/films`)) return `${named}/films`;
  throw new UsageError(
    `${named} is a study whose films are in another folder, and a study stores no paths`,
    `name their folder: caput desk ${named} --films FOLDER`,
  );
}

export const desk: Verb = {
  name: "desk",
  args: "STUDY|FOLDER",
  count: [1, 1],
  summary: "Serves the film desk on loopback: look at films, correct the outlines of heads.",
  details:
    `Every change is saved at once to ${LOG_NAME} in the named folder; films are not changed. The least certain films come ` +
    "first. Give each reader a code: readers see the network's outlines and their own, not those of other readers. caput export FOLDER " +
    "--masks DIR then writes the corrected outlines for training. The button Learn trains the network on the checked films (ten films take " +
    "some minutes), compares it with the previous one on held-out films, and keeps it in a new models folder (learnt-1 and so on, in the named folder) if it is better.",
  options: {
    ...SERVE_OPTIONS,
    models: {
      ...SERVE_OPTIONS.models,
      help:
        "folder of models and plan.json (default: models for the outlines; real films are scored with models/real)",
    },
    port: { kind: "whole", range: [0, 65535], help: "port on loopback; 0 uses any free port (default 8766)" },
    reader: { kind: "text", value: "CODE", help: "code of the reader, not a name (default R1)" },
    films: {
      kind: "text",
      value: "FOLDER",
      help: "folder of the films, if it is not the named folder (for a study of your own films)",
    },
  },
  example: [
    "caput desk films --open",
    "caput desk films --reader R2",
    "caput desk studies/mine --films films",
  ],
  async run(call) {
    const reader = String(call.options.reader ?? "R1");
    if (!/^[A-Za-z0-9_-]{1,32}$/.test(reader) || reader === "network") {
      throw new UsageError(
        "--reader must be 1 to 32 letters, digits, - or _, and not network",
        "for example --reader R2",
      );
    }
    const {
      deskLearning,
      loadModels,
      loadUnet,
      modelsForFilms,
      openDesk,
      referenceWords,
      readRadiograph,
      SHIPPED_MODELS,
    } = await import(
      "../../mod.ts"
    );
    const { serveDesk } = await import("../../../dashboards/serve_desk.ts");
    const named = await filmFolder(call), films = await filmsOf(named, { call, unpacked: [] });
    const folder = call.options.models === undefined ? undefined : call.resolve(String(call.options.models));
    const device = call.options.device as "auto" | undefined, models = await loadUnet(folder, { device });
    // The films of a synthetic study lie in its own folder; all others are scored among real heads.
    const synthetic = named === `${call.args[0].replace(/[\\/]+$/, "")}/films`;
    const scoring = await loadModels(folder ?? (synthetic ? undefined : await modelsForFilms()), { device })
      .catch((error) => {
        call.note(`Scoring is off: ${error.message}`);
        return null;
      });
    if (scoring) call.note(`Percentiles are among ${referenceWords(scoring.normative.reference)}.`);
    const below = films.map(({ typed, path }) => ({
      path,
      name: typed.slice(named.replace(/[\\/]+$/, "").length + 1),
    }));
    const home = call.resolve(call.args[0]), log = `${home}/${LOG_NAME}`;
    const opened = await openDesk({
      films: below,
      log,
      models,
      scoring,
      read: readRadiograph,
    });
    const learning = deskLearning({
      filmsNow: () =>
        opened.queue(reader).filter(({ film, done }) => film === null || done)
          .map(({ index }) => ({ path: below[index].path, radiograph: below[index].name })),
      ...{ log, filmFolder: call.resolve(named), folder: home, from: folder ?? SHIPPED_MODELS, reader },
      ...{ read: readRadiograph, signal: call.signal, shown: call.args[0].replace(/[\\/]+$/, "") },
      device: call.options.device as "auto" | undefined,
    });
    const served = await serveDesk({
      ...{ desk: opened, learning },
      reader,
      port: call.options.port === undefined ? undefined : Number(call.options.port),
      signal: call.signal,
    });
    if (call.json) call.printJson({ url: served.url });
    else call.print(served.url);
    call.note(`${films.length} films for reader ${reader}, on this machine only. Press Ctrl-C to stop.`);
    if (call.options.open === true) openBrowser(served.url, call);
    const looking = opened.lookAtAll(call.signal);
    await served.finished;
    await looking;
    await learning.ended();
    opened.close();
    call.note("Stopped. All corrections are saved; the same command continues with them.");
    return EXIT.done;
  },
};
