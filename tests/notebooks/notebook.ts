import type { CellOutput } from "./kernel.ts";

/** A cell as nbformat 4.5 stores it. */
export interface NotebookCell {
  cell_type: "code" | "markdown" | "raw";
  id?: string;
  source: string | string[];
  metadata: Record<string, unknown>;
  execution_count?: number | null;
  outputs?: CellOutput[];
}

/** A notebook file. */
export interface Notebook {
  nbformat: number;
  nbformat_minor: number;
  metadata: Record<string, unknown>;
  cells: NotebookCell[];
}

/** The text of a cell, stored as a string or as lines. */
export function sourceOf(cell: NotebookCell): string {
  return Array.isArray(cell.source) ? cell.source.join("") : cell.source;
}

/** Reads a notebook and rejects other formats than nbformat 4. */
export async function readNotebook(path: string | URL): Promise<Notebook> {
  const notebook = JSON.parse(await Deno.readTextFile(path)) as Notebook;
  if (notebook.nbformat !== 4 || !Array.isArray(notebook.cells)) {
    throw new SyntaxError(`Cannot read ${path}: nbformat 4 is expected, got ${notebook.nbformat}`);
  }
  return notebook;
}

/** Writes a notebook like Jupyter: indented by one space, with a newline at the end. */
export async function writeNotebook(path: string | URL, notebook: Notebook): Promise<void> {
  await Deno.writeTextFile(path, JSON.stringify(notebook, null, 1) + "\n");
}

/**
 * The code cells as one TypeScript module, with text as comments, so that `deno check` and `deno lint` can read them.
 * Imports are relative to the notebook's folder, so write the module next to the notebook.
 */
export function cellsToModule(notebook: Notebook): string {
  const parts = notebook.cells.map((cell, i) =>
    cell.cell_type === "code"
      ? `// %% cell ${i + 1}\n${sourceOf(cell)}\n`
      : `// %% [markdown]\n${sourceOf(cell).split("\n").map((line) => `// ${line}`.trimEnd()).join("\n")}\n`
  );
  return parts.join("\n") + "\nexport {};\n";
}
