import { requireStudyFolder } from "./require_study_folder.ts";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { InputError } from "../../input_error.ts";

/**
 * A value of a result: text, number, boolean or null. Other types (dates, lists), and integers beyond 2^53, are given
 * as text.
 */
export type QueryValue = string | number | boolean | null;

/** A query result: names of its columns, and its rows in batches. */
export interface QueryAnswer {
  /** Names of the columns. */
  readonly columns: readonly string[];
  /** The rows in batches, so that a large result does not have to fit in memory. */
  readonly pieces: AsyncGenerator<readonly (readonly QueryValue[])[]>;
}

/** Memory limit of DuckDB, in addition to the memory for rows in this process. */
const MEMORY = "1GB";

/** Quotes a text as an SQL string. */
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
/** Quotes a name for SQL. */
const identifier = (name: string) => `"${name.replaceAll('"', '""')}"`;

/**
 * Runs one SQL query on a study's tables. Each table is a view with the name of its file (`heads`, `latents`,
 * `deviations`, `projection`); they are joined by `head_id`. Missing numbers, which are NaN in the files, are NULL.
 * DuckDB is native code and not bound by Deno's permissions. It is therefore restricted: it is read-only, opens no
 * other files, loads no extensions, has no network access, writes no temporary files, and accepts a single SELECT only.
 *
 * @throws {InputError} if the folder has no tables, or the query is not a single SELECT or fails.
 */
export async function queryStudy(folder: string, sql: string): Promise<QueryAnswer> {
  const tables = tablesOf(folder);
  // DuckDB has 60 MB of native code, so it is loaded only when needed.
  const { DuckDBInstance, StatementType } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: MEMORY,
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
    temp_directory: "",
  });
  const connection = await instance.connect();
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    const paths = Object.values(tables).map(literal).join(", ");
    await connection.run(`SET allowed_paths = [${paths}]`);
    await connection.run("SET enable_external_access = false");
    for (const [name, path] of Object.entries(tables)) {
      const source = `read_parquet(${literal(path)})`;
      const { columns, types } = await shapeOf(connection, source);
      const list = columns.map((column, i) =>
        types[i] === "DOUBLE" ? orNull(identifier(column)) : identifier(column)
      );
      await connection.run(`CREATE VIEW ${identifier(name)} AS SELECT ${list.join(", ")} FROM ${source}`);
    }
    await connection.run("SET lock_configuration = true");
    const statements = await connection.extractStatements(sql);
    if (statements.count !== 1) {
      throw new InputError(
        `Cannot answer the query: it must have exactly one statement, got ${statements.count}`,
      );
    }
    const prepared = await statements.prepare(0);
    if (prepared.statementType !== StatementType.SELECT) {
      throw new InputError(
        `Cannot answer the query: it must be a SELECT, got ${StatementType[prepared.statementType]}`,
        {
          fix:
            "a query only reads the study; to write the result to a file, append > answer.csv to the command",
        },
      );
    }
    const result = await prepared.stream();
    return { columns: result.columnNames(), pieces: piecesOf(result, close) };
  } catch (error) {
    close();
    if (error instanceof InputError || !(error instanceof Error)) throw error;
    throw new InputError(`Cannot answer the query: ${error.message.split("\n")[0]}`, {
      fix: `the tables are ${
        Object.keys(tables).join(", ")
      }; select * from heads limit 1 shows a table's columns`,
      cause: error,
    });
  }
}

/** A missing number is NaN in the tables, but averages and comparisons in SQL leave out only NULL. */
const orNull = (column: string) => `CASE WHEN isnan(${column}) THEN NULL ELSE ${column} END AS ${column}`;

/** Names and types of a table's columns. */
async function shapeOf(
  connection: DuckDBConnection,
  source: string,
): Promise<{ columns: string[]; types: string[] }> {
  const result = await connection.run(`SELECT * FROM ${source} LIMIT 0`);
  return { columns: result.columnNames(), types: result.columnTypes().map(String) };
}

/** Paths of a study's tables by name. */
function tablesOf(folder: string): Record<string, string> {
  requireStudyFolder(folder, `Cannot query ${folder}`);
  const entries = [...Deno.readDirSync(folder)];
  const names = entries.filter(({ name, isFile }) => isFile && /^[a-z_]+\.parquet$/.test(name));
  if (names.length === 0) {
    throw new InputError(`Cannot query ${folder}: it must be a finished study with tables (*.parquet)`, {
      fix: "finish it with caput run or caput merge",
    });
  }
  return Object.fromEntries(
    names.map(({ name }) => [name.replace(/\.parquet$/, ""), `${folder}/${name}`]).sort(),
  );
}

async function* piecesOf(
  result: Awaited<ReturnType<Awaited<ReturnType<DuckDBInstance["connect"]>>["stream"]>>,
  close: () => void,
): QueryAnswer["pieces"] {
  try {
    for (;;) {
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) return;
      yield chunk.getRows().map((row) => row.map(plainValue));
    }
  } finally {
    close();
  }
}

function plainValue(value: unknown): QueryValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "bigint" && Number.isSafeInteger(Number(value))) return Number(value);
  return String(value);
}
