import { citer, holds, type Paragraph, prose } from "./prose.ts";
import type { OpenStudy } from "./read_study.ts";
import type { ReportText } from "./render_text.ts";

/** The card that travels with the models of a study: what they are, for whom, on what they were tried, what they cannot do. */
export function modelCard({ study, comparisons }: OpenStudy): ReportText {
  const cite = citer("study.json", study);
  const synthetic = study.cohort.kind === "synthetic";
  const models = Object.keys(study.plan?.models ?? {}).sort();
  const hashes = models.map((name): Paragraph => [`${name}: sha256 `, {
    text: String(study.plan.models[name]),
    file: "study.json",
    pointer: `/plan/models/${name}`,
    value: String(study.plan.models[name]),
  }]);
  const detect = citer("comparisons.json", comparisons);
  const detection = (comparisons.detection ?? []).flatMap(({ measure, grade }, i) =>
    measure === "distance"
      ? [
        prose`Grade ${String(grade)} against healthy: AUC ${detect(`/detection/${i}/auc`)} (${
          detect(`/detection/${i}/interval/0`)
        } to ${detect(`/detection/${i}/interval/1`)}).`,
      ]
      : []
  );
  return {
    title: "Model card",
    sections: [
      {
        heading: "Models",
        paragraphs: [
          [
            `U-Net (outlines of femoral heads), encoder and decoder of a variational autoencoder, normative model (mean and ` +
            `covariance of healthy codes). Plan "${study.plan?.name ?? ""}".`,
          ],
          ...hashes,
        ],
      },
      {
        heading: "Use",
        paragraphs: [[
          "Research and teaching only, not a medical device. The output is a distance from a reference group, not a diagnosis; " +
          "whoever uses it states the reference group with every number. Films must pass the preflight; quality codes and the " +
          "out-of-domain flag travel with every score.",
        ]],
      },
      {
        heading: "Reference group",
        paragraphs: [
          prose`${
            cite("/reference/n")
          } healthy heads held out from training, "${study.reference.name}" (${study.reference.kind}).`,
        ],
      },
      { heading: "Performance", paragraphs: detection },
      {
        heading: "Limits",
        paragraphs: [
          ...(synthetic
            ? [[
              "The models were trained and tried on films drawn by a computer. Real films are worse: expect outlines and distances " +
              "to be less certain, and check with held-out healthy heads of your own before reading any percentile.",
            ]]
            : []),
          [
            "Grade 1 is by definition invisible or nearly so on a film. A high distance also comes from causes other than " +
            "osteonecrosis. Distances of two models cannot be compared.",
          ],
          holds(study, "/plan/vae/latentSize")
            ? prose`The code has ${
              cite("/plan/vae/latentSize")
            } dimensions: what healthy heads never show is described badly by it, which is why the residual is reported besides.`
            : [],
        ],
      },
    ],
  };
}
