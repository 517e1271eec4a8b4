import { assert, assertEquals, assertRejects } from "@std/assert";
import { IntegrityError } from "../../../src/files/integrity_error.ts";
import { readPlan } from "../../../src/study/cluster/cluster_plan.ts";
import { planCluster } from "../../../src/study/cluster/plan_cluster.ts";
import { runShard } from "../../../src/study/cluster/run_shard.ts";
import { isMerged, missingShards } from "../../../src/study/cluster/shard_marker.ts";
import { fileStudyCohort } from "../../../src/study/cohort/file_study_cohort.ts";
import { hashOutputs } from "../../../src/study/folder/study_record.ts";
import { mergeShards } from "../../../src/study/merge_shards.ts";
import { runStudy } from "../../../src/study/run_study.ts";
import { TOKEN, writeToyCohort, writeToyModels } from "../toy_models.ts";

const folder = await Deno.makeTempDir();
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
const models = `${folder}/models`;
await writeToyModels(models);
const file = await writeToyCohort(folder, { healthy: 26, diseased: 12 });
await Deno.writeTextFile(`${folder}/${TOKEN}-films/${TOKEN}_3.png`, "no film"); // a row of failures.csv
const cohort = { file, key: `${folder}/.caput-key` };
const MODELS = { models, minutes: 0.005, filmSeconds: 0.03 }; // a shard for every portion of 16 films

async function outputs(study: string): Promise<Record<string, string>> {
  return { ...await hashOutputs(study), "study.json": await Deno.readTextFile(`${study}/study.json`) };
}

Deno.test("shards: if one shard is interrupted, one runs twice at once and one is repeated, the merged files equal those of a single process", async () => {
  const { open } = await planCluster(cohort, { ...MODELS, out: `${folder}/shards` });
  assertEquals(open.plan.shards.map((shard) => shard.films), [16, 16, 6]);
  await assertRejects(() => mergeShards(open), IntegrityError, "missing: 0-2");

  const twice = ["a", "b"].map((writer) => runShard(open, { index: 0, writer }));
  const [first, second] = await Promise.all(twice);
  assertEquals({ ...first, reused: true }, { ...second, reused: true });
  assertEquals(await missingShards(open), [1, 2]);

  const controller = new AbortController();
  const progress = () => ({
    update: () => controller.abort(new DOMException("cut off", "AbortError")),
    end: () => {},
  });
  await assertRejects(() => runShard(open, { index: 1, writer: "c", signal: controller.signal, progress }));
  assertEquals(await missingShards(open), [1, 2]);
  await assertRejects(() => mergeShards(open), IntegrityError, "missing: 1-2");
  await Deno.writeTextFile(`${folder}/shards/.work/.heads-00001.json.dead.part`, "{"); // an unfinished file, as a killed process leaves it
  assertEquals((await runShard(open, { index: 1, writer: "d", workers: 2 })).reused, false);
  assertEquals((await runShard(open, { index: 1, writer: "e" })).reused, true);
  assertEquals(await runShard(open, { index: 2, writer: "f" }), {
    index: 2,
    films: 6,
    heads: 12,
    failures: 0,
    reused: false,
  });
  assertEquals((await mergeShards(open)).failures, 2);
  assert(await isMerged(open));

  await runStudy(await fileStudyCohort(file, { key: cohort.key }), {
    out: `${folder}/whole`,
    models,
    device: "cpu",
  });
  assertEquals(await outputs(`${folder}/shards`), await outputs(`${folder}/whole`));
  const left = [...Deno.readDirSync(`${folder}/shards/.work`)].filter(({ name }) => name.endsWith(".part"));
  assertEquals(left, []);
});

Deno.test("shards: the merge notices a lost file, and only its shard is repeated", async () => {
  const open = await readPlan(`${folder}/shards/.work/cluster/plan.json`);
  await Deno.remove(`${folder}/shards/.work/heads-00002.crops`);
  await assertRejects(() => mergeShards(open), IntegrityError, "shard 2");
  assertEquals(await missingShards(open), [2]);
  await runShard(open, { index: 2, writer: "g" });
  assertEquals((await mergeShards(open)).reused, true);
});

Deno.test("plan: an existing plan is reused while its inputs are the same; every shard rejects a changed cohort, models or code", async () => {
  const out = `${folder}/changed`;
  const { open, kept } = await planCluster(cohort, { ...MODELS, out });
  assertEquals(kept, false);
  assertEquals(await planCluster(cohort, { ...MODELS, out, minutes: 5 }), {
    open,
    kept: true,
    unused: ["minutes"],
  });
  await assertRejects(() => runShard(open, { index: 3, writer: "a" }), Error, "must be from 0 to 2");

  const other = { ...open, plan: { ...open.plan, code: { ...open.plan.code, sha256: "0" } } };
  await assertRejects(() => runShard(other, { index: 0, writer: "a" }), IntegrityError, "code has changed");

  const rows = await Deno.readTextFile(file);
  await Deno.writeTextFile(file, rows.replace("40,M,A", "41,M,A"));
  await assertRejects(() => runShard(open, { index: 0, writer: "a" }), IntegrityError, "cohort has changed");
  assertEquals((await planCluster(cohort, { ...MODELS, out })).kept, false);
  await Deno.writeTextFile(file, rows);

  const path = `${models}/plan.json`, text = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, text + "\n");
  await assertRejects(() => runShard(open, { index: 0, writer: "a" }), IntegrityError, "models have changed");
  await Deno.writeTextFile(path, text);
});

Deno.test("plan: films are timed if no time is given; the plan file contains no name of a film, and only its owner may read it", async () => {
  const { open } = await planCluster(cohort, { out: `${folder}/timed`, models, minutes: 10 });
  assert(open.plan.filmSeconds >= 0.02 && open.plan.filmSeconds < 60, `${open.plan.filmSeconds}`);
  assertEquals(open.plan.shards.length, 1);
  const text = await Deno.readTextFile(`${open.folder}/plan.json`);
  assert(!text.includes(`${TOKEN}_`) && !text.includes("^P"), "the plan must name no patient or film");
  assertEquals((await Deno.stat(`${open.folder}/plan.json`)).mode! & 0o077, 0);
});

Deno.test("readPlan: a plan outside its study folder and an incomplete plan are rejected", async () => {
  const text = await Deno.readTextFile(`${folder}/timed/.work/cluster/plan.json`);
  await Deno.writeTextFile(`${folder}/plan.json`, text);
  await assertRejects(() => readPlan(`${folder}/plan.json`), Error, "must be in .work/cluster");
  const holed = { ...JSON.parse(text), portions: 9 };
  await Deno.writeTextFile(`${folder}/timed/.work/cluster/plan.json`, JSON.stringify(holed));
  await assertRejects(
    () => readPlan(`${folder}/timed/.work/cluster/plan.json`),
    Error,
    "must contain 9 portions",
  );
});
