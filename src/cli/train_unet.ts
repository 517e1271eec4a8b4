import { EXIT } from "./exit_code.ts";
import { SHARED } from "./shared_options.ts";
import { UsageError, type Verb } from "./verb.ts";

/** Films a step, as the recipe has it. */
const BATCH = 16;

export const trainUnet: Verb = {
  name: "train unet",
  args: "",
  count: [0, 0],
  summary:
    "Trains the segmentation network on freshly rendered synthetic films and writes it with its part of the plan.",
  options: {
    out: { kind: "text", value: "DIR", help: "models folder to write (required)" },
    phantom: {
      kind: ["training"],
      help: "what to train on: synthetic films with everything varied (default)",
    },
    films: { kind: "whole", range: [40, 1_000_000], help: "films to render (default 6000)" },
    epochs: { kind: "whole", range: [1, 100_000], help: "passes over the films (default 12)" },
    seed: SHARED.seed,
    device: SHARED.device,
    resume: { kind: "flag", help: "go on from the last checkpoint in DIR" },
  },
  example: ["caput train unet --out models/mine --films 6000 --epochs 12"],
  async run(call) {
    const { out, device } = call.options as Record<string, string | undefined>;
    if (out === undefined) {
      throw new UsageError("caput train unet needs --out DIR", "name the models folder to write");
    }
    const { trainUnetModels } = await import("../mod.ts");
    const films = Number(call.options.films ?? 6000), epochs = Number(call.options.epochs ?? 12);
    const perEpoch = Math.ceil(films / BATCH), steps = epochs * perEpoch;
    const rendering = call.progress("films", films), training = call.progress("steps", steps);
    let epoch = 0;
    const { result } = await trainUnetModels({
      out: call.resolve(out),
      films,
      steps,
      seed: Number(call.options.seed ?? 1),
      device: (device ?? "auto") as "auto",
      resume: call.options.resume === true,
      signal: call.signal,
      onRender: (done) => rendering.update(done),
      onProgress: ({ step, loss, validation }) => {
        training.update(step, `loss ${loss.toFixed(4)}`);
        if (Math.floor(step / perEpoch) <= epoch) return;
        epoch = Math.floor(step / perEpoch);
        if (call.json) call.printJson({ epoch, epochs, step, loss, validation });
        else call.print(`epoch ${epoch}/${epochs}: loss ${loss.toFixed(4)}`);
      },
    });
    rendering.end();
    training.end();
    call.signal.throwIfAborted();
    const { reason, step, loss, best, device: used } = result;
    if (call.json) call.printJson({ reason, step, loss, best, device: used, out });
    else {call.print(
        `${reason} after ${step} steps on ${used}; validation ${
          best ? best.score.toFixed(4) : "none"
        }; wrote ${out}/unet.onnx`,
      );}
    return EXIT.done;
  },
};
