import type { Comparison } from "../../mod.ts";
import { EXIT } from "../call/exit_code.ts";
import { SHARED } from "../call/shared_options.ts";
import { textTable } from "../call/text_table.ts";
import { UsageError, type Verb } from "../call/verb.ts";

const list = (value: unknown) =>
  value === undefined ? undefined : String(value).split(",").map((each) => each.trim());

function readable(
  { groups, pairs, omnibus, trend, settings }: Comparison,
  pText: (p: number) => string,
): string[] {
  const interval = (pair: Comparison["pairs"][number]) => {
    const [low, high] = pair.aucIntervalBootstrap ?? pair.aucIntervalDelong;
    return `${low.toFixed(2)}-${high.toFixed(2)}`;
  };
  const { cluster } = settings;
  return [
    ...textTable(
      [settings.group, "rows", ...cluster === null ? [] : [`${cluster}s`], "median", "q1", "q3"],
      groups.map((g) => [
        ...[g.group, `${g.n}`, ...cluster === null ? [] : [`${g.clusters}`]],
        ...[g.median, g.q1, g.q3].map((v) => v.toPrecision(4)),
      ]),
    ),
    "",
    ...textTable(
      ["pair", "p", `p ${settings.adjust}`, "unclustered p", "Cliff's delta", "AUC", "95 %", "detectable"],
      pairs.map((p) => [
        `${p.a} - ${p.b}`,
        pText(p.clusteredP),
        pText(p.clusteredPAdjusted),
        pText(p.mannWhitneyP),
        p.cliffsDelta.toFixed(2),
        p.auc.toFixed(3),
        interval(p),
        p.detectableAuc === null ? "-" : p.detectableAuc.toFixed(2),
      ]),
    ),
    "",
    `Kruskal-Wallis H ${omnibus.kruskalWallisH.toFixed(2)}, p ${pText(omnibus.p)} (by cluster ${
      pText(omnibus.clusteredP)
    }); Jonckheere-Terpstra z ${trend.jonckheereZ.toFixed(2)}, p ${pText(trend.p)} (by cluster ${
      pText(trend.clusteredP)
    })`,
    cluster === null
      ? "Rows were treated as independent. If a patient has several rows, name the patient column with --cluster."
      : `p: Datta-Satten rank sum clustered by ${cluster}; unclustered p: Mann-Whitney test over all rows.`,
    "AUC: probability that a value of the second group is higher than one of the first; 95 %: its confidence interval; detectable: " +
    "the smallest AUC that these group sizes show with 80 % power at p < 0.05" +
    (pairs.some(({ detectableAuc }) => detectableAuc === null)
      ? " (-: the groups are too small to show any AUC with 80 % power)."
      : "."),
  ];
}

export const compare: Verb = {
  name: "compare",
  args: "TABLE",
  count: [1, 1],
  summary:
    "Compares groups in any CSV or Parquet table: tests clustered by patient first, unclustered tests next to them.",
  options: {
    value: { kind: "text", value: "COLUMN", help: "the measured value (required)" },
    group: { kind: "text", value: "COLUMN", help: "the group label (required)" },
    cluster: {
      kind: "text",
      value: "COLUMN",
      help:
        "column that identifies the patient (or other cluster); without it rows are treated as independent",
    },
    order: {
      kind: "text",
      value: "A,B,...",
      help: "order of the groups (default: ascending numbers, else alphabetical, capitals first)",
    },
    reference: {
      kind: "text",
      value: "G",
      help: "group that is the first one in each of its pairs (default: the first of the order)",
    },
    adjust: {
      kind: ["holm", "bh", "by", "bonferroni", "none"],
      help: "correction for multiple comparisons over all pairs (default holm)",
    },
    covariates: {
      kind: "text",
      value: "A,B",
      help: "columns whose linear effect is removed from the value first",
    },
    seed: SHARED.seed,
  },
  example: ["caput compare measurements.csv --value distance --group grade --cluster patient"],
  async run(call) {
    const { value, group, cluster, reference, adjust } = call.options as Record<string, string | undefined>;
    if (value === undefined || group === undefined) {
      throw new UsageError("caput compare needs --value and --group", "name the columns in your table");
    }
    const { comparePairs, formatP, readTable, rowCount } = await import("../../mod.ts");
    const path = call.resolve(call.args[0]), table = await readTable(path);
    call.note(`Comparing the groups of ${rowCount(table)} rows.`);
    const comparison = comparePairs(table, {
      value,
      group,
      cluster,
      reference,
      order: list(call.options.order),
      adjust: adjust as "holm" | undefined,
      covariates: list(call.options.covariates),
      seed: Number(call.options.seed ?? 1),
      firstRow: /\.parquet$/i.test(path) ? 1 : 2,
    });
    if (call.json) call.printJson(comparison);
    else readable(comparison, (p) => formatP(p, { style: "plain" })).forEach(call.print);
    return EXIT.done;
  },
};
