import { FROM_MODELS } from "../../study/judge/from_models.ts";
import { counted } from "./counted.ts";
import { citer, hasNumber, type Paragraph, prose, type Section } from "./prose.ts";
import type { OpenStudy } from "../read/read_study.ts";
import type { ReportText } from "./render_text.ts";

/** Start of methods and results of a synthetic cohort. */
export const SYNTHETIC_NOTE =
  "The cohort is synthetic: its films were computed from models of anatomy. Nothing here is a finding about patients.";

/**
 * The Methods section of a study: what was done, in order. Every number is read from files of the study. The text says
 * which choices of Caput the abstract of the published method (see the README) does not state.
 */
export function methodsText({ study, heads, comparisons }: OpenStudy): ReportText {
  const cite = citer("study.json", study);
  const synthetic = study.cohort.kind === "synthetic";
  const notes: readonly string[] = study.notes ?? [];
  const differently = [
    ...noted("What was done differently because of the cohort's size:", { notes, cite, where: SIZE_NOTE }),
    ...noted("Notes of the run:", { notes, cite, where: OTHER_NOTE }),
  ];
  const perGrade = [0, 1, 2, 3, 4].filter((grade) => hasNumber(study, `/cohort/gradeCounts/${grade}`))
    .map((grade, i) =>
      prose`${i > 0 ? ", " : ""}grade ${String(grade)}: ${cite(`/cohort/gradeCounts/${grade}`)}`
    ).flat();
  const ungraded = hasNumber(study, "/cohort/gradeCounts/ungraded")
    ? prose`${perGrade.length > 0 ? " and " : ""}${cite("/cohort/gradeCounts/ungraded")} without a grade`
    : [];
  return {
    title: "Methods",
    sections: [
      {
        heading: "Cohort",
        paragraphs: [
          ...(synthetic ? [[SYNTHETIC_NOTE]] : []),
          prose`The cohort "${study.cohort.name}" contained ${cite("/cohort/films")} hip radiographs with ${
            cite("/cohort/heads")
          } femoral heads (${perGrade}${ungraded}).`,
          ...(fittedHere({ study, heads })
            ? [
              prose`Heads were split by patient, with both hips of a patient in the same subset; all heads of patients with a diseased hip were held out.`,
              useOfHeads({ study, heads }),
            ]
            : [
              prose`The models come from "${
                String(study.fittedOn?.name ?? study.plan?.name ?? "another cohort")
              }" and nothing was fitted or chosen on this cohort, so that all of its graded ${
                heads.every(({ split }) => split === "held-out") ? "" : "held-out "
              }heads were compared.`,
            ]),
          ...differently,
        ],
      },
      ...networkSections(study),
      {
        heading: "Deviation",
        paragraphs: [
          prose`The healthy reference distribution has the mean and covariance (estimator: ${
            study.plan?.normative?.estimator ?? "as in plan.json"
          }) of the posterior means that the encoder gives for ${
            fittedHere({ study, heads }) ? "the training heads" : "the heads the models were trained on"
          }. The deviation of a head is its Mahalanobis distance (the distance, not its square). ${
            fittedHere({ study, heads })
              ? "Distances of training heads are leave-one-out and shown separately. "
              : ""
          }A percentile is the rank among ${cite("/reference/n")} ${
            study.reference?.kind === "synthetic"
              ? "healthy heads of synthetic films"
              : "heads taken as healthy"
          } (${
            cite("/reference/name")
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
          }. Plan, seeds, hashes of all models, inputs and outputs are recorded in study.json.`,
        ],
      },
    ],
  };
}

/** Notes of a run that follow from the size of the cohort: another split, or a part that was taken from the models. */
const SIZE_NOTE = (note: string) => /split 60|too few/i.test(note) || note.endsWith(FROM_MODELS);
/** All other notes, except the one that repeats a sentence of the section Cohort. */
const OTHER_NOTE = (note: string) => !SIZE_NOTE(note) && !/nothing was fitted to this cohort/.test(note);

/** The notes for which a condition holds, in one paragraph; none if there are none. */
function noted(
  start: string,
  { notes, cite, where }: {
    notes: readonly string[];
    cite: ReturnType<typeof citer>;
    where: (note: string) => boolean;
  },
): Paragraph[] {
  const pieces = notes.flatMap((note, i) => where(note) ? [" ", cite(`/notes/${i}`)] : []);
  return pieces.length > 0 ? [[start, ...pieces]] : [];
}

