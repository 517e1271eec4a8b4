import { EXIT } from "../call/exit_code.ts";
import { SHARED } from "../call/shared_options.ts";
import { type Call, UsageError, type Verb } from "../call/verb.ts";
import { openBrowser } from "../call/open_browser.ts";

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

export const site: Verb = {
  name: "site",
  args: "STUDY",
  count: [1, 1],
  summary: "Writes a static site that shows a study and scores films in the browser; no server, no upload.",
  details:
    "Films dropped on the page are scored in the browser tab, on WebGPU or WebAssembly, with the same numbers as caput score, and are not " +
    "sent anywhere. Any server of static files can host the site (over https, or on this machine with --serve); after the first visit it " +
    "works without a network. The site contains the study's pictures and tables: publish it only if they may be published.",
  options: {
    out: {
      kind: "text",
      value: "DIR",
      help: "folder for the site (required): a new or empty one, or one that contains a site",
    },
    models: {
      ...SHARED.models,
      help:
        "folder of models and plan.json that the site scores films with (default: models/real that comes with Caput)",
    },
    serve: { kind: "flag", help: "serve the site on 127.0.0.1 once it is written" },
    port: { kind: "whole", range: [0, 65535], help: "port on loopback; 0 uses any free port (default 8767)" },
    open: { kind: "flag", help: "with --serve: open the site in a browser" },
  },
  example: [
    "caput site studies/paper --out dist/site",
    "caput site studies/paper --out dist/site --serve --open",
  ],
  async run(call) {
    if (call.options.out === undefined) {
      throw new UsageError("--out must name a folder", "for example --out dist/site");
    }
    const record = `${call.args[0]}/study.json`;
    if (!await Deno.stat(call.resolve(record)).then(() => true, () => false)) {
      throw new UsageError(
        `${record} is missing`,
        "name the folder of a finished study; caput run makes one",
      );
    }
    const { buildSite } = await import("../../../dashboards/build_site.ts");
    const { modelsForFilms, SHIPPED_MODELS } = await import("../../mod.ts");
    const named = call.options.models === undefined ? undefined : call.resolve(String(call.options.models));
    call.note("Building the site from the study's page.");
    let bar: ReturnType<typeof call.progress> | undefined;
    const built = await buildSite(call.resolve(call.args[0]), {
      out: call.resolve(String(call.options.out)),
      models: named ?? await modelsForFilms(),
      map: named ?? SHIPPED_MODELS, // the map uses the networks of its own study
      onStep: (done, total, name) => (bar ??= call.progress("site", total)).update(done, name),
    });
    bar?.end();
    const { folder, bytes, wireBytes } = built;
    call.note(
      `A browser fetches ${megabytes(wireBytes.wasm)} (WebAssembly) or ${
        megabytes(wireBytes.webgpu)
      } (WebGPU) to score films.`,
    );
    if (call.options.serve !== true) {
      if (call.json) call.printJson({ folder, bytes, wireBytes });
      else call.print(folder);
      return EXIT.done;
    }
    return await serve(folder, call);
  },
};

async function serve(folder: string, call: Call): Promise<number> {
  const { serveSite } = await import("../../../dashboards/serve_site.ts");
  const port = call.options.port === undefined ? undefined : Number(call.options.port);
  const { url, finished } = await serveSite(folder, { port, signal: call.signal });
  if (call.json) call.printJson({ url });
  else call.print(url);
  call.note("Serving on this machine only. Press Ctrl-C to stop.");
  if (call.options.open === true) openBrowser(url, call);
  await finished;
  call.note("Stopped.");
  return EXIT.done;
}
