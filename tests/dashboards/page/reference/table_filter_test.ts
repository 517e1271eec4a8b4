import { assertEquals } from "@std/assert";
import { parseFilter } from "../../../../dashboards/page/reference/table_filter.ts";

const row = (words: string, numbers: Record<string, number>) => ({
  words,
  number: (name: string) => numbers[name],
});
const ROWS = [
  row("grade 3 left held-out", { grade: 3, distance: 11.2, age: 50, "outline confidence": 0.9 }),
  row("grade 3 right held-out", { grade: 3, distance: 9.9, age: NaN, "outline confidence": 0.8 }),
  row("grade 0 left train", { grade: 0, distance: 10, age: 71, "outline confidence": 0.7 }),
];

Deno.test("parseFilter: all words and conditions must match; an unknown column is reported", () => {
  const left = (text: string) => {
    const filter = parseFilter(text, ["grade", "distance", "age", "outline confidence"]);
    return filter.unknown.length
      ? filter.unknown
      : ROWS.flatMap((each, i) => filter.matches(each) ? [i] : []);
  };
  assertEquals(left(""), [0, 1, 2]);
  assertEquals(left("grade 3 left"), [0]);
  assertEquals(left("distance>10"), [0]);
  assertEquals(left("Distance >= 10 left"), [0, 2]);
  assertEquals(left("distance<10,5 grade=3"), [1]);
  assertEquals(left("age<=60"), [0], "a missing number meets no condition");
  assertEquals(left("grade!=3"), [2]);
  assertEquals(left("weight>3"), ["weight"]);
  assertEquals(left("left outline confidence > 0.8"), [0], "a column name with a space");
  assertEquals(left("confidence>0.8"), ["confidence"]);
});
