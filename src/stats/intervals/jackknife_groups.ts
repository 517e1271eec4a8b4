/** Largest number of leave-one-out values that a jackknife computes. With 10^5 clusters, one value per cluster would take hours. */
const MOST = 5000;
/** Number of groups that the clusters are put into above that limit. */
const GROUPS = 2000;

/**
 * Number of groups that a jackknife leaves out in turn: each cluster alone up to 5000 clusters, otherwise 2000 groups, where group g holds the clusters g,
 * g + 2000, g + 4000, and so on. The delete-a-group jackknife (Kott 2001, Journal of Official Statistics 17:521) gives the same skewness
 * of a sum in expectation, and so the same acceleration of a BCa interval.
 */
export function jackknifeGroups(clusters: number): number {
  return clusters > MOST ? GROUPS : clusters;
}
