/**
 * Above this number of heads a page shows densities first, packs its numbers tightly and holds no image of a head. With
 * every head drawn, 95 % of a brush's frames keep below 50 ms at 20,000 heads and not at 50,000 (bench/README.md).
 */
export const MANY_HEADS = 20_000;
