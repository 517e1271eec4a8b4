import { encodeCsv } from "./encode_csv.ts";
import type { Table } from "./table.ts";
import { writeAtomic } from "./write_atomic.ts";
import { encodeTable } from "./write_table.ts";
import { InputError } from "../input_error.ts";

/**
 * Writes a table as Parquet or CSV, depending on the path's extension.
 *
 * @throws {InputError} if the path ends in neither `.parquet` nor `.csv`. @throws {TypeError} if the columns of a
 * Parquet table differ in length.
 */
export async function writeTableFile(path: string, table: Table): Promise<void> {
  if (path.endsWith(".parquet")) await writeAtomic(path, encodeTable(table));
  else if (path.endsWith(".csv")) await writeAtomic(path, encodeCsv(table));
  else throw new InputError(`Cannot write a table to ${path}: it must end in .parquet or .csv`);
}
