/**
 * Above this number of heads a page first shows densities, stores its numbers in compact types and contains no images
 * of heads. If every head is drawn while a selection is dragged over the map, 95 % of the frames take less than 50 ms
 * with 20,000 heads, but not with 50,000 (bench/README.md).
 */
export const MANY_HEADS = 20_000;