/** Method of the map, if the study has one. */
function mapSection(study: { map?: unknown }): Section[] {
  if (!hasNumber(study, "/map/neighbors") || !hasNumber(study, "/map/trustworthiness")) return []; // too few heads for a map
  const cite = citer("study.json", study);
  const scope = hasNumber(study, "/map/landmarks")
    ? prose`, from ${
      cite("/map/landmarks")
    } heads drawn at random; every other head was placed at the mean position of its nearest ${
      cite("/map/neighbors")
    } of these, weighted by the inverse of their distance`
    : ", from all heads and their exact nearest neighbours";
  const sample = hasNumber(study, "/map/judgedAmong")
    ? prose` (computed for each head among a random sample of ${cite("/map/judgedAmong")} heads)`
    : "";
  return [{
    heading: "Map",
    paragraphs: [
      prose`The latent vectors were whitened with the covariance of the healthy ones and projected by UMAP with ${
        cite("/map/neighbors")
      } neighbours and the seed ${cite("/seeds/study")}${scope}. The map's mean trustworthiness is ${
        cite("/map/trustworthiness")
      }${sample}; distances on it are not to scale.`,
    ],
  }];
}

/** Statistical methods with their settings. */
function statistics(comparisons: OpenStudy["comparisons"], fitted: boolean): Paragraph[] {
  const cite = citer("comparisons.json", comparisons);
  const has = (pointer: string) => hasNumber(comparisons, pointer);
  const resampled = has("/settings/bootstraps")
    ? prose` (${cite("/settings/bootstraps")} resamples, seed ${cite("/settings/seed")})`
    : [];
  const permuted = has("/settings/permutations")
    ? prose`, by ${cite("/settings/permutations")} permutations of whole patients`
    : [];
  const drawn = has("/pcaFittedOn")
    ? prose`, computed from ${cite("/pcaFittedOn")} training heads drawn at random`
    : "";
  const pca = has("/pcaComponents")
    ? prose` For comparison, the same distance was computed on ${
      cite("/pcaComponents")
    } principal components of the pixels${drawn}; their number was chosen on the healthy validation heads.`
    : [];
  const paragraphs: Paragraph[] = [
    prose`${
      fitted ? "Only held-out heads were compared. " : ""
    }Grades were compared by the Datta-Satten rank-sum test clustered by patient, with Holm's correction over all pairs; the unclustered Mann-Whitney test, which treats every head as independent, is reported next to it. Effect sizes are Cliff's delta and the area under the ROC curve with 95 % intervals from a bootstrap by patient (BCa)${resampled}; Hedges' g and the Kolmogorov-Smirnov distance are also given. Over all grades: Kruskal-Wallis, and Jonckheere-Terpstra for a trend${permuted}. For every pair, the smallest AUC detectable with 80 % power is stated, and whether the two grades are equivalent within a margin of the AUC.`,
    prose`Separating each grade from healthy: AUC with a 95 % interval for clustered data (Obuchowski). The combined score is the mean of the robust z-scores of distance and residual, both scaled on the healthy validation heads. A threshold on the distance was chosen on the same heads.${pca}`,
  ];
  return [
    ...paragraphs,
    ...(comparisons.shortcuts?.length
      ? [[
        "Shortcut audit: association of the distance with side, site, sex, age, head size or exposure in healthy heads that were not " +
        "used for training (AUC of each level against the rest, Spearman's rho for numbers; intervals by bootstrap of patients).",
      ]]
      : []),
  ];
}

/**
 * Whether mean and covariance were fitted on this cohort's own heads. Studies of older versions do not record it; there
 * it is true if the split has training heads.
 */
export function fittedHere({ study, heads }: Pick<OpenStudy, "study" | "heads">): boolean {
  return study.fittedOn?.here ?? heads.some(({ split }) => split === "train");
}

/**
 * Whether the networks were trained on this cohort's own heads: true if cohort and plan have the same split, or the
 * plan records none.
 */
export function trainedHere(study: OpenStudy["study"]): boolean {
  return study.plan?.splitSha256 === undefined || study.plan.splitSha256 === study.split?.sha256;
}

