/** Up to this number, clusters are left out one at a time. With 10^5 clusters that would take hours. */
const MOST_SINGLE = 5000;
/** Number of groups if there are more than {@linkcode MOST_SINGLE} clusters. */
const GROUPS = 2000;

/**
 * Number of groups that a jackknife leaves out in turn. Up to 5000 clusters, each cluster is one group; above,
 * there are 2000 groups, and group g consists of the clusters g, g + 2000, g + 4000, and so on. The delete-a-group
 * jackknife (Kott 2001, Journal of Official Statistics 17:521) gives, in expectation, the same skewness of a sum, and
 * therefore the same acceleration of a BCa interval.
 */
export function jackknifeGroups(clusters: number): number {
  return clusters > MOST_SINGLE ? GROUPS : clusters;
}
