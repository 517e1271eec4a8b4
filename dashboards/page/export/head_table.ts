import type { Table } from "./export_table.ts";
import type { Store } from "../state/store.ts";

const NUMBERS = [
  "age",
  "center_x_px",
  "center_y_px",
  "radius_px",
  "area_px",
  "confidence",
  "head_radius_mm",
  "dice",
  "residual",
  "combined",
  "out_of_domain",
  "predicted_grade",
  "share_0",
  "share_1",
  "share_2",
  "share_3",
  "share_4",
  "mean_logvar",
  "umap_x",
  "umap_y",
  "pca_x",
  "pca_y",
  "trustworthiness",
];

/**
 * Table of the selected heads (all heads if none is selected), to be saved. `distance` uses the current covariance
 * estimator; `value` and percentiles are those of the current measure; `residual` and `combined` are as in the study.
 */
export function headTable(store: Store): Table {
  const { study, deviations, selection } = store;
  const heads = Array.from(study.grade.keys()).filter((i) => !selection || selection[i]);
  const texts = ["patient", "film", "side", "split", "sex", "site", "quality"];
  const columns = [
    "head_id",
    "grade",
    ...texts,
    "distance",
    "measure",
    "value",
    "percentile",
    "percentile_low",
    "percentile_high",
    ...NUMBERS,
    "covariance",
  ];
  const textColumns = texts.map((name) => study.text(name));
  const numberColumns = NUMBERS.map((name) => study.number(name));
  const rows = heads.map((i) => [
    study.headId[i],
    study.grade[i],
    ...textColumns.map((column) => column[i]),
    deviations.distance[i],
    deviations.measure,
    deviations.value[i],
    deviations.percentile[i],
    ...deviations.percentileInterval(i),
    ...numberColumns.map((column) => column[i]),
    deviations.estimator,
  ]);
  return { columns, rows };
}
