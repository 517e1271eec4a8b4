import { cholesky } from "../../../src/array/cholesky.ts";
import { explainDeviation } from "../../../src/normative/explain_deviation.ts";
import type { CovarianceEstimator, NormativeModel } from "../../../src/types.ts";
import { el } from "../ui/dom.ts";
import { fixed } from "../ui/format.ts";
import { shareBar } from "../ui/share_bar.ts";
import type { Store } from "../state/store.ts";
import { screenTheme } from "../ui/themes.ts";

/**
 * Why a head is far from healthy: its squared distance, decomposed over the eigenvectors of the current covariance;
 * null if the study has no normative model.
 */
export function deviationReasons(store: Store, head: number): HTMLElement | null {
  const model = modelOf(store);
  if (!model) return null;
  const { study, deviations, view } = store;
  const { d } = study;
  const reasons = explainDeviation(study.latents.slice(head * d, (head + 1) * d), model, { limit: 4 });
  const decoded = deviations.estimator === study.normative?.estimator;
  const accent = screenTheme(view).accent;
  return el(
    "div",
    {},
    el("h3", {}, "Why it is far"),
    el(
      "ul",
      { class: "reasons" },
      reasons.map(({ index, share, z }) => {
        const pictures = decoded
          ? study.directions?.find((direction) => direction.index === index)
          : undefined;
        const end = (path: string | undefined, alt: string) => {
          const source = path ? study.named(path) : null;
          return source && el("img", { src: source, alt, width: 44, height: 44, class: "thumb" });
        };
        return el(
          "li",
          {},
          end(pictures?.minus, `Direction ${index + 1}, two standard deviations below the mean`),
          el(
            "span",
            { class: "reason" },
            el("span", {}, `direction ${index + 1}: ${fixed(z, 1)} sd`),
            shareBar(share, accent),
            el("span", { class: "number" }, `${fixed(100 * share, 0)} %`),
          ),
          end(pictures?.plus, `Direction ${index + 1}, two standard deviations above the mean`),
        );
      }),
    ),
    el(
      "p",
      { class: "quiet small" },
      decoded
        ? "Shares of the squared distance. The images show the mean healthy head, moved two standard deviations in either " +
          "direction; the study has them for its main directions only."
        : "Shares of the squared distance.",
    ),
  );
}

/** The normative model with the current covariance, or null if the study has none. */
export function modelOf({ study, deviations }: Store): NormativeModel | null {
  const { mean, covariance, referenceDistance, estimator } = deviations;
  if (mean.length !== study.d || covariance.length !== study.d ** 2) return null;
  return {
    kind: "normative-model",
    estimator: estimator as CovarianceEstimator,
    n: study.normative?.n ?? 0,
    mean,
    covariance,
    cholesky: cholesky(covariance, study.d),
    reference: study.study.reference,
    referenceDistances: referenceDistance,
  };
}
