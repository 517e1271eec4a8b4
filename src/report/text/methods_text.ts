import { counted } from "./counted.ts";
import { citer, holds, type Paragraph, prose, type Section } from "./prose.ts";
import type { OpenStudy } from "../read/read_study.ts";
import type { ReportText } from "./render_text.ts";

/** What every text about a computed cohort has to say first. */
export const SYNTHETIC_NOTE =
  "The cohort is synthetic: its films were drawn by a computer. Nothing here is a finding about patients.";

/**
 * The Methods section of a study: what was done, in order, every number read from the study's own record. What is our choice
 * and not the paper's is called so.
 */
export function methodsText({ study, heads, comparisons }: OpenStudy): ReportText {
  const cite = citer("study.json", study);
  const synthetic = study.cohort.kind === "synthetic";
  const notes: readonly string[] = study.notes ?? [];
  const differently: Paragraph[] = notes.length > 0
    ? [[
      "What was done differently because of the cohort's size:",
      ...notes.flatMap((_, i) => [" ", cite(`/notes/${i}`)]),
    ]]
    : [];
  const perGrade = [0, 1, 2, 3, 4].filter((grade) => holds(study, `/cohort/gradeCounts/${grade}`))
    .map((grade, i) =>
      prose`${i > 0 ? ", " : ""}grade ${String(grade)}: ${cite(`/cohort/gradeCounts/${grade}`)}`
    ).flat();
  return {
    title: "Methods",
    sections: [
      {
        heading: "Cohort",
        paragraphs: [
          ...(synthetic ? [[SYNTHETIC_NOTE]] : []),
          prose`The cohort "${study.cohort.name}" held ${cite("/cohort/films")} hip radiographs with ${
            cite("/cohort/heads")
          } femoral heads (${perGrade}).`,
          ...(fittedHere({ study, heads })
            ? [
              prose`Heads were divided by patient, both hips of a patient on one side; patients with a diseased hip were held out whole.`,
              division({ study, heads }),
            ]
            : [
              prose`The models come from "${
                String(study.fittedOn?.name ?? study.plan?.name ?? "another cohort")
              }" and nothing was fitted or chosen on this cohort, so that all of its heads were compared.`,
            ]),
          ...differently,
        ],
      },
      ...networkSections(study),
      {
        heading: "Deviation",
        paragraphs: [
          prose`Mean and covariance (estimator: ${
            study.plan?.normative?.estimator ?? "as in plan.json"
          }) of the encoder's means of ${
            fittedHere({ study, heads }) ? "the training heads" : "the heads the models were trained on"
          } describe healthy. The deviation of a head is its Mahalanobis distance (the distance, not its square). ${
            fittedHere({ study, heads })
              ? "Distances of training heads are leave-one-out, and are shown apart. "
              : ""
          }A percentile is the rank among ${cite("/reference/n")} healthy heads (${
            cite("/reference/name")
          }; ${
            cite("/reference/kind")
          }), with a 95 % interval. The scale of residual maps and the weights of the combined score were fixed on healthy validation heads${
            fittedHere({ study, heads }) ? "" : " of the models' own cohort"
          }.`,
        ],
      },
      ...mapSection(study),
      { heading: "Statistics", paragraphs: statistics(comparisons, fittedHere({ study, heads })) },
      {
        heading: "Software",
        paragraphs: [
          prose`Caput ${cite("/caput")}; networks ran on the device ${
            cite("/device")
          }. Plan, seeds, hashes of all models, inputs and outputs stand in study.json.`,
        ],
      },
    ],
  };
}

/** How the map was made, where the study has one. */
function mapSection(study: { map?: unknown }): Section[] {
  if (!holds(study, "/map/neighbors") || !holds(study, "/map/trustworthiness")) return []; // too few heads for a map
  const cite = citer("study.json", study);
  return [{
    heading: "Map",
    paragraphs: [
      prose`The codes were whitened with the covariance of the healthy ones and laid out by UMAP with ${
        cite("/map/neighbors")
      } neighbours and the seed ${cite("/seeds/study")}. The map's mean trustworthiness is ${
        cite("/map/trustworthiness")
      }; distances on it are not measurements.`,
    ],
  }];
}

/** What was computed of the comparisons, with the settings they were computed with. */
function statistics(comparisons: OpenStudy["comparisons"], fitted: boolean): Paragraph[] {
  const cite = citer("comparisons.json", comparisons);
  const has = (pointer: string) => holds(comparisons, pointer);
  const resampled = has("/settings/bootstraps")
    ? prose` (${cite("/settings/bootstraps")} resamples, seed ${cite("/settings/seed")})`
    : [];
  const permuted = has("/settings/permutations")
    ? prose`, by ${cite("/settings/permutations")} permutations of whole patients`
    : [];
  const pca = has("/pcaComponents")
    ? prose` The plain method beside the network is the same distance on ${
      cite("/pcaComponents")
    } principal components of the pixels, their number chosen on the healthy validation heads.`
    : [];
  const paragraphs: Paragraph[] = [
    prose`${
      fitted ? "Only held-out heads were compared. " : ""
    }Grades were compared by the Datta-Satten rank-sum test clustered by patient, corrected by Holm over all pairs; the Mann-Whitney test stands beside it and is naive where a patient has two heads. Effects are Cliff's delta and the area under the ROC curve with 95 % intervals from a bootstrap of patients (BCa)${resampled}; Hedges g and the Kolmogorov-Smirnov distance are given besides. Over all grades: Kruskal-Wallis, and Jonckheere-Terpstra for a trend${permuted}. For every pair the smallest AUC that would be found with a power of 80 % is stated, and whether the two are equivalent within a bound on the AUC.`,
    prose`Telling a grade from healthy: AUC with a 95 % interval for clustered data (Obuchowski). The combined score is the mean of the robust z of distance and residual, both scaled on the healthy validation heads. A threshold on the distance was fixed on the same heads.${pca}`,
  ];
  return [
    ...paragraphs,
    ...(comparisons.shortcuts?.length
      ? [[
        "Shortcuts: whether the distance of healthy heads that were not trained on tells side, site, sex, age, size of the head or " +
        "exposure (AUC of each level against the rest, Spearman's rho for numbers; patients resampled).",
      ]]
      : []),
  ];
}

