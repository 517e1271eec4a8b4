import { assertEquals, assertThrows } from "@std/assert";
import { openCrops } from "../../../src/study/measure/kept_crops.ts";

Deno.test("openCrops: crops of several files by index, in any order; an empty file has none", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const files = [[1, 2], [], [3], [4, 5, 6]].map((marks, i) => {
      const path = `${folder}/${i}.crops`;
      Deno.writeFileSync(path, Uint8Array.from(marks.flatMap((mark) => [mark, 10 * mark])));
      return { path, count: marks.length };
    });
    const reader = openCrops(files);
    const read = (...indices: number[]) => reader.read(indices).map((crop) => Array.from(crop));
    assertEquals(reader.length, 6);
    assertEquals(read(0, 1, 2, 3, 4, 5), [1, 2, 3, 4, 5, 6].map((mark) => [mark, 10 * mark]));
    assertEquals(read(5, 0, 2), [[6, 60], [1, 10], [3, 30]]);
    assertThrows(() => read(6), RangeError, "Cannot read crop 6: its index must be from 0 to 5");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
