/**
 * What correcting ten films and training once improves, on films that the network outlines badly:
 *
 *   deno task bench bench/segmentation/learn.ts [--seed N] [--wrap SHARE] [--synthetic N] [--share S] [--epochs N]
 *     [--models DIR] [--json FILE]
 *
 * Renders 30 hard films with two heads each (from a seed that no training uses) and corrupts all of them in the same
 * way: grey values above `wrap` of the film's range start again at black, as on films whose top bit was lost. A
 * simulated reader corrects ten of them in the correction desk (`caput desk`) by drawing the true outlines, and one
 * training uses the corrected films (seven for training, three for validation). `--synthetic` is the number of
 * synthetic training films that are added, `--share` the share of training windows from corrected films, `--epochs` the
 * number of passes over the training films. The other twenty films are segmented with the network before and after the
 * training. If the new network is rejected, the result after training equals that before.
 */
import { parseArgs } from "node:util";
import { learnFromDesk } from "../../src/desk/learn_from_desk.ts";
import { encodePng } from "../../src/image/encode_png.ts";
import { boxMask } from "../../src/masks/boxed_mask.ts";
import { encodeRuns } from "../../src/masks/mask_runs.ts";
import { hardCohort, writePhantom } from "../../src/phantom.ts";
import { readRadiograph } from "../../src/radiograph/read_radiograph.ts";
import { fileStudyCohort } from "../../src/study/cohort/file_study_cohort.ts";
import { readFilm } from "../../src/study/measure/open_film.ts";
import { loadUnet } from "../../src/study/models/load_unet.ts";
import { SHIPPED_MODELS } from "../../src/study/models/read_models.ts";
import { compareUnets, type OutlineScores } from "../../src/study/train/compare_unets.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "190019" },
    wrap: { type: "string", default: "0.6" },
    synthetic: { type: "string", default: "400" },
    share: { type: "string", default: "0.5" },
    epochs: { type: "string" },
    models: { type: "string", default: SHIPPED_MODELS },
    json: { type: "string" },
  },
});
const FILMS = 30, CORRECTED = 10;
const folder = await Deno.makeTempDir({ prefix: "caput_learn_" });
try {
  const plan = hardCohort(Number(values.seed), 60);
  await writePhantom(plan, { outDir: folder, widthPx: 768 });
  const [header, ...lines] = (await Deno.readTextFile(`${folder}/cohort.csv`)).trimEnd().split("\n");
  const columns = header.split(",");
  const rows = lines.map((line) => Object.fromEntries(line.split(",").map((cell, i) => [columns[i], cell])));
  const twoHeads = [...new Set(rows.map(({ radiograph }) => radiograph))]
    .map((radiograph) => rows.filter((row) => row.radiograph === radiograph))
    .filter((heads) => heads.length === 2).slice(0, FILMS);
  if (twoHeads.length < FILMS) {
    throw new Error(
      `Cannot run the benchmark: ${FILMS} films with two heads are needed, got ${twoHeads.length}; try another --seed`,
    );
  }
  for (const [{ radiograph }] of twoHeads) await corrupt(`${folder}/${radiograph}`, Number(values.wrap));

  const log: string[] = [];
  for (const heads of twoHeads.slice(0, CORRECTED)) {
    const film = (await readRadiograph(`${folder}/${heads[0].radiograph}`)).storedSha256.slice(0, 16);
    const about = { time: new Date(0).toISOString(), reader: "R1", film };
    for (const { side, mask } of heads) {
      const drawn = await readRadiograph(`${folder}/${mask}`),
        outline = encodeRuns(boxMask(drawn.pixels, drawn)!);
      log.push(JSON.stringify({ act: "outline", head: side, outline, tool: "brush", side, ...about }));
    }
    log.push(JSON.stringify({ act: "done", value: true, ...about }));
  }
  await Deno.writeTextFile(`${folder}/corrections.jsonl`, `${log.join("\n")}\n`);
  const others = twoHeads.slice(CORRECTED).flat();
  await Deno.writeTextFile(
    `${folder}/others.csv`,
    [
      "radiograph,patient,side,grade,mask,split",
      ...others.map((row) =>
        [row.radiograph, row.radiograph, row.side, "", row.mask, "validation"].join(",")
      ),
    ].join("\n"),
  );
  const began = performance.now();
  let stage = "";
  const learnt = await learnFromDesk({
    ...{ log: `${folder}/corrections.jsonl`, filmFolder: folder, folder, from: values.models, reader: "R1" },
    films: twoHeads.slice(0, CORRECTED).map(([{ radiograph }]) => ({
      path: `${folder}/${radiograph}`,
      radiograph,
    })),
    ...{ read: readRadiograph, synthetic: Number(values.synthetic), share: Number(values.share) },
    epochs: values.epochs === undefined ? undefined : Number(values.epochs),
    onProgress({ stage: now, done, total, rate }) {
      if (now !== stage || done % 50 === 0) console.error(`${now} ${done}/${total}, ${rate.toFixed(2)}/s`);
      stage = now;
    },
  });
  const seconds = (performance.now() - began) / 1000;
  printScores(`validation films of the training (3 of ${CORRECTED})`, learnt.comparison);
  if (learnt.comparison.synthetic) printScores("synthetic validation films", learnt.comparison.synthetic);
  const { jobs } = await fileStudyCohort(`${folder}/others.csv`);
  const before = await loadUnet(values.models, { device: "cpu" });
  const after = await loadUnet(learnt.models ? `${folder}/${learnt.models}` : values.models, {
    device: "cpu",
  });
  const compared = await compareUnets(jobs, {
    unets: { before: before.unet, after: after.unet, plan: before.plan.segmentation },
    ...{ pool: null, read: (path: string) => readFilm(path) },
  });
  printScores(`the other ${FILMS - CORRECTED} films`, compared);
  console.log(
    `new network ${
      learnt.models ? "kept" : "rejected"
    } (${learnt.comparison.reason}); ${learnt.steps} steps, ${seconds.toFixed(0)} s in all`,
  );
  if (values.json) {
    await Deno.writeTextFile(
      values.json,
      JSON.stringify({ settings: values, learnt, compared, seconds }, null, 1),
    );
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}

/** Makes grey values above a share of the range start again at black, and writes the film with 8 bits. */
async function corrupt(path: string, share: number): Promise<void> {
  const { widthPx, heightPx, pixels } = await readRadiograph(path);
  let low = Infinity, high = -Infinity;
  for (const value of pixels) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const top = share * (high - low) || 1;
  const samples = Uint8Array.from(pixels, (value) => Math.round(255 * (((value - low) % top) / top)));
  await Deno.writeFile(path, encodePng({ widthPx, heightPx, samples }));
}

function printScores(
  title: string,
  { heads, before, after }: { heads: readonly unknown[]; before: OutlineScores; after: OutlineScores },
): void {
  const one = ({ shareAt75, meanIou, missed, falseHeads }: OutlineScores) =>
    `IoU >= 0.75 ${(100 * shareAt75).toFixed(1)} %, mean IoU ${
      meanIou.toFixed(3)
    }, ${missed} missed, ${falseHeads} false`;
  console.log(`${title}, ${heads.length} heads:\n  before: ${one(before)}\n  after:  ${one(after)}`);
}
