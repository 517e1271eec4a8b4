import { assertEquals, assertThrows } from "@std/assert";
import { pdfCircle, pdfPath } from "../../../../dashboards/page/export/pdf_path.ts";

Deno.test("absolute and relative lines end where SVG ends them", () => {
  assertEquals(pdfPath("M1,2L3,4H5V6Z"), "1 2 m 3 4 l 5 4 l 5 6 l h");
  assertEquals(pdfPath("m1,2l2,2h2v2z"), "1 2 m 3 4 l 5 4 l 5 6 l h");
  assertEquals(pdfPath("M0,0 1,1 2,0"), "0 0 m 1 1 l 2 0 l");
});

Deno.test("cubic curves are unchanged; a quadratic curve becomes the equivalent cubic", () => {
  assertEquals(pdfPath("M0,0C1,0 2,1 2,2"), "0 0 m 1 0 2 1 2 2 c");
  assertEquals(pdfPath("M0,0Q3,0 3,3"), "0 0 m 2 0 3 1 3 3 c");
});

Deno.test("two half arcs make a disc that touches all four sides of its bounding box", () => {
  const numbers = pdfPath("M1,0A1,1,0,1,1,-1,0A1,1,0,1,1,1,0").match(/-?[\d.]+/g)!.map(Number);
  for (const axis of [0, 1]) {
    const values = numbers.filter((_, i) => i % 2 === axis);
    assertEquals([Math.min(...values), Math.max(...values)], [-1, 1]);
  }
  assertEquals(pdfCircle(0, 0, 1).startsWith("1 0 m"), true);
});

Deno.test("an unsupported path command is rejected, and the error names the command", () => {
  assertThrows(() => pdfPath("M0,0T1,1"), SyntaxError, "command T");
});
