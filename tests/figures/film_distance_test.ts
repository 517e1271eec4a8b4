import { assert } from "@std/assert";
import { parseHTML } from "linkedom";
import { filmDistance } from "../../src/figures/film_distance.ts";
import { qqChiSquare } from "../../src/figures/qq_chi_square.ts";
import { draw } from "./draw.ts";

/** Distance of a word from the top of a figure, in pixels. */
function topOf(svg: string, word: string): number {
  const { document } = parseHTML(svg);
  const text = [...document.querySelectorAll("text")].find((each) => each.textContent.includes(word));
  let y = 0;
  for (let at: Element | null = text ?? null; at; at = at.parentElement) {
    y += Number(at.getAttribute("transform")?.match(/translate\([^,]+,([^)]+)\)/)?.[1] ?? 0);
  }
  return y;
}

Deno.test("filmDistance: the label of the upper curve is above the part of the curve next to the label, even if the curve falls there", () => {
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
  assert(topOf(svg, "from healthy") - 8 < top, `${topOf(svg, "from healthy")} ${top}`);
});

Deno.test("qqChiSquare: the title of the horizontal axis has room for its descenders", () => {
  let height = NaN;
  const svg = draw((document) => {
    const drawn = qqChiSquare([{ expected: 1, observed: 2 }], { document, width: 420, degrees: 8 });
    height = Number(drawn.getAttribute("height"));
    return drawn;
  });
  assert(
    topOf(svg, "chi-square quantile") <= height - 0.4 * 11,
    `${topOf(svg, "chi-square")} ${height}`,
  );
});
