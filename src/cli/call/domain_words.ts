/** Description of each reason. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  code: "its latent vector is far from those of every grade",
  layout: "its bright and dark parts are in unusual places (upside down, mirrored or negative?)",
  logVariance: "the variance of its latent vector is unusual",
  contrast: "unusual contrast",
  grain: "unusual sharpness or grain",
  filmAside: "unusual place on the film",
  filmHeight: "unusual place on the film",
  filmRadius: "unusual size on the film",
};

/** The reasons why a head is out of domain (`outOfDomainReasons` of a score) as text, without repetition. */
export function domainWords(reasons: readonly string[]): string {
  return [...new Set(reasons.map((reason) => DESCRIPTIONS[reason] ?? reason))].join("; ");
}
