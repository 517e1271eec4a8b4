/** Below this no figure can be read; it is the width of a page that is not laid out yet. CSS pixels. */
export const NARROWEST_PX = 160;

/** Widest figure on paper: 150 mm. */
const PAPER_PX = 567;

/** The width of a figure on the page, or on the paper that the page is being printed on. */
export function onPaper(width: number): number {
  return matchMedia("print").matches ? Math.min(width, PAPER_PX) : width;
}
