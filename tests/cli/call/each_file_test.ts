import { assert, assertEquals, assertRejects } from "@std/assert";
import { eachFile } from "../../../src/cli/call/each_file.ts";
import type { Call } from "../../../src/cli/call/verb.ts";
import { InputError } from "../../../src/input_error.ts";

/** A call that records its output. */
function call(args: string[], signal = new AbortController().signal) {
  const printed: { file: string; error?: { code: string } }[] = [], notes: string[] = [];
  const made = {
    args,
    options: {},
    json: true,
    quiet: true,
    signal,
    resolve: (path: string) => `/folder/${path}`,
    print: () => {},
    printJson: (value: unknown) => printed.push(value as typeof printed[number]),
    note: (line: string) => notes.push(line),
    progress: () => ({ update: () => {}, end: () => {} }),
  } as unknown as Call;
  return { made, printed, notes };
}

Deno.test("eachFile: files are read ahead, processed one at a time and reported in the order of the arguments", async () => {
  const names = Array.from({ length: 12 }, (_, i) => `f${i}`), { made, printed, notes } = call(names);
  let reading = 0, most = 0, working = 0;
  const order: string[] = [];
  const code = await eachFile(made, {
    label: "films",
    unusable: "without a head",
    read: async (path) => {
      most = Math.max(most, ++reading);
      await new Promise((resolve) => setTimeout(resolve, path.endsWith("/f0") ? 30 : 1)); // the first is slowest
      reading--;
      if (path.endsWith("f3")) {
        throw Object.assign(new InputError("cut", { fix: "copy it" }), { code: "truncated" });
      }
      return path;
    },
    work: async (path, typed) => {
      assertEquals([path, ++working], [`/folder/${typed}`, 1]);
      await Promise.resolve();
      working--;
      order.push(typed);
      return { record: {}, lines: [], usable: typed !== "f5" };
    },
  });
  assertEquals(code, 1);
  assertEquals(printed.map(({ file }) => file), names);
  assertEquals(printed[3].error?.code, "truncated");
  assertEquals(order, names.filter((name) => name !== "f3"));
  assertEquals(notes, ["Of 12 files: 1 failed, 1 without a head; the rest is complete"]);
  assert(most >= 2 && most <= 5, `${most} at once`);
});

Deno.test("eachFile: an error that is not due to one file stops the command, and so does Ctrl-C", async () => {
  const { made } = call(["a", "b"]);
  const full = Object.assign(new Error("disk"), { code: "ENOSPC" });
  const work = () => ({ record: {}, lines: [], usable: true });
  await assertRejects(
    () => eachFile(made, { label: "", read: () => Promise.reject(full), work }),
    Error,
    "disk",
  );
  const stopped = call(["a"], AbortSignal.abort(new DOMException("stop", "AbortError")));
  await assertRejects(
    () => eachFile(stopped.made, { label: "", read: (path) => Promise.resolve(path), work }),
    DOMException,
    "stop",
  );
});
