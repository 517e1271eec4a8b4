/**
 * Executes notebooks in the real Deno kernel, without Python, and saves their outputs:
 *
 *     deno task notebooks [--check] [NAME...]
 *
 * `--check` saves nothing and only says whether every cell ran. A notebook keeps, in its metadata, the hash of its cells, of
 * the project's sources and of the study it read, so that a test can tell when the pictures are older than the code.
 */
import { executeNotebook } from "../tests/notebooks/execute_notebook.ts";
import { readNotebook, writeNotebook } from "../tests/notebooks/notebook.ts";
import { recordedHashes } from "../tests/notebooks/recorded_hashes.ts";

const folder = new URL(".", import.meta.url);
const check = Deno.args.includes("--check");
const wanted = Deno.args.filter((argument) => !argument.startsWith("--"));
const names = [...Deno.readDirSync(folder)].map((entry) => entry.name).filter((name) =>
  name.endsWith(".ipynb")
).sort();
let failed = 0;

for (const name of names) {
  if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
  const started = performance.now();
  const path = new URL(name, folder);
  const { notebook, cellsRun, error } = await executeNotebook(await readNotebook(path), {
    cwd: folder.pathname,
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (error) failed++;
  else if (!check) {
    notebook.metadata.caput = await recordedHashes(notebook);
    await writeNotebook(path, notebook);
  }
  console.error(
    `${error ? "failed" : "ok"}  ${name}  ${cellsRun} cells, ${seconds} s${error ? `  ${error}` : ""}`,
  );
}
Deno.exit(failed > 0 ? 1 : 0);
