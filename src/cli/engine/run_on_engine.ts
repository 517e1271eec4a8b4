import type { StudySummary } from "../../mod.ts";
import { requireCohort, studyFolder } from "../call/cohort_options.ts";
import { plannedCohort } from "./engine_options.ts";
import { EXIT } from "../call/exit_code.ts";
import { launchEngine } from "./launch_engine.ts";
import { printStudy } from "../call/print_study.ts";
import type { Call } from "../call/verb.ts";

const ROOT = new URL("../../../", import.meta.url).pathname.replace(/\/$/, "");

/** How long shards take: "less than a minute", "8 minutes", "5 to 9 minutes". */
function minutesWords(minutes: readonly number[]): string {
  const low = Math.round(Math.min(...minutes)), high = Math.round(Math.max(...minutes));
  if (high < 1) return "less than a minute";
  return low === high ? `${high} ${high === 1 ? "minute" : "minutes"}` : `${low} to ${high} minutes`;
}

/** Plans the shards of a study and writes the scripts. Without `--plan-only`, also starts the engine and follows it. */
export async function runOnEngine(call: Call): Promise<number> {
  requireCohort("run", call);
  const { planCluster, readStudyRecord, SHIPPED_MODELS, writeEngineScripts } = await import("../../mod.ts");
  const { models, device, engine = "local", sbatch, hosts, "hosts-file": file } = call.options as Record<
    string,
    string | undefined
  >;
  const number = (name: string) => call.options[name] === undefined ? undefined : Number(call.options[name]);
  call.note(
    call.options["film-seconds"] === undefined
      ? "Planning the shards: some films are measured first to estimate the time per film (--film-seconds skips this)."
      : "Planning the shards.",
  );
  const { open, kept, unused } = await planCluster(plannedCohort(call), {
    out: studyFolder(call),
    models: models === undefined ? SHIPPED_MODELS : call.resolve(models),
    device: device === undefined || device === "auto" ? "cpu" : device as "cpu",
    seed: number("seed"),
    minutes: number("shard-minutes"),
    filmSeconds: number("film-seconds"),
  });
  const paths = await writeEngineScripts(open, {
    ...{ deno: Deno.execPath(), root: ROOT, sbatch, hosts },
    hostsFile: file === undefined ? undefined : call.resolve(file),
    jobs: number("jobs"),
  });
  const { films, shards, filmSeconds } = open.plan;
  const plan = `${open.folder}/plan.json`;
  call.note(
    `${films} films in ${shards.length === 1 ? "1 shard" : `${shards.length} shards`} of ${
      minutesWords(shards.map((shard) => shard.minutes))
    } on one core ` +
      `(${filmSeconds} s per film)${kept ? "; the existing plan was reused" : ""}.`,
  );
  const names = { filmSeconds: "film-seconds", minutes: "shard-minutes" };
  const ignored = unused.map((name) => names[name]);
  if (ignored.length > 0) {
    const [was, it] = ignored.length > 1 ? ["were", "they do"] : ["was", "it does"];
    call.note(
      `${
        ignored.map((name) => `--${name}`).join(" and ")
      } ${was} not used, because ${it} not change an existing plan. ` +
        `For a new plan, remove the folder ${open.folder} while no shard is running (finished films are kept), or name ` +
        "another folder with --out.",
    );
  }
  if (call.options["plan-only"] === true) {
    const scripts = { slurm: paths["submit.sh"], parallel: paths["parallel.sh"] };
    if (call.json) {
      call.printJson({ plan, films, shards: shards.length, filmSeconds, kept, unused: ignored, scripts });
    } else {
      call.print(`plan: ${plan}`);
      call.print(`Slurm: ${scripts.slurm}`);
      call.print(`GNU parallel: ${scripts.parallel}`);
      call.print(
        `any engine: caput shard --plan ${plan} --index N for ${
          shards.length === 1 ? "N = 0" : `N = 0 to ${shards.length - 1}`
        }, then caput merge --plan ${plan}`,
      );
    }
    return EXIT.done;
  }
  const script = paths[engine === "slurm" ? "submit.sh" : "parallel.sh"];
  const code = await launchEngine(call, { engine, script, folder: open.folder });
  if (code !== EXIT.done) return code;
  const record = (await readStudyRecord(open.study))!;
  const { heads, failures } = record.cohort;
  const summary: StudySummary = { out: open.study, films, heads, failures, reused: false, record };
  return printStudy(call, summary);
}
