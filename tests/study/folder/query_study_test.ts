import { assert, assertEquals, assertRejects } from "@std/assert";
import { writeTable } from "../../../src/files/write_table.ts";
import { queryStudy, type QueryValue } from "../../../src/study/folder/query_study.ts";
import { runCaput } from "../../cli/run_caput.ts";

const folder = await Deno.makeTempDir({ prefix: "it's a study " });
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
const n = 5000;
const ids = Array.from({ length: n }, (_, i) => `h${i}`);
await writeTable(`${folder}/heads.parquet`, { head_id: ids, grade: Int32Array.from(ids, (_, i) => i % 5) });
await writeTable(`${folder}/deviations.parquet`, {
  head_id: ids,
  distance: Float64Array.from(ids, (_, i) => i / 2),
});
await Deno.writeTextFile(`${folder}/secret.txt`, "a");

/** A table with missing values. */
const gaps = await Deno.makeTempDir();
globalThis.addEventListener("unload", () => Deno.removeSync(gaps, { recursive: true }));
await writeTable(`${gaps}/projection.parquet`, {
  head_id: ids,
  x: Float64Array.from(ids, (_, i) => i % 2 ? 3 : NaN),
  site: ids.map((_, i) => i % 2 ? "a" : ""),
});

async function ask(sql: string, of = folder): Promise<QueryValue[][]> {
  const rows: QueryValue[][] = [];
  for await (const piece of (await queryStudy(of, sql)).pieces) {
    rows.push(...piece.map((row) => [...row]));
  }
  return rows;
}

Deno.test("queryStudy: joins, counts and means are correct", async () => {
  const rows = await ask(
    "select grade, count(*), avg(distance) from heads join deviations using (head_id) group by grade order by grade",
  );
  assertEquals(rows, [0, 1, 2, 3, 4].map((grade) => [grade, 1000, (n - 5 + 2 * grade) / 4]));
  assertEquals((await ask("select head_id from heads")).length, n);
  assertEquals(await ask("select null, true, 1.5::double, date '2020-01-31'"), [[
    null,
    true,
    1.5,
    "2020-01-31",
  ]]);
});

Deno.test("queryStudy: missing numbers are NULL, so that averages ignore them", async () => {
  assertEquals(await ask("select avg(x), count(x), count(*) from projection", gaps), [[3, n / 2, n]]);
  assertEquals(await ask("select x from projection where head_id = 'h0'", gaps), [[null]]);
});

Deno.test("query: an empty label and a missing value are printed as (none)", async () => {
  const { out } = await runCaput(
    ["query", gaps, "select site, max(x) from projection group by site order by site"],
    folder,
  );
  assertEquals(out.split("\n").map((line) => line.trim().split(/\s+/)).slice(1, 3), [["(none)", "(none)"], [
    "a",
    "3",
  ]]);
});

Deno.test("queryStudy: a folder that does not exist is rejected with a reason", async () => {
  await assertRejects(
    () => queryStudy(`${folder}/nowhere`, "select 1"),
    Error,
    "it must be a finished study",
  );
});

Deno.test("queryStudy: reads only the tables and changes nothing", async () => {
  const before = await Deno.readFile(`${folder}/heads.parquet`);
  const forbidden = [
    "select * from read_text('/etc/hostname')",
    "select * from read_csv('" + folder.replaceAll("'", "''") + "/secret.txt')",
    "select * from glob('/*')",
    "copy (select 1) to '" + folder.replaceAll("'", "''") + "/heads.parquet'",
    "copy heads to '/tmp/caput_query_probe.csv'",
    "attach '/tmp/caput_query_probe.db'",
    "install httpfs",
    "load httpfs",
    "set enable_external_access = true",
    "create table t as select 1",
    "drop view heads",
    "select 1; select 2",
    "",
    "selec",
  ];
  for (const sql of forbidden) {
    await assertRejects(() => ask(sql), Error, "Cannot answer");
  }
  assertEquals(await Deno.readFile(`${folder}/heads.parquet`), before);
  assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
    ...["deviations.parquet", "heads.parquet", "secret.txt"],
  ]);
});

Deno.test("caput query: table, CSV and JSON with the task's own permissions; an invalid query gives exit code 2", async () => {
  const sql = "select head_id, distance from deviations where distance < 1 order by 2";
  const table = await runCaput(["query", folder, sql], "/");
  assertEquals(
    [table.code, table.out],
    [0, "head_id  distance\nh0              0\nh1            0.5\n"],
    table.err,
  );
  assertEquals(
    (await runCaput(["query", folder, sql, "--format", "csv"], "/")).out,
    "head_id,distance\nh0,0\nh1,0.5\n",
  );
  const json = await runCaput(["query", folder, sql, "--json"], "/");
  assertEquals(json.lines, [{ head_id: "h0", distance: 0 }, { head_id: "h1", distance: 0.5 }]);
  const wrong = await runCaput(["query", folder, "select nothing from heads"], "/");
  assertEquals(wrong.code, 2);
  assert(wrong.err.includes("the tables are deviations, heads"), wrong.err);
  await assertRejects(() => queryStudy("/etc/apt", "select 1"), Error, "must be a finished study");
});
