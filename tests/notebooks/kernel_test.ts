import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { executeNotebook } from "./execute_notebook.ts";
import { Kernel } from "./kernel.ts";
import { cellsToModule, type Notebook } from "./notebook.ts";

const here = new URL(".", import.meta.url).pathname;

function notebookOf(...sources: string[]): Notebook {
  const cells = sources.map((source) => ({ cell_type: "code" as const, source, metadata: {} }));
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
}

Deno.test("the kernel keeps state between cells, awaits and displays", async () => {
  const { notebook, cellsRun, error } = await executeNotebook(
    notebookOf(
      "const answer = await Promise.resolve(42);",
      "",
      "console.log(answer);\nconsole.log(`twice ${2 * answer}`);",
      `await Deno.jupyter.display({ "text/plain": "a picture" }, { raw: true });`,
    ),
    { cwd: here },
  );
  assertEquals(error, null);
  assertEquals(cellsRun, 3);
  assertEquals(notebook.cells[1].execution_count, null);
  assertEquals(notebook.cells[2].outputs, [{
    output_type: "stream",
    name: "stdout",
    text: "42\ntwice 84\n",
  }]);
  assertEquals(notebook.cells[3].outputs?.[0].data?.["text/plain"], "a picture");
});

Deno.test("the first failing cell stops the notebook and is reported", async () => {
  const { error, notebook } = await executeNotebook(
    notebookOf("1 + 1;", `throw new RangeError("too far");`, "console.log('not reached');"),
    { cwd: here },
  );
  assertStringIncludes(error ?? "", "cell 2: RangeError: too far");
  assertEquals(notebook.cells[1].outputs?.[0].output_type, "error");
  assertEquals(notebook.cells[2].outputs, undefined);
});

Deno.test("a large message is transferred completely", async () => {
  await using kernel = await Kernel.start({ cwd: here });
  // The kernel may report that it is idle before it has sent all output, so the cell waits 200 ms before it ends.
  const { outputs } = await kernel.execute(
    `console.log("x".repeat(300000)); await new Promise((done) => setTimeout(done, 200));`,
  );
  const text = outputs.map((output) => output.text ?? "").join("");
  assertEquals(text.length, 300001);
});

Deno.test("a cell that never ends is stopped, and this is reported", async () => {
  const kernel = await Kernel.start({ cwd: here });
  try {
    await assertRejects(() => kernel.execute("while (true) {}", { timeoutMs: 300 }), Error, "over 300 ms");
  } finally {
    await kernel.close();
  }
});

Deno.test("cells become one module, text becomes comments", () => {
  const notebook = notebookOf("const a = 1;", "console.log(a);");
  notebook.cells.unshift({ cell_type: "markdown", source: ["# Title\n", "\n", "*/ prose"], metadata: {} });
  const text = cellsToModule(notebook);
  assert(text.startsWith("// %% [markdown]\n// # Title\n//\n// */ prose\n"));
  assertStringIncludes(text, "// %% cell 2\nconst a = 1;\n");
  assertStringIncludes(text, "// %% cell 3\nconsole.log(a);\n");
});
