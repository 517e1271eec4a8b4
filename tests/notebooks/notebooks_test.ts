import { assert, assertEquals } from "@std/assert";
import { sampleStudy } from "../dashboards/sample_study.ts";
import { executeNotebook } from "./execute_notebook.ts";
import { cellsToModule, type Notebook, readNotebook, sourceOf } from "./notebook.ts";
import { recordedHashes } from "./recorded_hashes.ts";

const root = new URL("../../", import.meta.url);
const folder = new URL("notebooks/", root);
const names = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name.endsWith(".ipynb"))
  .sort();
const notebooks = await Promise.all(names.map((name) => readNotebook(new URL(name, folder))));
const codeCells = (notebook: Notebook) => notebook.cells.filter((cell) => cell.cell_type === "code");

Deno.test("code cells have at most ten lines, import only src/mod.ts, and end with await show(...)", () => {
  assert(names.length >= 1);
  notebooks.forEach((notebook, i) => {
    codeCells(notebook).forEach((cell, k) => {
      const source = sourceOf(cell), where = `${names[i]}, code cell ${k + 1}`;
      assert(source.split("\n").length <= 10, `${where} has ${source.split("\n").length} lines`);
      const imports = [...source.matchAll(/from "([^"]+)"/g)].map((match) => match[1]);
      assert(imports.every((from) => from === "../src/mod.ts"), `${where} imports ${imports}`);
      assert(/await show\([\s\S]*\);?\s*\}?\s*$/.test(source), `${where} ends with await show(...)`);
    });
  });
});

Deno.test("cells pass the type checker and the linter", async () => {
  const scratch = await Deno.makeTempDir({ dir: root.pathname, prefix: ".cells-" });
  try {
    const paths = await Promise.all(notebooks.map(async (notebook, i) => {
      const path = `${scratch}/${names[i].replace(".ipynb", ".ts")}`;
      await Deno.writeTextFile(path, cellsToModule(notebook));
      return path;
    }));
    for (const verb of ["check", "lint"]) {
      const { success, stderr } = await new Deno.Command(Deno.execPath(), {
        args: [verb, ...paths],
        cwd: root.pathname,
        env: { NO_COLOR: "1" },
      }).output();
      assert(success, new TextDecoder().decode(stderr));
    }
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
});

Deno.test("every notebook runs in the Deno kernel on a small study, with alt text for every image", async () => {
  const study = await Deno.makeTempDir();
  await sampleStudy(study, { heads: 400, d: 6, sizePx: 32 });
  for (const [i, notebook] of notebooks.entries()) {
    const { notebook: executed, error } = await executeNotebook(onStudy(notebook, study), {
      cwd: folder.pathname,
    });
    assertEquals(error, null, `${names[i]}: ${error}`);
    requireShown(executed, names[i]);
  }
  await Deno.remove(study, { recursive: true });
});

Deno.test("the hashes that an executed notebook stores match its cells, the sources and the study, and every cell has output", async (t) => {
  for (const [i, notebook] of notebooks.entries()) {
    const recorded = notebook.metadata.caput as Awaited<ReturnType<typeof recordedHashes>> | undefined;
    if (!recorded) {
      console.log(`skipped: ${names[i]} is committed without outputs`);
      continue;
    }
    await t.step(names[i], async () => {
      const now = await recordedHashes(notebook);
      assertEquals(recorded.cells, now.cells, "its cells changed since it was executed: deno task notebooks");
      assertEquals(
        recorded.sources,
        now.sources,
        "the sources changed since it was executed: deno task notebooks",
      );
      for (const [study, hash] of Object.entries(now.studies)) {
        if (hash !== "absent") {
          assertEquals(
            recorded.studies[study],
            hash,
            `studies/${study} was run again since it was executed: deno task notebooks`,
          );
        }
      }
      requireShown(notebook, names[i]);
    });
  }
});

/** The same notebook with another study. */
function onStudy(notebook: Notebook, study: string): Notebook {
  const moved = structuredClone(notebook);
  for (const cell of moved.cells) cell.source = sourceOf(cell).replaceAll("../studies/paper", study);
  return moved;
}

/** Checks that every code cell has output, none failed, and every image has alt text. */
function requireShown(notebook: Notebook, name: string): void {
  codeCells(notebook).forEach((cell, k) => {
    const where = `${name}, code cell ${k + 1}`, outputs = cell.outputs ?? [];
    assert(outputs.length > 0, `${where} must show something`);
    for (const { output_type, data = {}, metadata = {} } of outputs) {
      assert(output_type !== "error", `${where} failed`);
      assert(output_type !== "execute_result", `${where} returns a value that is not shown with show(...)`);
      for (const type of Object.keys(data).filter((each) => each.startsWith("image/"))) {
        assert((metadata[type] as { alt?: string })?.alt, `${where} must give its image an alt text`);
      }
    }
  });
}
