import { parse } from "csv-parse/sync";
import { parquetRead } from "hyparquet";
import { InputError } from "../src/input_error.ts";

/** A study folder in memory: one entry per head in every column, in the order of heads.parquet. */
export interface StudyTables {
  readonly headId: string[]; // [n]
  readonly numbers: Map<string, Float64Array>; // name -> [n]
  readonly texts: Map<string, string[]>; // name -> [n]
  readonly latents: Float64Array; // [n, d]
  readonly d: number;
  /** The {@linkcode JSON_FILES} and `teaching/teaching.json`, by name without extension; null if absent. */
  readonly json: Record<string, unknown>;
  readonly failures: Record<string, string>[];
}

const TABLES = ["heads", "latents", "deviations", "projection"] as const;
const JSON_FILES = ["study", "normative", "comparisons", "progression", "directions", "explain"] as const;
/** Columns that the page requires; a missing value in one of them is an error. */
const MUST_BE_FINITE = ["distance", "umap_x", "umap_y", "grade"];

/**
 * Reads the tables of a study folder and joins them by `head_id`.
 *
 * @throws {Deno.errors.NotFound} if the folder or one of its tables is missing.
 * @throws {InputError} if a table has no rows, a `head_id` repeats or is missing from a table, or a required number is
 * not finite.
 * @throws {SyntaxError} if a JSON file is malformed.
 */
export async function readStudy(studyDir: string): Promise<StudyTables> {
  const [columns, ...others] = await Promise.all(TABLES.map((name) => readParquet(studyDir, name)));
  const headId = Array.from(columns.get("head_id") ?? [], String);
  if (new Set(headId).size !== headId.length) {
    throw new InputError(`Cannot read ${studyDir}/heads.parquet: head_id must not repeat`);
  }
  for (const [at, table] of others.entries()) {
    const rowOf = new Map(Array.from(table.get("head_id") ?? [], (id, row) => [String(id), row]));
    const rows = headId.map((id) => {
      const row = rowOf.get(id);
      if (row !== undefined) return row;
      throw new InputError(`Cannot join ${studyDir}/${TABLES[at + 1]}.parquet: no row for head ${id}`);
    });
    for (const [name, values] of table) columns.set(name, rows.map((row) => values[row]));
    table.clear();
  }
  columns.delete("head_id");
  const numbers = new Map<string, Float64Array>();
  const texts = new Map<string, string[]>();
  for (const [name, values] of columns) {
    if (typeof values[0] === "string") texts.set(name, Array.from(values, String));
    else numbers.set(name, Float64Array.from(values, Number));
  }
  checkFinite(studyDir, headId, numbers);
  const dimensions = [...numbers.keys()].filter((name) => /^z\d+$/.test(name)).sort();
  const latents = interleave(dimensions.map((name) => numbers.get(name)!), headId.length); // [n, d]
  for (const name of dimensions) numbers.delete(name);
  return {
    headId,
    numbers,
    texts,
    latents,
    d: dimensions.length,
    json: {
      ...Object.fromEntries(
        await Promise.all(JSON_FILES.map(async (name) => [name, await readJson(`${studyDir}/${name}.json`)])),
      ),
      teaching: await readJson(`${studyDir}/teaching/teaching.json`),
    },
    failures: await readFailures(`${studyDir}/failures.csv`),
  };
}

/** A table by columns, because rows as objects would take gigabytes in large studies. */
type Columns = Map<string, ArrayLike<unknown>>;

async function readParquet(studyDir: string, name: string): Promise<Columns> {
  const { buffer } = await Deno.readFile(`${studyDir}/${name}.parquet`);
  const columns = new Map<string, unknown[]>();
  await parquetRead({
    file: buffer,
    onChunk({ columnName, columnData, rowStart }) {
      const values = columns.get(columnName) ?? [];
      for (let i = 0; i < columnData.length; i++) values[rowStart + i] = columnData[i];
      columns.set(columnName, values);
    },
  });
  if (!columns.get("head_id")?.length) {
    throw new InputError(`Cannot show ${studyDir}/${name}.parquet: it has no rows or no column head_id`);
  }
  return columns;
}

function checkFinite(studyDir: string, headId: string[], numbers: Map<string, Float64Array>): void {
  for (const name of MUST_BE_FINITE) {
    const bad = numbers.get(name)?.findIndex((value) => !Number.isFinite(value)) ?? 0;
    if (bad >= 0) {
      throw new InputError(
        `Cannot show ${studyDir}: ${name} must be a finite number, got ${numbers.get(name)?.[bad]} for head ${
          headId[bad]
        }`,
      );
    }
  }
}

function interleave(columns: Float64Array[], n: number): Float64Array {
  const rows = new Float64Array(n * columns.length); // [n, d]
  columns.forEach((column, j) => column.forEach((value, i) => (rows[i * columns.length + j] = value)));
  return rows;
}

async function readJson(path: string): Promise<unknown> {
  const text = await orNull(Deno.readTextFile(path));
  return text === null ? null : JSON.parse(text);
}

async function readFailures(path: string): Promise<Record<string, string>[]> {
  const text = await orNull(Deno.readTextFile(path));
  return text === null ? [] : parse(text, { columns: true, bom: true, relax_column_count: true });
}

async function orNull(reading: Promise<string>): Promise<string | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
