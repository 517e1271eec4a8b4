import { assertEquals } from "@std/assert";
import { pool } from "../../../src/stats/samples/pool.ts";

Deno.test("pool: samples are concatenated", () => {
  assertEquals(pool([[1, 2], Float64Array.of(3), []]), Float64Array.of(1, 2, 3));
  assertEquals(pool([]).length, 0);
});
