const WORDS: Readonly<Record<string, string>> = {
  code: "its code is far from that of every grade",
  layout: "its bright and dark parts lie elsewhere (upside down, mirrored or negative?)",
  logVariance: "the encoder is unsure of it",
  contrast: "unusual contrast",
  grain: "unusual sharpness or grain",
  filmAside: "unusual place on the film",
  filmHeight: "unusual place on the film",
  filmRadius: "unusual size on the film",
};

/** Why a head is out of domain, in words: `outOfDomainReasons` of a score, each thing said once. */
export function domainWords(reasons: readonly string[]): string {
  return [...new Set(reasons.map((reason) => WORDS[reason] ?? reason))].join("; ");
}
