/**
 * Above this number of heads a page shows densities first, packs its numbers tightly and holds no image of a head. The paper's
 * number is a tenth of it; 20,000 is the largest study whose page was measured with every head drawn (bench/README.md).
 */
export const MANY_HEADS = 20_000;
