/** Minimum width of a readable figure in CSS pixels; also used before the page is laid out. */
export const NARROWEST_PX = 160;

/** Maximum width of a printed figure: 150 mm. */
const PAPER_PX = 567;

/** Width of a figure on the page, or on paper while the page is being printed. */
export function onPaper(width: number): number {
  return matchMedia("print").matches ? Math.min(width, PAPER_PX) : width;
}
