import { assertEquals, assertThrows } from "@std/assert";
import { meaningOf, parseGradeMap, parseSideMap } from "../../src/cohort/value_map.ts";
import { InputError } from "../../src/input_error.ts";

Deno.test("parseGradeMap: texts get grades, `drop` excludes rows; the last = of an entry separates text and grade", () => {
  assertEquals([...parseGradeMap("I=1, stage=II=2,NA=drop,__proto__=0")], [["I", 1], ["stage=II", 2], [
    "NA",
    null,
  ], ["__proto__", 0]]);
});

Deno.test("parseSideMap: texts get sides; `drop` excludes rows", () => {
  assertEquals([...parseSideMap("D=Right,I=left,B=drop,?=unknown")], [["D", "right"], ["I", "left"], [
    "B",
    null,
  ], ["?", "unknown"]]);
});

Deno.test("meaningOf: case does not matter, unless the map has spellings of a text with different meanings", () => {
  const map = parseGradeMap("gesund=0,IIa=2,IIA=3,Na=drop,NA=drop");
  assertEquals(["gesund", "Gesund", "GESUND", "na", "nA"].map((text) => meaningOf(map, text)), [
    0,
    0,
    0,
    null,
    null,
  ]);
  assertEquals(["IIa", "IIA", "iia", "V"].map((text) => meaningOf(map, text)), [2, 3, undefined, undefined]);
});

Deno.test("grade and side maps reject entries without =, grades above 4 and unknown sides", () => {
  assertThrows(() => parseGradeMap("I"), InputError, "TEXT=MEANING");
  assertThrows(() => parseGradeMap("V=5"), RangeError, "0 to 4 or drop");
  assertThrows(() => parseSideMap("D=up"), RangeError, "right, left, unknown or drop");
});
