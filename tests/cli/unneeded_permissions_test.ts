import { assertEquals } from "@std/assert";
import { unneededPermissions } from "../../src/cli/unneeded_permissions.ts";
import { film } from "../radiograph/make_dicom.ts";
import { CAPUT_ARGS, runCaput } from "./run_caput.ts";

Deno.test("unneededPermissions: each verb drops the permissions it does not need", () => {
  const cases: [string, string[]][] = [
    ["inspect a.dcm", ["net", "write", "ffi", "sys", "run"]],
    ["inspect films.ZIP", ["net", "ffi", "sys", "run"]],
    ["verify studies/a", ["net", "write", "ffi", "sys", "run"]],
    ["score a.dcm --json", ["net", "write", "sys", "run"]],
    ["segment a.dcm", ["net", "write", "sys", "run"]],
    ["segment a.dcm --out=masks", ["net", "sys", "run"]],
    ["preflight a.dcm --csv t.csv", ["net", "sys", "run"]],
    ["run --phantom small", ["net", "sys", "run"]],
    ["run --cohort a.csv --engine slurm", ["net", "sys"]],
    ["query studies/a x", ["net", "write", "sys", "run"]],
    ["shard --plan p.json --index 0", ["net", "sys", "run"]],
    ["figures studies/a", ["net", "run"]],
    ["pack export studies/a", ["net", "ffi", "sys", "run"]],
    ["dashboard studies/a", ["net", "ffi", "sys", "run"]],
    ["dashboard studies/a --serve", ["sys", "run"]],
    ["site studies/a --out s", ["net", "ffi", "sys", "run"]],
    ["site studies/a --out s --serve", ["sys", "run"]],
    ["start", ["run"]],
    ["start --open", []],
    ["dashboard studies/a --serve --open", ["sys"]],
    ["site studies/a --out s --serve --open", ["sys"]],
    ["desk films --open", ["sys"]],
    ["score a.dcm --open", ["net", "write", "sys", "run"]],
    ["teach studies/a", ["net", "run"]],
    ["fetch --dicomweb https://archive", ["net", "write", "ffi", "sys"]],
    ["send studies/a", ["net", "write", "ffi", "sys"]],
    ["", ["net", "sys", "run"]],
    ["constructor", ["net", "sys", "run"]],
  ];
  for (const [line, names] of cases) {
    assertEquals(unneededPermissions(line.split(" ")), names as Deno.PermissionName[], line);
  }
});

Deno.test("verbs work without the permissions they dropped", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeFile(`${folder}/a.dcm`, film());
    assertEquals((await runCaput(["inspect", "a.dcm", "--json"], folder)).code, 0);
    assertEquals((await runCaput(["manifest", "."], folder)).code, 0);
    await Deno.writeTextFile(`${folder}/t.csv`, "v,g\n1,a\n2,a\n3,a\n4,b\n5,b\n6,b\n");
    assertEquals((await runCaput(["compare", "t.csv", "--value", "v", "--group", "g"], folder)).code, 0);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("the task caput: no permission prompts, runs only Deno, network on loopback only, native libraries only from node_modules", () => {
  const flags = CAPUT_ARGS.filter((word) => word.startsWith("--")).map((word) => word.split("=")[0]);
  assertEquals(flags.toSorted(), [
    ...[
      "--allow-env",
      "--allow-ffi",
      "--allow-net",
      "--allow-read",
      "--allow-run",
      "--allow-sys",
      "--allow-write",
    ],
    "--deny-write",
    "--no-prompt",
  ]);
  for (
    const scoped of [
      "--allow-env=",
      "--allow-ffi=node_modules",
      "--allow-net=127.0.0.1",
      "--allow-sys=",
      "--allow-run=deno",
      "--deny-write=src,",
    ]
  ) {
    assertEquals(CAPUT_ARGS.some((word) => word.startsWith(scoped)), true, scoped);
  }
});

Deno.test("project cannot write to the program's own folders", async () => {
  const samples = "v,g\n1,a\n2,a\n3,a\n4,b\n5,b\n6,b\n", folder = await Deno.makeTempDir();
  const program = new URL("../../src/cli/", import.meta.url).pathname;
  try {
    await Deno.writeTextFile(`${folder}/t.csv`, samples);
    for (const out of [program, `${program}../../node_modules`, `${program}../../dashboards`]) {
      const { code, err } = await runCaput([
        "project",
        "t.csv",
        "--columns",
        "v",
        "--out",
        `${out}/probe.csv`,
      ], folder);
      assertEquals([code, /write/.test(err)], [4, true], err);
      assertEquals(await Deno.stat(`${out}/probe.csv`).then(() => true, () => false), false);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
