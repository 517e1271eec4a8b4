/**
 * Encoder pictures a second: ours on onnxruntime and the same float32 network in PyTorch, in turn in one go, at batch 1 and 32.
 *
 *     deno task bench bench/encoder.ts [ROUNDS]
 *
 * PyTorch is looked for in the Python named by CAPUT_TORCH_PYTHON, else `python3`; without it our side runs alone. Weights are
 * random: speed does not depend on them.
 */
import { seededPrng } from "../src/array/seeded_prng.ts";
import { openModel } from "../src/onnx/open_model.ts";
import { initialise } from "../src/training/layout.ts";
import { OPTIMISER } from "../src/training/optimiser.ts";
import { trainStep } from "../src/training/train_step.ts";
import { exportVae } from "../src/vae/export_vae.ts";
import { recipe } from "../src/vae/vae_recipe.ts";
import { vaeSettings } from "../src/vae/vae_settings.ts";

const ROUNDS = Number(Deno.args[0] ?? 30), PICTURES = 64;
const python = Deno.env.get("CAPUT_TORCH_PYTHON") ?? "python3";
const { settings } = vaeSettings({ n: 1270 });
const { sizePx, channels, latentSize } = settings;

console.log(
  `encoder ${channels.join("-")}, code ${latentSize}, ${sizePx} px, ${ROUNDS} rounds of ${PICTURES} pictures`,
);
const bytes = randomEncoder();
for (const threads of [1, 2]) {
  for (const batch of [1, 32]) {
    const ours = await ourSide(batch, threads), theirs = await torchSide(batch, threads);
    const times = { ours: [] as number[], theirs: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      times.ours.push(await ours.step());
      if (theirs) times.theirs.push(await theirs.step());
    }
    await ours.close();
    await theirs?.close();
    const rate = (milliseconds: number[]) => PICTURES / median(milliseconds) * 1000;
    const peer = theirs
      ? `PyTorch ${rate(times.theirs).toFixed(0)}, ratio ${
        (rate(times.ours) / rate(times.theirs)).toFixed(2)
      }`
      : "no PyTorch";
    console.log(
      `threads ${threads}, batch ${batch}: ours ${rate(times.ours).toFixed(0)} pictures/s, ${peer}`,
    );
  }
}

function randomEncoder(): Uint8Array {
  const empty = new Float32Array((sizePx / 2) ** 2);
  const { layout } = trainStep(recipe(settings, { train: empty, validation: empty }), {
    optimiser: OPTIMISER,
  });
  const prng = seededPrng(1);
  const parameters = initialise(layout.parameters, prng), statistics = initialise(layout.statistics, prng);
  return exportVae({ layout, parameters, statistics }, settings).encoder;
}

async function ourSide(batch: number, threads: number) {
  const model = await openModel(bytes, { device: "cpu", threads });
  const prng = seededPrng(2);
  const data = Float32Array.from({ length: batch * sizePx * sizePx }, () => prng());
  const image = { data, dims: [batch, 1, sizePx, sizePx] };
  return {
    close: () => model.close(),
    async step() {
      const started = performance.now();
      for (let done = 0; done < PICTURES; done += batch) await model.run({ image });
      return performance.now() - started;
    },
  };
}

/** A process that codes `PICTURES` pictures for each line it is sent, and answers with the milliseconds. */
async function torchSide(batch: number, threads: number) {
  const settingsOfPeer = JSON.stringify({ batch, threads, channels, latentSize, sizePx, pictures: PICTURES });
  const child = new Deno.Command(python, {
    args: [new URL("encoder_torch.py", import.meta.url).pathname, settingsOfPeer],
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const writer = child.stdin.getWriter();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const line = async () => (await reader.read()).value?.trim();
  if (await line() !== "ready") {
    await child.status;
    return null;
  }
  return {
    async step() {
      await writer.write(new TextEncoder().encode("\n"));
      return Number(await line());
    },
    async close() {
      await writer.close();
      await child.status;
    },
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