/** How the healthy heads were used: training, validation, reference. */
function useOfHeads({ study, heads }: Pick<OpenStudy, "study" | "heads">): Paragraph {
  const cite = citer("study.json", study);
  const of = (split: string) =>
    counted(
      heads.filter((head) => head.split === split && head.grade === 0).length,
      `rows with grade 0 and split ${split}`,
    );
  const proof = hasNumber(study, "/split/proof/crossing")
    ? prose` Patients in more than one subset: ${cite("/split/proof/crossing")}.`
    : [];
  const own = trainedHere(study)
    ? prose`Of the healthy heads ${of("train")} were used for training, ${
      of("validation")
    } for every choice made before testing, and ${
      of("held-out")
    } were kept out of both and form the reference group.`
    : prose`Of the healthy heads ${of("train")} were in the training subset, ${
      of("validation")
    } in the validation subset, and ${
      of("held-out")
    } were held out. The networks were not trained on this cohort: they are those of the plan "${
      cite("/plan/name")
    }".`;
  return [...own, ...proof];
}

/** Crops and networks as in the plan; parts that the plan does not contain are omitted. */
function networkSections(study: { plan?: unknown }): Section[] {
  const cite = citer("study.json", study);
  const has = (pointer: string) => hasNumber(study, pointer);
  const crops: Paragraph[] = [];
  if (has("/plan/segmentation/inputPx")) {
    crops.push(
      prose`A U-Net segmented femoral heads on the whole film at ${
        cite("/plan/segmentation/firstPx")
      } pixels and outlined each in a window of ${cite("/plan/segmentation/windowRadii")} head radii at ${
        cite("/plan/segmentation/inputPx")
      } pixels; the outline is drawn at a probability of ${cite("/plan/segmentation/threshold")}.`,
    );
    if (has("/plan/segmentation/scales/0")) {
      const { equalised: isEqualised } =
        (study.plan as { segmentation: { equalised?: boolean } }).segmentation;
      const equalised = isEqualised ? " (with equalised grey values)" : "";
      crops.push(
        prose`Probabilities were averaged over that window${equalised}, a window ${
          cite("/plan/segmentation/scales/0", { decimals: 2 })
        } times as wide, and the mirror images of both.`,
      );
    }
  }
  if (has("/plan/crop/sizePx")) {
    crops.push(
      prose`Around each head, a square of ${
        cite("/plan/crop/halfSideRadii")
      } head radii to each side was cut and resampled to ${cite("/plan/crop/sizePx")} x ${
        cite("/plan/crop/sizePx")
      } pixels; left heads were mirrored. The quantiles ${
        cite("/plan/crop/intensityQuantiles/0", { decimals: 3 })
      } and ${
        cite("/plan/crop/intensityQuantiles/1", { decimals: 3 })
      } of the crop's own values were set to 0 and 1; before encoding, the local mean was subtracted (local contrast normalisation). Films without a usable head are listed in failures.csv with the reason.`,
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
  const more = has("/plan/vae/added")
    ? prose` and on ${cite("/plan/vae/added")} healthy heads of further synthetic patients`
    : [];
  const warm = (study.plan as { vae?: { startedFrom?: string } } | undefined)?.vae?.startedFrom !== undefined;
  const start = warm
    ? prose`starting from the network of "${cite("/plan/vae/startedFrom")}"`
    : prose`from random weights (He initialisation)`;
  const vae = has("/plan/vae/latentSize")
    ? [
      ...(has("/plan/seeds/unet")
        ? [
          prose`The U-Net was trained with the seed ${
            cite("/plan/seeds/unet")
          }; its films, steps, loss and result are in the model card of the models folder.`,
        ]
        : []),
      prose`A variational autoencoder with ${
        cite("/plan/vae/latentSize")
      } latent dimensions${channels}, which encodes crops at half their size, was trained on the healthy training heads${whose}${more} only, ${start}${seed}. Its loss consists of the squared reconstruction error, a structural term (1 - SSIM) and the KL divergence of the posterior from a standard normal distribution${
        warm ? "" : ", whose weight rises over the first fifth of the training"
      }. Crops were randomly shifted, rotated, scaled and changed in contrast. The weights with the best loss on the validation heads were kept. Image size, layers, latent size and loss are choices of Caput; the abstract of the published method does not state them.`,
    ]
    : [];
  return [
    ...(crops.length > 0 ? [{ heading: "Head crops", paragraphs: crops }] : []),
    ...(vae.length > 0 ? [{ heading: "Networks", paragraphs: vae }] : []),
  ];
}
