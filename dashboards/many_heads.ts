/**
 * Above this number of heads a page first shows densities, stores its numbers in compact types and contains no images of heads. With
 * every head drawn, 95 % of the frames of a brush take less than 50 ms at 20,000 heads, but not at 50,000 (bench/README.md).
 */
export const MANY_HEADS = 20_000;
