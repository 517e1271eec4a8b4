/**
 * The README's results as Markdown, from a finished study (default: studies/paper):
 *
 *   deno task bench bench/statistics/results_table.ts [STUDY] [--write]
 *
 * `--write` replaces the README's two blocks "made by bench/statistics/results_table.ts" instead of printing.
 */
import { formatP } from "../../src/stats/format/format_p.ts";

const folder = Deno.args.find((each) => !each.startsWith("--")) ?? "studies/paper";
const lines: string[] = [];
const write = (line = "") => lines.push(line);
const { pairs, detection, distanceMinusPca, staging, trend, shortcuts, outOfDomain } = JSON.parse(
  await Deno.readTextFile(`${folder}/comparisons.json`),
);
const { dice, map } = JSON.parse(await Deno.readTextFile(`${folder}/study.json`));

const fixed = (value: number) => value.toFixed(2);
const range = ([low, high]: number[]) => `${fixed(low)} to ${fixed(high)}`;
const row = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
const p = (value: number) => formatP(value);

write(
  row([
    "grades",
    "heads",
    "patients",
    "p clustered, Holm",
    "p unclustered, Holm",
    "AUC (95 %, bootstrap)",
    "detectable AUC",
  ]),
);
write(row(Array(7).fill("---")));
for (const pair of pairs) {
  write(row([
    `${pair.a} vs ${pair.b}`,
    `${pair.nA}, ${pair.nB}`,
    `${pair.clustersA}, ${pair.clustersB}`,
    p(pair.clusteredPAdjusted),
    p(pair.mannWhitneyPAdjusted),
    `${fixed(pair.auc)} (${range(pair.aucIntervalBootstrap)})`,
    fixed(pair.detectableAuc),
  ]));
}
write();
const measures = ["distance", "residual", "combined", "pca"];
write(
  row([
    "grade",
    "heads",
    ...measures.map((each) => `${each}, AUC (95 %, Obuchowski)`),
    "distance minus pca (95 %)",
  ]),
);
write(row(Array(7).fill("---")));
for (const grade of [1, 2, 3, 4]) {
  const of = (measure: string) =>
    detection.find((each: { grade: number; measure: string }) =>
      each.grade === grade && each.measure === measure
    );
  const difference = distanceMinusPca.find((each: { grade: number }) => each.grade === grade);
  write(row([
    grade,
    of("distance")?.n ?? "\u2013",
    ...measures.map((measure) => {
      const found = of(measure);
      return found ? `${fixed(found.auc)} (${range(found.interval)})` : "\u2013"; // a small cohort has no PCA baseline
    }),
    difference?.interval ? `${fixed(difference.difference)} (${range(difference.interval)})` : "\u2013",
  ]));
}
write();
write(
  `Trend over grades (Jonckheere-Terpstra, by patient): p ${
    p(trend.clusteredP)
  }. Staging: quadratic-weighted kappa ` +
    `${fixed(staging.kappa)} (${range(staging.kappaInterval)}). Mean Dice over ${dice.n} heads: ${
      dice.mean.toFixed(3)
    }. ` +
    `Trustworthiness of the map: ${fixed(map.trustworthiness)}.`,
);

const results = lines.splice(0).join("\n");
write(row(["association of healthy heads' distance with", "measure", "estimate (95 %)"]));
write(row(Array(3).fill("---")));
for (const { attribute, level, kind, estimate, interval } of shortcuts) {
  const text = interval ? `${fixed(estimate)} (${range(interval)})` : fixed(estimate);
  write(
    row([level === null ? attribute : `${attribute} ${level}`, kind === "auc" ? "AUC" : "rho", text]),
  );
}
write();
const counts = outOfDomain.map((each: { grade: number; flagged: number; n: number }) =>
  `${each.flagged} of ${each.n} of grade ${each.grade}`
);
write(`Held-out heads called out of domain: ${counts.join(", ")}.`);

const audit = lines.splice(0).join("\n");

/** The result of the shortcut audit in a sentence: how many associations remain after correction, and which. */
function shortcutWords(): string {
  const associated = shortcuts.filter(({ tells }: { tells: boolean }) => tells);
  const named = associated.map((
    { attribute, level, kind, estimate, interval }: {
      attribute: string;
      level: string | null;
      kind: string;
      estimate: number;
      interval: number[];
    },
  ) =>
    `${attribute}${level === null ? "" : ` ${level}`} (${kind === "auc" ? "AUC" : "rho"} ${
      fixed(estimate)
    }, ${range(interval)})`
  );
  const tested = `${shortcuts.length} associations tested`;
  return named.length === 0
    ? `On the paper phantom none of the ${tested} differs from chance after Holm's correction.`
    : `On the paper phantom ${named.length} of the ${tested} ${
      named.length === 1 ? "differs" : "differ"
    } from chance after Holm's correction: ${named.join(", ")}.`;
}

if (Deno.args.includes("--write")) {
  const path = new URL("../../README.md", import.meta.url);
  let readme = await Deno.readTextFile(path);
  for (const [name, text] of [["results", results], ["shortcuts", shortcutWords()]]) {
    const block = new RegExp(
      `(<!-- ${name}: made by bench/statistics/results_table.ts -->\\n)[\\s\\S]*?(<!-- end -->)`,
    );
    if (!block.test(readme)) {
      throw new Error(
        `Cannot write the results: README.md must have a block "<!-- ${name}: made by ... -->", none was found`,
      );
    }
    readme = readme.replace(block, (_, begin, end) => `${begin}${text}\n${end}`);
  }
  await Deno.writeTextFile(path, readme);
} else console.log([results, audit, shortcutWords()].join("\n\n"));
