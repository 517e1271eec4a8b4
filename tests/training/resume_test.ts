import { assert, assertEquals } from "@std/assert";
import { readCheckpoint } from "../../src/training/loop/checkpoint.ts";

const script = new URL("./resume_child.ts", import.meta.url).pathname;

function start(checkpoint: string, weights: string): Deno.ChildProcess {
  const args = [
    "run",
    "--quiet",
    "--allow-read",
    "--allow-write",
    "--allow-env",
    "--allow-ffi",
    "--allow-sys",
    script,
  ];
  return new Deno.Command(Deno.execPath(), { args: [...args, checkpoint, weights], stdin: "null" }).spawn();
}

Deno.test("training that is killed twice with SIGKILL and resumed ends with the same weights and checkpoint as an uninterrupted run", async () => {
  const folder = await Deno.makeTempDir();
  const file = (name: string) => `${folder}/${name}`;
  assert((await start(file("whole.checkpoint"), file("whole")).status).success);

  for (const least of [10, 100]) {
    const child = start(file("cut.checkpoint"), file("cut"));
    while (await stepOf(file("cut.checkpoint")) < least) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    child.kill("SIGKILL");
    assertEquals((await child.status).signal, "SIGKILL");
  }
  const reached = await stepOf(file("cut.checkpoint"));
  assert(reached >= 100 && reached < 600, `killed at step ${reached}`);
  assert((await start(file("cut.checkpoint"), file("cut")).status).success);
  assertEquals(await Deno.readFile(file("cut")), await Deno.readFile(file("whole")));
  assertEquals(await Deno.readFile(file("cut.checkpoint")), await Deno.readFile(file("whole.checkpoint")));
  await Deno.remove(folder, { recursive: true });
});

/**
 * Steps done according to a checkpoint, 0 if there is none. It can be read at any time, because it is always complete.
 */
async function stepOf(path: string): Promise<number> {
  try {
    return (await readCheckpoint(path)).step;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
