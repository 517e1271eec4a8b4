import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { packColumn, type TightColumn, unpackColumn } from "../../dashboards/tight_column.ts";

const back = ({ type, data }: TightColumn) => unpackColumn(type, Uint8Array.fromBase64(data));

Deno.test("a column is stored in the smallest type that keeps every digit", () => {
  const type = (values: number[]) => packColumn(Float64Array.from(values)).type;
  assertEquals(type([0, 4, 255]), "u1");
  assertEquals(type([-1, 4]), "i2");
  assertEquals(type([40_000]), "i4");
  assertEquals(type([0.5, NaN]), "f4");
  assertEquals(type([0.1]), "f8");
  assertEquals(type([-0]), "f4"); // integer types have no negative zero
  assertEquals(packColumn(Float64Array.of(0.1), { rounded: true }).type, "f4");
  assertEquals([...back(packColumn(Float64Array.of(0.1), { rounded: true }))], [Math.fround(0.1)]);
});

Deno.test("packed columns are restored exactly", () => {
  fc.assert(fc.property(
    fc.array(fc.oneof(fc.double(), fc.integer(), fc.integer({ min: 0, max: 300 }))),
    (values) => assertEquals([...back(packColumn(Float64Array.from(values)))], values),
  ));
});
