import { eachFile } from "./each_file.ts";
import { SHARED } from "./shared_options.ts";
import type { Verb } from "./verb.ts";

export const preflight: Verb = {
  name: "preflight",
  args: "PATH...",
  count: [1, Infinity],
  summary:
    "Says whether a film may be used: view, polarity, spacing, side, implant, cropped head, burnt-in text.",
  options: {
    csv: { kind: "text", value: "FILE", help: "also write a table of file, verdict and reasons to FILE" },
    models: SHARED.models,
    device: SHARED.device,
  },
  example: ["caput preflight films/*.dcm --csv preflight.csv"],
  async run(call) {
    const caput = await import("../mod.ts");
    const { models: folder, device, csv } = call.options as Record<string, string | undefined>;
    const models = await caput.loadUnet(folder === undefined ? undefined : call.resolve(folder), {
      device: device as "auto" | undefined,
    });
    const reader = caput.sharedReader();
    const table = { file: [] as string[], verdict: [] as string[], reasons: [] as string[] };
    const code = await eachFile(call, {
      label: "films",
      unusable: "refused",
      work: async (path, typed) => {
        const { verdict, reasons } = await caput.preflightFilm(path, { reader, models });
        table.file.push(typed);
        table.verdict.push(verdict);
        table.reasons.push(reasons.map((reason) => reason.code).join(" "));
        const lines = reasons.map(({ code, message }) => `${code}: ${message}`);
        const plain = reasons.map(({ code, message }) => ({ code, message }));
        return {
          record: { verdict, reasons: plain },
          lines: [verdict, ...lines],
          usable: verdict !== "refuse",
        };
      },
    });
    if (csv !== undefined) await caput.writeTableFile(call.resolve(csv), table);
    return code;
  },
};
