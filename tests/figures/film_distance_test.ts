import { assert } from "@std/assert";
import { parseHTML } from "linkedom";
import { filmDistance } from "../../src/figures/film_distance.ts";
import { qqChiSquare } from "../../src/figures/qq_chi_square.ts";
import { draw } from "./draw.ts";

/** Height of a word of a figure, in pixels from the top. */
function heightOf(svg: string, word: string): number {
  const { document } = parseHTML(svg);
  const text = [...document.querySelectorAll("text")].find((each) => each.textContent.includes(word));
  let y = 0;
  for (let at: Element | null = text ?? null; at; at = at.parentElement) {
    y += Number(at.getAttribute("transform")?.match(/translate\([^,]+,([^)]+)\)/)?.[1] ?? 0);
  }
  return y;
}

Deno.test("film: the name of the upper curve stands above all of the curve beside it, also where it falls", () => {
  const frames = Array.from({ length: 41 }, (_, k) => ({
    grade: k / 10,
    distance: k < 13 ? 8 : k / 10 + 5,
    nearest: 3,
    offManifold: false,
  }));
  let top = NaN;
  const svg = draw((document) => {
    const drawn = filmDistance(frames, { document, width: 420 });
    top = drawn.scale("y")!.apply(8);
    return drawn;
  });
  assert(heightOf(svg, "from healthy") - 8 < top, `${heightOf(svg, "from healthy")} ${top}`);
});

Deno.test("the title of the horizontal axis has room for its descenders", () => {
  let height = NaN;
  const svg = draw((document) => {
    const drawn = qqChiSquare([{ expected: 1, observed: 2 }], { document, width: 420, degrees: 8 });
    height = Number(drawn.getAttribute("height"));
    return drawn;
  });
  assert(
    heightOf(svg, "chi-square quantile") <= height - 0.4 * 11,
    `${heightOf(svg, "chi-square")} ${height}`,
  );
});
