import { assert, assertEquals } from "@std/assert";
import type { TrainingRun } from "../../../src/study/train/training_record.ts";
import { readTrainingRecord, writeTrainingRecord } from "../../../src/study/train/training_record.ts";
import { writeModels } from "../../../src/study/models/write_models.ts";
import { writeTrainingCard } from "../../../src/study/train/write_training_card.ts";

const RUN: TrainingRun = {
  ...{ caput: "0.1.0", deno: "2.9.6", seed: 7, steps: 4125, batch: 16, parameters: 643_024, loss: 0.1234567 },
  data: {
    kind: "cohort",
    name: "our | <b>hips</b>\nof `1999`",
    counts: [{ of: "films", train: 5700, validation: 300 }, { of: "heads", train: 11_000, validation: 580 }],
    failures: 3,
    splitSha256: "5".repeat(64),
    notes: ["Hip replacements were not marked."],
  },
  reason: "finished",
  validation: {
    measure: "one minus the mean Dice",
    best: { step: 4000, score: 0.031 },
    history: Array.from(
      { length: 20 },
      (_, i) => ({ step: 200 * (i + 1), loss: 1 / (i + 1), score: 0.5 / (i + 1) }),
    ),
  },
  results: [["mean Dice on the validation films", 0.969]],
  settings: { inputPx: 256 },
  ...{ device: "cpu", deviceReason: "cpu was asked for", threads: 2, wallSeconds: 7980, resumed: false },
  files: {},
};

/** A models folder with two files and the record of one training. */
async function trained(folder: string, run: Partial<TrainingRun> = {}): Promise<string> {
  const { models } = await writeModels(folder, {
    files: { "unet.onnx": "network", "encoder.onnx": "another" },
    plan: {},
  });
  await writeTrainingRecord(folder, {
    unet: { ...RUN, files: { "unet.onnx": models["unet.onnx"] }, ...run },
  });
  return models["unet.onnx"];
}

Deno.test("writeTrainingCard: reports data, counts, seed, steps, loss, scores, device, time, hashes and limits of a training", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const sha = await trained(folder), card = await writeTrainingCard(folder);
    assertEquals(await Deno.readTextFile(`${folder}/README.md`), card);
    for (
      const fact of [
        "# Model card",
        "Research and teaching only, not a medical device",
        "5,700 training films, 300 validation films; 11,000 training heads, 580 validation heads",
        "| could not be used | 3 rows |",
        `| split, sha256 | \`${"5".repeat(64)}\` |`,
        "| seed | 7 |",
        "4,125 with a batch of 16, 11.58 epochs over the films; run to the end",
        "| parameters | 643,024 |",
        "| loss, mean of the last steps | 0.1235 |",
        "0.031 at step 4,000 (one minus the mean Dice)",
        "| mean Dice on the validation films | 0.969 |",
        "cpu, 2 threads: cpu was asked for",
        "| wall time | 2.2 h |",
        `| \`unet.onnx\` | \`${sha}\` |`,
        "Not trained here, for example copied from other models, and therefore not recorded: `encoder.onnx`.",
        "- Hip replacements were not marked.",
        "- Trained on one cohort",
      ]
    ) assert(card.includes(fact), `${fact} is missing from\n${card}`);
    assert(
      !card.includes("<b>") && card.includes("our \\| &lt;b>hips&lt;/b> of '1999'"),
      "a name cannot break the table",
    );
    const rows = card.split("\n").filter((line) => /^\| [\d,]+ \| [\d.]+ \| [\d.]+ \|$/.test(line));
    assertEquals(rows.length, 8);
    assert(rows[0].startsWith("| 200 |") && rows[7].startsWith("| 4,000 |"), rows.join("\n"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("writeTrainingCard: synthetic films are described as synthetic", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await trained(folder, { data: { ...RUN.data, kind: "synthetic", name: "training phantom, seed 1" } });
    const card = await writeTrainingCard(folder);
    assert(card.includes("| training data | synthetic hips (training phantom, seed 1): "), card);
    assert(card.includes("- Trained on synthetic films"), card);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("writeTrainingCard: text added by people is kept, and rewriting gives the same card", async () => {
  const folder = await Deno.makeTempDir(), path = `${folder}/README.md`;
  try {
    await trained(folder);
    await Deno.writeTextFile(path, "# Our models\n\nBy hand.\n");
    const first = await writeTrainingCard(folder);
    assert(first.startsWith("# Our models\n\nBy hand.\n\n<!-- caput train: begin"), first);
    await Deno.writeTextFile(path, `${first}\nAlso by hand.\n`);
    await writeTrainingRecord(folder, { unet: { ...RUN, seed: 99 } });
    const second = await writeTrainingCard(folder);
    assert(second.startsWith("# Our models\n\nBy hand.\n") && second.endsWith("\nAlso by hand.\n"), second);
    assert(second.includes("| seed | 99 |") && !second.includes("| seed | 7 |"), second);
    assertEquals(second.split("caput train: begin").length, 2);
    assertEquals(await writeTrainingCard(folder), second);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("writeTrainingCard: a network file that was replaced by a file without a training record is reported", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await trained(folder);
    await writeModels(folder, { files: { "unet.onnx": "put here by hand" }, plan: {} });
    const card = await writeTrainingCard(folder);
    assert(card.includes("Replaced since, by files of which no record was kept: `unet.onnx`."), card);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("writeTrainingRecord: writing the U-Net's record keeps the autoencoder's; a damaged file is replaced", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await writeTrainingRecord(folder, { vae: { ...RUN, seed: 1 } });
    await writeTrainingRecord(folder, { unet: { ...RUN, seed: 2 } });
    const { unet, vae } = await readTrainingRecord(folder);
    assertEquals([unet?.seed, vae?.seed], [2, 1]);
    await Deno.writeTextFile(`${folder}/training.json`, '{"unet": {"caput"');
    await writeTrainingRecord(folder, { vae: { ...RUN, seed: 3 } });
    assertEquals((await readTrainingRecord(folder)).vae?.seed, 3);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("writeTrainingCard: the table of evaluations contains the best evaluation", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const validation = { ...RUN.validation, best: { step: 1000, score: 0.1 } };
    await trained(folder, { validation });
    const card = await writeTrainingCard(folder);
    for (const step of ["200", "1,000", "4,000"]) assert(card.includes(`| ${step} | `), step);
    assert(!card.includes("| 600 | "), "only some of the other evaluations");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
