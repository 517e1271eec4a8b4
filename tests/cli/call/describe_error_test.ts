import { assertEquals } from "@std/assert";
import { describeError } from "../../../src/cli/call/describe_error.ts";

Deno.test("describeError: a missing file or folder is named, without the words of the operating system", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/it's/not here`;
  try {
    const calls = [
      () => Deno.readTextFile(path),
      () => Deno.stat(path),
      () => Promise.resolve([...Deno.readDirSync(path)]),
      () => Deno.open(path),
    ];
    for (const call of calls) {
      const error = await Promise.resolve().then<unknown>(call).catch((error) => error);
      assertEquals(describeError(error), {
        code: "ENOENT",
        message: `${path} does not exist`,
        fix: "check the path",
      });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("describeError: a file in place of a folder is named, with what to do", async () => {
  const path = await Deno.makeTempFile();
  try {
    let thrown: unknown;
    try {
      [...Deno.readDirSync(path)];
    } catch (error) {
      thrown = error;
    }
    const { message, fix } = describeError(thrown);
    assertEquals([message, fix], [`${path} is a file, not a folder`, "name a folder"]);
  } finally {
    await Deno.remove(path);
  }
});
