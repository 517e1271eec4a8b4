import { EXIT } from "../call/exit_code.ts";
import { SERVE_OPTIONS, serveCall } from "./dashboard.ts";
import { RUN_OPTIONS, runCall } from "./run.ts";
import { teachCall } from "./teach.ts";
import type { Verb } from "../call/verb.ts";

export const start: Verb = {
  name: "start",
  args: "",
  count: [0, 0],
  summary:
    "Renders the synthetic cohort, runs the whole study and serves its page; a second start reuses valid results.",
  options: {
    ...RUN_OPTIONS,
    ...SERVE_OPTIONS,
    models: {
      ...RUN_OPTIONS.models,
      help:
        "folder of models and plan.json (default: models for the study, models/real for films dropped on its page)",
    },
  },
  example: ["start", "start --phantom small --open"],
  async run(call) {
    const chosen = call.options.phantom !== undefined || call.options.cohort !== undefined;
    const options = chosen ? call.options : { ...call.options, phantom: "paper" };
    const { out, heads, films, failures, reused } = await runCall({ ...call, options });
    call.note(
      `${heads} heads of ${films} films${failures ? `, ${failures} failed` : ""}${
        reused ? ", reused from an earlier run" : ""
      }`,
    );
    const taught = await Deno.stat(`${out}/teaching/teaching.json`).then(() => true, () => false);
    if (!reused || !taught) await teachCall(out, { ...call, options: { ...options, frames: undefined } });
    await serveCall(out, { ...call, options });
    return EXIT.done;
  },
};
