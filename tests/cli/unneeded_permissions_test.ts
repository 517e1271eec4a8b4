import { assertEquals } from "@std/assert";
import { unneededPermissions } from "../../src/cli/unneeded_permissions.ts";
import { film } from "../radiograph/make_dicom.ts";
import { CAPUT_ARGS, runCaput } from "./run_caput.ts";

Deno.test("unneededPermissions: each verb gives back what it has no use for", () => {
  const cases: [string, string[]][] = [
    ["inspect a.dcm", ["net", "write"]],
    ["inspect films.ZIP", ["net"]],
    ["verify studies/a", ["net", "write"]],
    ["score a.dcm --json", ["net", "write"]],
    ["segment a.dcm", ["net", "write"]],
    ["segment a.dcm --out=masks", ["net"]],
    ["preflight a.dcm --csv t.csv", ["net"]],
    ["run --phantom small", ["net"]],
    ["dashboard studies/a", ["net"]],
    ["dashboard studies/a --serve", []],
    ["start --open", []],
    ["", ["net"]],
    ["constructor", ["net"]],
  ];
  for (const [line, names] of cases) {
    assertEquals(unneededPermissions(line.split(" ")), names as Deno.PermissionName[], line);
  }
});

Deno.test("the verbs do their work without what they gave back", async () => {
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

Deno.test("the task's own permissions: nothing is asked, nothing is run, sockets on loopback, libraries from node_modules", () => {
  const flags = CAPUT_ARGS.filter((word) => word.startsWith("--")).map((word) => word.split("=")[0]);
  assertEquals(flags.toSorted(), [
    ...["--allow-env", "--allow-ffi", "--allow-net", "--allow-read", "--allow-sys", "--allow-write"],
    "--no-prompt",
  ]);
  for (
    const scoped of ["--allow-env=", "--allow-ffi=node_modules", "--allow-net=127.0.0.1", "--allow-sys="]
  ) {
    assertEquals(CAPUT_ARGS.some((word) => word.startsWith(scoped)), true, scoped);
  }
});
