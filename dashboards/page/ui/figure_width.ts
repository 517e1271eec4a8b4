/** Minimum width of a figure in CSS pixels. Nothing is drawn in a narrower element; before layout its width is 0. */
export const NARROWEST_PX = 160;

/** Maximum width of a printed figure: 150 mm. */
const PAPER_PX = 567;

/** Width of a figure on the page, or on paper while the page is being printed. */
export function onPaper(width: number): number {
  return matchMedia("print").matches ? Math.min(width, PAPER_PX) : width;
}
