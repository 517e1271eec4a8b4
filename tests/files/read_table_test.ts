import { assert, assertEquals, assertRejects } from "@std/assert";
import { parquetMetadata } from "hyparquet";
import { readTable } from "../../src/files/read_table.ts";
import { numbersOf, textsOf } from "../../src/files/table.ts";
import { encodeTable, writeTable } from "../../src/files/write_table.ts";
import { InputError } from "../../src/input_error.ts";

async function withFile(content: Uint8Array | string, check: (path: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await Deno.writeFile(`${folder}/t`, bytes);
    await check(`${folder}/t`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const TABLE = {
  head_id: ["a", 'ü\n"quoted"', ""],
  grade: Int32Array.of(0, 4, -1),
  distance: Float64Array.of(0.1, NaN, Number.MAX_VALUE),
};

Deno.test("readTable: restores what writeTable wrote, including NaN and empty texts", async () => {
  const folder = await Deno.makeTempDir();
  await writeTable(`${folder}/t.parquet`, TABLE);
  assertEquals(await readTable(`${folder}/t.parquet`), TABLE);
  assertEquals([...Deno.readDirSync(folder)].map((entry) => entry.name), ["t.parquet"]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("encodeTable: long tables are written in groups of rows and read again as a whole", async () => {
  const value = Float64Array.from({ length: 45_000 }, (_, i) => i / 7),
    name = Array.from(value, (v) => `h${v}`);
  const bytes = encodeTable({ name, value });
  const { row_groups: groups } = parquetMetadata(bytes.buffer as ArrayBuffer);
  assertEquals(groups.map(({ num_rows }) => Number(num_rows)), [1000, 20_000, 20_000, 4000]);
  const path = await Deno.makeTempFile({ suffix: ".parquet" });
  try {
    await Deno.writeFile(path, bytes);
    const table = await readTable(path);
    assertEquals(textsOf(table, "name"), name);
    assertEquals(numbersOf(table, "value"), value);
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("encodeTable: equal tables give equal bytes; columns of unequal length are rejected", () => {
  assertEquals(encodeTable(TABLE), encodeTable({ ...TABLE }));
  try {
    encodeTable({ a: ["x"], b: Int32Array.of(1, 2) });
    assert(false, "not refused");
  } catch (error) {
    assert(error instanceof TypeError && error.message.includes("column b"), String(error));
  }
});

Deno.test("readTable: CSV with semicolons, BOM, CRLF, quotes, gaps and a column called __proto__", () =>
  withFile('\ufeffid;value;__proto__\r\n"a;b";1e-3;x\r\nc;;y\r\n', async (path) => {
    const table = await readTable(path);
    assertEquals(Object.keys(table), ["id", "value", "__proto__"]);
    assertEquals(table.id, ["a;b", "c"]);
    assertEquals(table.value, Float64Array.of(0.001, NaN));
    assertEquals(Object.getOwnPropertyDescriptor(table, "__proto__")?.value, ["x", "y"]);
  }));

Deno.test("readTable: a decimal comma is recognised only if the separator is a semicolon; Windows 1252 is read", async () => {
  await withFile("a;b;c\n1,5;1,2;1,5\n-2;1.000,5;2.25\n;3;\n", async (path) => {
    const { a, b, c } = await readTable(path);
    assertEquals(a, Float64Array.of(1.5, -2, NaN));
    assertEquals(b, ["1,2", "1.000,5", "3"], "a point and a comma in one cell: the column stays text");
    assertEquals(c, Float64Array.of(1.5, 2.25, NaN));
  });
  await withFile('a,b\n"1,5",2\n', async (path) => assertEquals((await readTable(path)).a, ["1,5"]));
  const latin = Uint8Array.from([..."Größe;b\n1,5;ö\n"].map((c) => c.charCodeAt(0)));
  await withFile(
    latin,
    async (path) =>
      assertEquals(
        await readTable(path),
        Object.assign(Object.create(null), {
          "Größe": Float64Array.of(1.5),
          b: ["ö"],
        }),
      ),
  );
});

Deno.test("readTable: UTF-16 is recognised by its byte order mark; ragged rows and repeated headers are rejected", async () => {
  const utf16 = new Uint8Array([
    0xff,
    0xfe,
    ...new Uint8Array(new Uint16Array([..."a,b\n1,ö"].map((c) => c.charCodeAt(0))).buffer),
  ]);
  await withFile(utf16, async (path) => assertEquals((await readTable(path)).b, ["ö"]));
  await withFile(
    "a,b\n1\n",
    (path) => assertRejects(() => readTable(path), InputError, "Cannot read the table"),
  );
  await withFile("a,a\n1,2\n", (path) => assertRejects(() => readTable(path), InputError, '"a" twice'));
  await withFile("PAR1 but no more", (path) => assertRejects(() => readTable(path), InputError));
});
