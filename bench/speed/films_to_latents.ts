/**
 * From uncompressed DICOM films of 2500 x 2000 pixels to latent vectors, two per film, on every core, compared with the
 * same path in PyTorch:
 *
 *     deno task bench bench/speed/films_to_latents.ts [--films 909] [--different 24] [--python PYTHON] [--rounds 1]
 *         [--workers N]
 *
 * `--different` films are rendered once into a temporary folder (10 MB each) and read in turn, so they come from
 * memory, not from a disk. Our path is that of a study, except that no file is hashed: every film is read, checked and
 * outlined in two passes, heads are cropped and encoded. The PyTorch path (`films_to_latents_torch.py`) runs the same
 * networks with random weights and nearly the same image processing (windows are not equalised). Because random
 * networks find no heads, its windows and crops are at fixed positions; pixels are read from a fixed offset in the
 * file, by one single-threaded process per core. The PyTorch path draws no outlines.
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { encodeDicom } from "../../src/phantom/files/encode_dicom.ts";
import { paperCohort, patientOf } from "../../src/phantom/patient/paper_cohort.ts";
import { renderRadiograph } from "../../src/phantom/film/render_radiograph.ts";
import { readModels, SHIPPED_MODELS } from "../../src/study/models/read_models.ts";
import { workPool } from "../../src/workers/work_pool.ts";
import type { SegmentationPlan } from "../../src/types.ts";
import type { Stages, Start } from "./films_to_latents_worker.ts";

const { values } = parseArgs({
  options: {
    films: { type: "string", default: "909" },
    different: { type: "string", default: "24" },
    rounds: { type: "string", default: "1" },
    workers: { type: "string", default: String(navigator.hardwareConcurrency) },
    python: { type: "string", default: "python3" },
  },
});
const WIDTH_PX = 2500, HEIGHT_PX = 2000, FILMS_A_JOB = 8;
const films = Number(values.films), workers = Number(values.workers);

const folder = await Deno.makeTempDir();
try {
  const paths = await renderFilms();
  const { plan, files } = await readModels(SHIPPED_MODELS, { need: ["unet.onnx", "encoder.onnx"] });
  for (let round = 0; round < Number(values.rounds); round++) {
    const mine = await ours(paths, { plan, unet: files["unet.onnx"], encoder: files["encoder.onnx"] });
    const peer = await torch(paths, plan.segmentation);
    console.log(
      peer === null
        ? "The PyTorch path failed; is PyTorch installed, and is --python right?"
        : `ratio ${(peer / mine).toFixed(2)} (above 1: we are faster)`,
    );
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}

async function renderFilms(): Promise<string[]> {
  const { patients } = paperCohort(1), rendered: string[] = [];
  for (let i = 0; i < Number(values.different); i++) {
    const film = renderRadiograph(patientOf(patients[i]), { widthPx: WIDTH_PX, heightPx: HEIGHT_PX });
    rendered.push(`${folder}/${i}.dcm`);
    await Deno.writeFile(rendered[i], await encodeDicom(film, { name: `bench ${i}` }));
  }
  return Array.from({ length: films }, (_, i) => rendered[i % rendered.length]);
}

async function ours(paths: readonly string[], start: Start): Promise<number> {
  const jobs = Array.from(
    { length: Math.ceil(paths.length / FILMS_A_JOB) },
    (_, i) => paths.slice(i * FILMS_A_JOB, (i + 1) * FILMS_A_JOB),
  );
  const all: Stages = { read: 0, outline: 0, crop: 0, encode: 0, heads: 0 };
  const started = performance.now(), busy = processor();
  await workPool<Start, readonly string[], Stages>({
    ...{ jobs, workers, start, silenceMs: 600_000 },
    open: () => new Worker(new URL("./films_to_latents_worker.ts", import.meta.url), { type: "module" }),
    onResult: (_, stages) => {
      for (const key of Object.keys(all) as (keyof Stages)[]) all[key] += stages[key];
    },
  });
  const seconds = (performance.now() - started) / 1000, { heads, ...stages } = all;
  const each = Object.entries(stages)
    .map(([name, time]) => `${name} ${(1000 * time / films).toFixed(1)}`).join(", ");
  console.log(
    `ours: ${films} films to ${heads} latent vectors in ${
      seconds.toFixed(1)
    } s with ${workers} workers, including their start-up, ` +
      `${(processor() - busy).toFixed(1)} s of processor time; ms per film in a worker: ${each}`,
  );
  return seconds;
}

/** Seconds of processor time of this process and its workers. */
function processor(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function torch(
  paths: readonly string[],
  { firstPx, inputPx, windowRadii, mirrored, scales = [] }: SegmentationPlan,
): Promise<number | null> {
  const script = new URL("films_to_latents_torch.py", import.meta.url).pathname;
  const share = (worker: number) => paths.filter((_, i) => i % workers === worker);
  const started = performance.now();
  const outputs = await Promise.all(Array.from({ length: workers }, async (_, worker) => {
    const child = new Deno.Command(values.python, {
      args: [
        script,
        ...[WIDTH_PX, HEIGHT_PX, firstPx, inputPx, windowRadii, mirrored ? 1 : 0, scales.join(",")].map(
          String,
        ),
      ],
      ...{ stdin: "piped", stdout: "piped", stderr: "piped" } as const,
    }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(JSON.stringify(share(worker)))).catch(() => {});
    await writer.close().catch(() => {});
    return await child.output();
  })).catch(() => null);
  if (!outputs?.every((output) => output.success)) return null;
  const seconds = (performance.now() - started) / 1000;
  const stages = outputs.map((output) => JSON.parse(new TextDecoder().decode(output.stdout)));
  const sum = (name: string) => stages.reduce((total, each) => total + each[name], 0);
  const each = ["read", "outline", "crop", "encode"].map((name) =>
    `${name} ${(1000 * sum(name) / films).toFixed(1)}`
  );
  console.log(
    `PyTorch: ${films} films to ${sum("heads")} latent vectors in ${
      seconds.toFixed(1)
    } s with ${workers} processes, including their start-up, ` +
      `${sum("processor").toFixed(1)} s of processor time; ms per film in a process: ${each.join(", ")}`,
  );
  return seconds;
}
