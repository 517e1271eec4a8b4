import { assertEquals, assertStringIncludes } from "@std/assert";
import { parse } from "csv-parse/sync";
import { parquetReadObjects } from "hyparquet";
import { csvText, jsonText, parquetBytes } from "../../../../dashboards/page/export/export_table.ts";

const TABLE = {
  columns: ["head", "note", "distance"],
  rows: [["a", 'says "far", twice\nso', 1 / 3], ["b", "=1+1", NaN], ["c", "@x", -2e-17]],
} as const;

Deno.test("CSV reads back exactly; formulas are escaped; a missing number is empty", () => {
  const rows = parse(csvText(TABLE), { columns: true }) as Record<string, string>[];
  assertEquals(rows.map((row) => row.note), ['says "far", twice\nso', "'=1+1", "'@x"]);
  assertEquals(rows.map((row) => row.distance), [String(1 / 3), "", "-2e-17"]);
});

Deno.test("JSON is an array of objects", () => {
  const rows = JSON.parse(jsonText(TABLE));
  assertEquals(rows[0], { head: "a", note: 'says "far", twice\nso', distance: 1 / 3 });
  assertEquals(rows[1].distance, null);
});

Deno.test("Parquet keeps doubles and texts", async () => {
  const rows = await parquetReadObjects({ file: parquetBytes(TABLE) });
  assertEquals(rows[0], { head: "a", note: 'says "far", twice\nso', distance: 1 / 3 });
  assertEquals(Number.isNaN(rows[1].distance), true);
  assertStringIncludes(String(rows[2].note), "@x");
});
