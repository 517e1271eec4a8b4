import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import type { OpenPlan } from "../../../src/study/cluster/cluster_plan.ts";
import { engineScripts } from "../../../src/study/cluster/engine_scripts.ts";

const OPEN = {
  sha256: "0123456789abcdef".repeat(4),
  folder: "/data/it's a study/.work/cluster",
  study: "/data/it's a study",
  plan: { films: 100_000, shards: [{ minutes: 10 }, { minutes: 12 }] },
} as unknown as OpenPlan;
const PLACE = { deno: "/opt/my $deno/deno", root: "/opt/ca'put" };

Deno.test("engineScripts: the shell accepts every script", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (
      const [name, text] of Object.entries(
        engineScripts(OPEN, { ...PLACE, sbatch: "--partition=long -A=hip" }),
      )
    ) {
      await Deno.writeTextFile(`${folder}/${name}`, text);
      const { success, stderr } = await new Deno.Command("bash", { args: ["-n", `${folder}/${name}`] })
        .output();
      assertEquals(success, true, new TextDecoder().decode(stderr));
    }
    const { stdout } = await new Deno.Command("bash", {
      args: ["-c", `. ${folder}/caput.sh; echo "$DENO|$CAPUT"`],
      clearEnv: true,
    }).output();
    assertEquals(new TextDecoder().decode(stdout), `${PLACE.deno}|${PLACE.root}\n`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("engineScripts: the merge runs however the array ends; both jobs get the sbatch options; shards get 10 minutes and four times the estimate", () => {
  const scripts = engineScripts(OPEN, { ...PLACE, sbatch: "--partition=long" });
  assertStringIncludes(scripts["submit.sh"], "--dependency=afterany");
  for (const name of ["shards.sbatch", "merge.sbatch"]) {
    assertStringIncludes(scripts[name], "\n#SBATCH --partition=long\n");
  }
  assertStringIncludes(scripts["shards.sbatch"], "\n#SBATCH --time=58\n");
  assertStringIncludes(scripts["shards.sbatch"], "\n#SBATCH --requeue\n");
  assertStringIncludes(scripts["merge.sbatch"], "\n#SBATCH --mem=6G\n");
});

Deno.test("engineScripts: if Slurm's controller does not answer, submit.sh says so and ends with code 4", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, text] of Object.entries(engineScripts(OPEN, PLACE))) {
      await Deno.writeTextFile(`${folder}/${name}`, text);
    }
    for (const name of ["sbatch", "squeue"]) {
      await Deno.writeTextFile(`${folder}/${name}`, "#!/bin/sh\necho 'connection refused' >&2\nexit 1\n", {
        mode: 0o755,
      });
    }
    const { code, stderr } = await new Deno.Command("bash", {
      args: [`${folder}/submit.sh`],
      env: { PATH: `${folder}:${Deno.env.get("PATH")}` },
    }).output();
    assertEquals(code, 4);
    assertStringIncludes(new TextDecoder().decode(stderr), "Cannot submit: Slurm did not accept squeue");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("engineScripts: sbatch options and hosts in another form, such as text that a shell would interpret, are rejected", () => {
  for (const sbatch of ["--wrap=$(id)", "long", "--comment=`id`", "--a='b'"]) {
    assertThrows(() => engineScripts(OPEN, { ...PLACE, sbatch }), Error, "must be --name=value");
  }
  for (const hosts of ["a b", "$(id)", ""]) {
    assertThrows(() => engineScripts(OPEN, { ...PLACE, hosts }), Error, "must be names");
  }
});

Deno.test("engineScripts: hosts become GNU parallel's --sshlogin or --sshloginfile; both at once are rejected", () => {
  const script = (more: object) => engineScripts(OPEN, { ...PLACE, ...more })["parallel.sh"];
  const said = (more: object) => /^parallel (.*)--retries/m.exec(script(more))![1];
  assertEquals(said({}), "--quote ");
  assertEquals(said({ hosts: "8/me@node1,node2", jobs: 4 }), "--quote --jobs 4 --sshlogin 8/me@node1,node2 ");
  assertEquals(said({ hostsFile: "/a b/it's.txt" }), "--quote --sshloginfile '/a b/it'\\''s.txt' ");
  assertThrows(() => script({ hosts: "a", hostsFile: "/b" }), Error, "got both");
});
