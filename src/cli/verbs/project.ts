import { EXIT } from "../call/exit_code.ts";
import type { Table } from "../../mod.ts";
import { SHARED } from "../call/shared_options.ts";
import { UsageError, type Verb } from "../call/verb.ts";
import { InputError } from "../../input_error.ts";

/** Names that match a list of patterns such as `z*,age`. */
function pickColumns(names: readonly string[], patterns: string): string[] {
  const tests = patterns.split(",").map((pattern) => {
    const source = pattern.trim().replace(/[.*+?^${}()|[\]\\]/g, (c) => c === "*" ? ".*" : `\\${c}`);
    return new RegExp(`^${source}$`);
  });
  return names.filter((name) => tests.some((test) => test.test(name)));
}

export const project: Verb = {
  name: "project",
  args: "TABLE",
  count: [1, 1],
  summary:
    "Computes a UMAP of columns of a CSV or Parquet table (by default those whose names start with z).",
  details:
    "The map starts from principal components and is identical for the same seed. Columns are not scaled: " +
    "scale them beforehand if their units differ. Trustworthiness measures how well the neighbourhoods are preserved.",
  options: {
    columns: {
      kind: "text",
      value: "z*",
      help: "columns to use, with * as wildcard, separated by commas (default z*)",
    },
    neighbors: { kind: "whole", range: [2, 1000], value: "K", help: "number of neighbours (default 15)" },
    seed: SHARED.seed,
    out: {
      kind: "text",
      value: "FILE",
      help: "write id, position and trustworthiness of every row to FILE, .parquet or .csv",
    },
  },
  example: ["caput project studies/paper/latents.parquet --out map.csv"],
  async run(call) {
    const { numbersOf, projectUmap, readTable, rowCount, textsOf, writeTableFile } = await import(
      "../../mod.ts"
    );
    const table = await readTable(call.resolve(call.args[0]));
    const pattern = String(call.options.columns ?? "z*");
    const names = pickColumns(Object.keys(table), pattern);
    if (names.length === 0) {
      throw new UsageError(
        `No column matches ${pattern}; the table has ${Object.keys(table).join(", ")}`,
        `name the columns to use, such as --columns ${Object.keys(table).slice(-2).join(",")}`,
      );
    }
    const n = rowCount(table), d = names.length;
    const rows = new Float64Array(n * d); // [n, d]
    names.forEach((name, j) => {
      numbersOf(table, name).forEach((value, i) => {
        if (!Number.isFinite(value)) {
          throw new InputError(
            `Cannot draw a map: column ${name} must hold a number in every row, got none in row ${i + 1}`,
          );
        }
        rows[i * d + j] = value;
      });
    });
    const bar = call.progress("map", 500);
    const map = projectUmap(rows, {
      d,
      seed: Number(call.options.seed ?? 1),
      neighbors: Number(call.options.neighbors ?? 15),
      onProgress: (epoch, epochs) => bar.update(Math.round(500 * epoch / epochs)),
    });
    bar.end();
    const id = Object.hasOwn(table, "head_id") ? textsOf(table, "head_id") : null;
    const x = map.points.filter((_, i) => i % 2 === 0), y = map.points.filter((_, i) => i % 2 === 1);
    if (call.options.out !== undefined) {
      const key: Table = id ? { head_id: id } : { row: Int32Array.from({ length: n }, (_, i) => i + 1) };
      await writeTableFile(call.resolve(String(call.options.out)), {
        ...key,
        x,
        y,
        trustworthiness: map.perPoint,
      });
    }
    const { trustworthiness, neighborPreservation, neighbors, seed } = map;
    if (call.json) {
      const out = Array.from(x, (_, i) => ({
        ...(id ? { headId: id[i] } : { row: i + 1 }),
        x: x[i],
        y: y[i],
        trustworthiness: map.perPoint[i],
      }));
      call.printJson({ rows: out, trustworthiness, neighborPreservation, neighbors, seed, columns: names });
    } else {
      call.print(`${n} rows, ${d} columns, ${neighbors} neighbours, seed ${seed}`);
      call.print(
        `trustworthiness ${trustworthiness.toFixed(3)}; of the ${neighbors} nearest rows, ${
          (100 * neighborPreservation).toFixed(0)
        } % are also among the nearest on the map`,
      );
      if (call.options.out === undefined) call.note("The map was not written: name a file with --out FILE.");
    }
    return EXIT.done;
  },
};
