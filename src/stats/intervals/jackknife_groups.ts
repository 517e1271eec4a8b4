/** Leave-one-out values that a jackknife computes at most: one for each of 10^5 clusters, each over all heads, would take hours. */
const MOST = 5000;
/** Groups of clusters above that. */
const GROUPS = 2000;

/**
 * How many groups a jackknife leaves out in turn: every cluster alone up to 5000, else 2000 groups, group g being the clusters g,
 * g + 2000, g + 4000, and so on. The delete-a-group jackknife (Kott 2001, Journal of Official Statistics 17:521) gives the same skewness
 * of a sum in expectation, and so the same acceleration of a BCa interval.
 */
export function jackknifeGroups(clusters: number): number {
  return clusters > MOST ? GROUPS : clusters;
}
