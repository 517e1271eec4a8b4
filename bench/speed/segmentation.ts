/**
 * Films per second of the segmentation network, in Caput (ONNX Runtime) and in PyTorch in turn, with one and two
 * threads.
 *
 *   deno task bench bench/speed/segmentation.ts [--python PYTHON] [--rounds 7]
 *
 * The network's workload for a film (number of windows per run and their size) is recorded while a synthetic film of
 * two heads is segmented. PyTorch runs the same layers with random weights (`segmentation_torch.py`), channels last,
 * without gradients. If PyTorch cannot be run, our result and a note are printed.
 */
import { parseArgs } from "node:util";
import { type OpenModel, openModel } from "../../src/onnx/open_model.ts";
import { paperCohort, patientOf } from "../../src/phantom/patient/paper_cohort.ts";
import { renderRadiograph } from "../../src/phantom/film/render_radiograph.ts";
import { segmentHeads } from "../../src/segmentation/segment_heads.ts";
import { unetMaps } from "../../src/segmentation/training/unet.ts";
import { readModels, SHIPPED_MODELS } from "../../src/study/models/read_models.ts";
import { flatBinding } from "../../src/training/graph/flat_binding.ts";
import type { Radiograph } from "../../src/types.ts";
import { Graph, type Shape, sizeOf, type Value } from "../../src/training/graph/graph.ts";

const { values } = parseArgs({
  options: { python: { type: "string", default: "python3" }, rounds: { type: "string", default: "7" } },
});
const FILMS_A_ROUND = 8;

/** Counts the multiplications and additions of every convolution as it is built. */
class CountingGraph extends Graph {
  flop = 0;
  override emit(op: string, inputs: readonly (Value | null)[], shape: Shape, options = {}): Value {
    if (op === "Conv") this.flop += 2 * sizeOf(shape) * sizeOf(inputs[1]!.shape.slice(1));
    return super.emit(op, inputs, shape, options);
  }
}

function flopOfWindow(sizePx: number): number {
  const g = new CountingGraph({ training: false, binding: flatBinding() });
  unetMaps(g, g.param, g.input("film", [1, 2, sizePx, sizePx]));
  return g.flop;
}

/** The network's runs for one film of two heads: number of windows and their size, pixels. */
async function runsOfFilm(): Promise<[number, number][]> {
  const runs: [number, number][] = [];
  const unet = await openModel(files["unet.onnx"], { device: "cpu", threads: 1 });
  const recording: OpenModel = {
    ...unet,
    run: (feeds, options) => {
      runs.push([feeds.film.dims[0], feeds.film.dims[2]]);
      return unet.run(feeds, options);
    },
  };
  const { image } = renderRadiograph(patientOf(paperCohort(1).patients[0]), { widthPx: 768 });
  const film = {
    ...image,
    kind: "radiograph",
    pixels: Float32Array.from(image.stored),
    headerSide: "unknown",
  };
  const { heads } = await segmentHeads(film as unknown as Radiograph, recording, plan.segmentation);
  if (heads.length !== 2) {
    throw new Error(
      `Cannot count the runs: the network must find the two heads of the film, got ${heads.length}`,
    );
  }
  await unet.close();
  return runs;
}

async function ours(threads: number): Promise<number> {
  const model = await openModel(files["unet.onnx"], { device: "cpu", threads });
  const feeds = runs.map(([n, px]) => ({
    film: { data: new Float32Array(n * 2 * px * px).fill(0.3), dims: [n, 2, px, px] },
  }));
  for (const each of feeds) await model.run(each);
  const start = performance.now();
  for (let i = 0; i < FILMS_A_ROUND; i++) {
    for (const each of feeds) await model.run(each);
  }
  const seconds = (performance.now() - start) / 1000;
  await model.close();
  return FILMS_A_ROUND / seconds;
}

async function torch(threads: number): Promise<number | null> {
  const args = [
    new URL("segmentation_torch.py", import.meta.url).pathname,
    `${threads}`,
    `${FILMS_A_ROUND}`,
    ...runs.flat().map(String),
  ];
  const output = await new Deno.Command(values.python, { args, stdout: "piped", stderr: "piped" }).output()
    .catch(() => null);
  return output?.success ? Number(new TextDecoder().decode(output.stdout)) : null;
}

const median = (list: number[]) => list.sort((a, b) => a - b)[list.length >> 1];
const { plan, files } = await readModels(SHIPPED_MODELS, { need: ["unet.onnx"] });
const runs = await runsOfFilm();
const flop = runs.reduce((sum, [n, px]) => sum + n * flopOfWindow(px), 0);
const windows = runs.map(([n, px]) => `${n} of ${px} px`).join(", ");
console.log(`${(flop / 1e9).toFixed(2)} GFLOP for a film with two heads; windows: ${windows}`);
for (const threads of [1, 2]) {
  const mine: number[] = [], peer: number[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    mine.push(await ours(threads));
    const other = await torch(threads);
    if (other !== null) peer.push(other);
  }
  const words = [`${threads} thread${threads > 1 ? "s" : ""}: ours ${median(mine).toFixed(1)} films/s`];
  if (peer.length > 0) {
    words.push(
      `PyTorch ${median(peer).toFixed(1)} films/s`,
      `ratio ${(median(mine) / median(peer)).toFixed(2)}`,
    );
  } else words.push("no result of PyTorch (is it installed?)");
  console.log(words.join(", "));
}
