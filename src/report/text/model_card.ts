import { counted } from "./counted.ts";
import { trainedHere } from "./methods_text.ts";
import { citer, hasNumber, type Paragraph, prose } from "./prose.ts";
import type { OpenStudy } from "../read/read_study.ts";
import type { ReportText } from "./render_text.ts";

/** Model card of a study: models, intended use, training data, evaluation, limits. */
export function modelCard({ study, comparisons, heads }: OpenStudy): ReportText {
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
  const outlines = hasNumber(study, "/dice/mean")
    ? [
      prose`Outlines: mean Dice ${cite("/dice/mean", { decimals: 3 })} over ${cite("/dice/n")} heads.`,
    ]
    : [];
  const trained = heads.filter((head) => head.split === "train" && head.grade === 0).length;
  return {
    title: "Model card",
    sections: [
      {
        heading: "Models",
        paragraphs: [
          [
            `U-Net (outlines of femoral heads), encoder and decoder of a variational autoencoder, normative model (mean and ` +
            `covariance of healthy latent vectors). Plan "${study.plan?.name ?? ""}".`,
          ],
          prose`Made and run by Caput ${cite("/caput")} (Apache-2.0) on the device ${cite("/device")}.`,
          ...hashes,
        ],
      },
      {
        heading: "Use",
        paragraphs: [[
          "Research and teaching only, not a medical device. The output is a distance from a reference group, not a diagnosis; " +
          "state the reference group with every number. Films must pass the preflight; quality codes and the " +
          "out-of-domain flag must be reported with every score.",
        ]],
      },
      {
        heading: "Not for",
        paragraphs: [[
          "Diagnosis, screening or treatment of a patient; children, hips with a fracture or an implant, and views other " +
          "than anteroposterior, for which the models have not been evaluated; comparing distances across models or machines.",
        ]],
      },
      {
        heading: "Trained on",
        paragraphs: [
          prose`Healthy heads of "${String(study.plan?.name ?? study.cohort.name)}" (${
            String(study.plan?.reference?.kind ?? study.cohort.kind)
          })${
            trainedHere(study)
              ? prose`: ${counted(trained, "split train, grade 0: rows")} for the autoencoder`
              : []
          }, with each patient in one subset only.`,
        ],
      },
      {
        heading: "Reference group",
        paragraphs: [
          prose`${
            cite("/reference/n")
          } healthy heads held out from training, "${study.reference.name}" (${study.reference.kind}).`,
        ],
      },
      { heading: "Performance", paragraphs: [...outlines, ...detection] },
      {
        heading: "Limits",
        paragraphs: [
          ...(synthetic
            ? [[
              "This evaluation used synthetic films. On real films, expect outlines and distances " +
              "to be less accurate, and check them with held-out healthy heads of your own before interpreting percentiles.",
            ]]
            : []),
          [
            "Grade 1 is by definition invisible or nearly invisible on a radiograph. A high distance also comes from causes other than " +
            "osteonecrosis. Distances of two models cannot be compared.",
          ],
          hasNumber(study, "/plan/vae/latentSize")
            ? prose`The latent space has ${
              cite("/plan/vae/latentSize")
            } dimensions. It represents poorly what healthy heads never show; the residual is therefore reported as well.`
            : [],
        ],
      },
    ],
  };
}
