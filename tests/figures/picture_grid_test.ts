import { assert, assertEquals } from "@std/assert";
import { figureTheme } from "../../src/figures/figure_theme.ts";
import { pictureGrid } from "../../src/figures/picture_grid.ts";
import { draw } from "./draw.ts";

const SPOT = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=";

Deno.test("pictureGrid: headings that would run together have a word per line, and the pictures make room", () => {
  const theme = figureTheme({ scheme: "print", fontSizePx: 10.667 });
  const grid = (width: number) =>
    draw((document) =>
      pictureGrid([0, 1, 2, 3, 4].map((column) => ({ src: SPOT, column, row: 0 })), {
        ...{ document, width, theme, rows: ["reconstruction"] },
        columns: [0, 1, 2, 3, 4].map((grade) => `grade ${grade}`),
      })
    );
  const narrow = grid(321), wide = grid(658);
  assertEquals(narrow.match(/>grade<\/tspan>/g)?.length, 5, narrow);
  assert(!narrow.includes("grade 0"));
  assertEquals(wide.match(/>grade \d<\/text>/g)?.length, 5, wide);
  const upperEdge = (svg: string) => Number(/<image[^>]* y="([\d.]+)"/.exec(svg)![1]);
  assert(upperEdge(narrow) > upperEdge(wide) + 10, `${upperEdge(narrow)} and ${upperEdge(wide)}`);
});