/** Whether mean and covariance were fitted on this cohort's own heads; studies of older versions tell it by their split. */
export function fittedHere({ study, heads }: Pick<OpenStudy, "study" | "heads">): boolean {
  return study.fittedOn?.here ?? heads.some(({ split }) => split === "train");
}

/** Whether the networks were trained on this cohort's own heads: they were if both go by one division. */
export function trainedHere(study: OpenStudy["study"]): boolean {
  return study.plan?.splitSha256 === undefined || study.plan.splitSha256 === study.split?.sha256;
}

/** Which heads served for what. */
function division({ study, heads }: Pick<OpenStudy, "study" | "heads">): Paragraph {
  const cite = citer("study.json", study);
  const of = (split: string) =>
    counted(
      heads.filter((head) => head.split === split && head.grade === 0).length,
      `rows with grade 0 and split ${split}`,
    );
  const proof = holds(study, "/split/proof/crossing")
    ? prose` Patients found on two sides of the division: ${cite("/split/proof/crossing")}.`
    : [];
  const own = trainedHere(study)
    ? prose`Of the healthy heads ${of("train")} were used for training, ${
      of("validation")
    } for every choice made before testing, and ${
      of("held-out")
    } were kept out of both and form the reference group.`
    : prose`Of the healthy heads ${of("train")} were in the training subset, ${
      of("validation")
    } on the validation side, and ${
      of("held-out")
    } were held out. The networks were not trained on this cohort: they are those of the plan "${
      cite("/plan/name")
    }".`;
  return [...own, ...proof];
}

/** What the plan says of crops and networks; a part the plan does not hold is left out. */
function networkSections(study: { plan?: unknown }): Section[] {
  const cite = citer("study.json", study);
  const has = (pointer: string) => holds(study, pointer);
  const crops: Paragraph[] = [];
  if (has("/plan/segmentation/inputPx")) {
    crops.push(
      prose`A U-Net looked for femoral heads on the whole film at ${
        cite("/plan/segmentation/firstPx")
      } pixels and outlined each in a window of ${cite("/plan/segmentation/windowRadii")} head radii at ${
        cite("/plan/segmentation/inputPx")
      } pixels; the outline is drawn at a probability of ${cite("/plan/segmentation/threshold")}.`,
    );
    if (has("/plan/segmentation/scales/0")) {
      crops.push(
        prose`Its maps are the mean over that window, one ${
          cite("/plan/segmentation/scales/0", { decimals: 2 })
        } times as wide, and both of them mirrored.`,
      );
    }
  }
  if (has("/plan/crop/sizePx")) {
    crops.push(
      prose`Round each head a square of ${
        cite("/plan/crop/halfSideRadii")
      } head radii to each side was cut and resampled to ${cite("/plan/crop/sizePx")} x ${
        cite("/plan/crop/sizePx")
      } pixels; left heads were mirrored. The quantiles ${
        cite("/plan/crop/intensityQuantiles/0", { decimals: 3 })
      } and ${
        cite("/plan/crop/intensityQuantiles/1", { decimals: 3 })
      } of the crop's own values became 0 and 1; before coding, the local mean was subtracted (local contrast normalisation). Films without a usable head are listed in failures.csv with the reason.`,
    );
  }
  const channels = has("/plan/vae/channels/0")
    ? prose` and ${
      (study.plan as { vae: { channels: number[] } }).vae.channels.map((_, i) =>
        prose`${i > 0 ? ", " : ""}${cite(`/plan/vae/channels/${i}`)}`
      ).flat()
    } channels at its levels`
    : [];
  const whose = trainedHere(study) ? [] : prose` of "${cite("/plan/name")}"`;
  const seed = has("/plan/seeds/vae") ? prose`, seed ${cite("/plan/seeds/vae")}` : [];
  const vae = has("/plan/vae/latentSize")
    ? [
      ...(has("/plan/seeds/unet")
        ? [
          prose`The U-Net was trained with the seed ${
            cite("/plan/seeds/unet")
          }; its films, steps, loss and result stand in the card that travels with the models.`,
        ]
        : []),
      prose`A variational autoencoder with ${
        cite("/plan/vae/latentSize")
      } latent dimensions${channels}, which codes crops at half their size, was trained on the healthy training heads${whose} alone, from weights drawn at random (He initialisation)${seed}. Its loss is the squared error of the picture, a structural term (1 - SSIM) and the divergence of the code from a standard normal, whose weight rises over the first fifth of the training. Crops were shifted, turned, scaled and changed in contrast at random. The weights with the best loss on the validation heads were kept. Image size, layers, latent size and loss are choices of this software, not of the paper.`,
    ]
    : [];
  return [
    ...(crops.length > 0 ? [{ heading: "Head crops", paragraphs: crops }] : []),
    ...(vae.length > 0 ? [{ heading: "Networks", paragraphs: vae }] : []),
  ];
}
