/**
 * The README's results, as Markdown, from a finished study: `deno task bench bench/results_table.ts [STUDY]`.
 */
import { formatP } from "../src/stats/correction/format_p.ts";

const folder = Deno.args[0] ?? "studies/paper";
const { pairs, detection, distanceMinusPca, staging, trend, shortcuts, outOfDomain } = JSON.parse(
  await Deno.readTextFile(`${folder}/comparisons.json`),
);
const { dice, map } = JSON.parse(await Deno.readTextFile(`${folder}/study.json`));

const fixed = (value: number) => value.toFixed(2);
const range = ([low, high]: number[]) => `${fixed(low)} to ${fixed(high)}`;
const row = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
const p = (value: number) => formatP(value);

console.log(
  row(["grades", "heads", "patients", "p clustered, Holm", "p naive, Holm", "AUC (95 %)", "detectable AUC"]),
);
console.log(row(Array(7).fill("---")));
for (const pair of pairs) {
  console.log(row([
    `${pair.a} vs ${pair.b}`,
    `${pair.nA}, ${pair.nB}`,
    `${pair.clustersA}, ${pair.clustersB}`,
    p(pair.clusteredPAdjusted),
    p(pair.mannWhitneyPAdjusted),
    `${fixed(pair.auc)} (${range(pair.aucIntervalBootstrap)})`,
    fixed(pair.detectableAuc),
  ]));
}
console.log();
const measures = ["distance", "residual", "combined", "pca"];
console.log(
  row(["grade", "heads", ...measures.map((each) => `${each}, AUC (95 %)`), "distance minus pca (95 %)"]),
);
console.log(row(Array(7).fill("---")));
for (const grade of [1, 2, 3, 4]) {
  const of = (measure: string) =>
    detection.find((each: { grade: number; measure: string }) =>
      each.grade === grade && each.measure === measure
    );
  const difference = distanceMinusPca.find((each: { grade: number }) => each.grade === grade);
  console.log(row([
    grade,
    of("distance").n,
    ...measures.map((measure) => `${fixed(of(measure).auc)} (${range(of(measure).interval)})`),
    `${fixed(difference.difference)} (${range(difference.interval)})`,
  ]));
}
console.log();
console.log(
  `Trend over grades (Jonckheere-Terpstra, by patient): p ${
    p(trend.clusteredP)
  }. Staging: quadratic-weighted kappa ` +
    `${fixed(staging.kappa)} (${range(staging.kappaInterval)}). Mean Dice over ${dice.n} heads: ${
      dice.mean.toFixed(3)
    }. ` +
    `Trustworthiness of the map: ${fixed(map.trustworthiness)}.`,
);

console.log();
console.log(row(["what the distance of healthy heads tells of", "measure", "estimate (95 %)"]));
console.log(row(Array(3).fill("---")));
for (const { attribute, level, kind, estimate, interval } of shortcuts) {
  const shown = interval ? `${fixed(estimate)} (${range(interval)})` : fixed(estimate);
  console.log(
    row([level === null ? attribute : `${attribute} ${level}`, kind === "auc" ? "AUC" : "rho", shown]),
  );
}
console.log();
const counts = outOfDomain.map((each: { grade: number; flagged: number; n: number }) =>
  `${each.flagged} of ${each.n} of grade ${each.grade}`
);
console.log(`Held-out heads called out of domain: ${counts.join(", ")}.`);
