import * as Inputs from "@observablehq/inputs";
import { MANY_HEADS } from "../../many_heads.ts";
import { button } from "../ui/controls.ts";
import { describeHead, shortId } from "../ui/describe_head.ts";
import { el, unseen } from "../ui/dom.ts";
import { count, fixed } from "../ui/format.ts";
import { gradeWords } from "../ui/grade_words.ts";
import { parseFilter } from "./table_filter.ts";
import { inputForm } from "../ui/input_form.ts";
import type { Store } from "../state/store.ts";

interface Column {
  readonly name: string;
  readonly value: (head: number) => string | number;
  readonly text?: (head: number) => string;
  /** Whether the column is right-aligned and can be used in conditions of the filter. */
  readonly numeric?: boolean;
}

const PAGE = 50;
/** Index of the distance column. */
const DISTANCE = 2;

/** Table of the shown heads in the selection (all shown heads without one), with sorting by any column and a filter. */
export function tableView(store: Store): HTMLElement {
  const columns = columnsOf(store);
  const search = inputForm<string>(
    Inputs.text({ label: "Filter", type: "search", placeholder: "grade 3 left distance>10", width: "20em" }),
    () => draw(),
  );
  const state = el("p", { class: "quiet", id: "table-count", role: "status" });
  const body = el("tbody");
  const heads = columns.map((column, k) =>
    el(
      "th",
      { scope: "col", class: column.numeric ? "number" : null },
      el("button", { type: "button", onclick: () => sortBy(k) }, column.name),
    )
  );
  // Sorting many ids takes a second and is not useful: a large study starts with the heads furthest from healthy.
  let [sorted, direction] = store.study.n > MANY_HEADS ? [DISTANCE, -1] : [0, 1];
  const order = sortedHeads(store, columns);
  let first = 0;
  let rows = new Uint32Array();
  let unknown: readonly string[] = [];
  const sortBy = (k: number) => {
    direction = sorted === k ? -direction : 1;
    sorted = k;
    first = 0;
    draw();
  };
  const turn = (by: number) => {
    first = Math.max(0, Math.min(rows.length - 1, first + by * PAGE));
    fill();
  };
  const before = button("Previous", () => turn(-1));
  const after = button("Next", () => turn(1));
  const choose = button("Select these", () => {
    const flags = new Uint8Array(store.study.n);
    for (const head of rows) flags[head] = 1;
    store.select(flags, `\u201c${search.value.trim()}\u201d in the table`);
  });
  function draw(): void {
    const filter = parseFilter(search.value, numericColumns(columns));
    const { selection, shown } = store;
    rows = order(sorted, direction).filter((i) =>
      shown[i] && (!selection || selection[i]) && filter.matches({
        get words() {
          return rowWords(store, i);
        },
        number: (name) => Number(columns.find((column) => column.name === name)!.value(i)),
      })
    );
    unknown = filter.unknown;
    if (first >= rows.length) first = 0;
    heads.forEach((th, k) =>
      th.setAttribute("aria-sort", k === sorted ? (direction > 0 ? "ascending" : "descending") : "none")
    );
    fill();
  }
  function fill(): void {
    const shown = rows.slice(first, first + PAGE);
    state.textContent = unknown.length
      ? `There is no column ${unknown.join(", ")}; use ${numericColumns(columns).join(", ")}`
      : `${count(rows.length)} heads` +
        (rows.length > PAGE ? `; rows ${first + 1} to ${first + shown.length}` : "");
    choose.hidden = search.value.trim() === "" || rows.length === 0;
    before.disabled = first === 0;
    after.disabled = first + PAGE >= rows.length;
    body.replaceChildren(...Array.from(shown, (head) =>
      el(
        "tr",
        {},
        columns.map((column, k) => {
          const value = column.value(head);
          const text = column.text?.(head) ?? (typeof value === "number" ? fixed(value) : value);
          return k === 0
            ? el(
              "th",
              { scope: "row" },
              el(
                "button",
                {
                  type: "button",
                  onclick: () => store.setFocus(head),
                },
                unseen(describeHead(store, head)),
                text,
              ),
            )
            : el("td", { class: column.numeric ? "number" : null }, text);
        }),
      )));
  }
  draw();
  store.on(["settled", "deviation", "view"], draw);
  return el(
    "div",
    { class: "all-heads" },
    el(
      "div",
      { class: "controls" },
      search,
      state,
      choose,
      el("span", { class: "pair-of-buttons" }, before, after),
    ),
    el(
      "div",
      { class: "scroll tall", tabindex: 0, role: "region", "aria-label": "Table of heads" },
      el(
        "table",
        {},
        el(
          "caption",
          { class: "unseen" },
          "Heads of the selection that match the filter, 50 per page; print shows the first 25",
        ),
        el("thead", {}, el("tr", {}, heads)),
        body,
      ),
    ),
  );
}

/**
 * All heads sorted by a column, ascending (1) or descending (-1), missing numbers last; cached until the measure or the
 * covariance changes.
 */
function sortedHeads(
  store: Store,
  columns: readonly Column[],
): (k: number, direction: number) => Uint32Array {
  let [of, known] = [store.deviations, new Map<string, Uint32Array>()];
  const words = new Intl.Collator();
  return (k, direction) => {
    if (of !== store.deviations) [of, known] = [store.deviations, new Map()];
    const cached = known.get(`${k} ${direction}`);
    if (cached) return cached;
    const keys = Array.from(store.study.grade.keys(), columns[k].value);
    const order = Uint32Array.from(keys.keys()).sort((a, b) => {
      const [x, y] = [keys[a], keys[b]];
      if (typeof x === "number" && typeof y === "number") {
        return Number.isNaN(x) || Number.isNaN(y)
          ? Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b
          : direction * (x - y) || a - b;
      }
      return direction * words.compare(String(x), String(y)) || a - b;
    });
    known.set(`${k} ${direction}`, order);
    return order;
  };
}

/** Column names that conditions such as `distance>10` may use. */
function numericColumns(columns: readonly Column[]): string[] {
  return columns.filter(({ numeric }) => numeric).map(({ name }) => name);
}

function columnsOf(store: Store): Column[] {
  const { study } = store;
  const number = (name: string, label: string, decimals = 2): Column => ({
    name: label,
    value: (i) => study.number(name)[i],
    text: (i) => fixed(study.number(name)[i], decimals),
    numeric: true,
  });
  const text = (name: string): Column => ({ name, value: (i) => study.text(name)[i] || "\u2013" });
  return [
    { name: "head", value: (i) => study.headId[i], text: (i) => shortId(study.headId[i]) },
    {
      name: "grade",
      value: (i) => study.grade[i],
      text: (i) => study.grade[i] < 0 ? "\u2013" : String(study.grade[i]),
      numeric: true,
    },
    { name: "distance", value: (i) => store.deviations.distance[i], numeric: true },
    {
      name: "percentile",
      value: (i) => store.deviations.percentile[i],
      text: (i) => fixed(store.deviations.percentile[i], 0),
      numeric: true,
    },
    number("predicted_grade", "resembles", 0),
    number("residual", "residual"),
    number("combined", "combined"),
    text("split"),
    text("side"),
    {
      name: "patient",
      value: (i) => study.text("patient")[i],
      text: (i) => shortId(study.text("patient")[i]),
    },
    number("age", "age", 0),
    text("sex"),
    text("site"),
    number("confidence", "outline confidence"),
    text("quality"),
  ];
}

const cache = new WeakMap<object, string[]>();

/** The data that the filter searches. */
function rowWords({ study }: Store, head: number): string {
  const known = cache.get(study) ?? [];
  cache.set(study, known);
  return known[head] ??= [
    gradeWords(study.grade[head]),
    study.headId[head],
    ...["split", "side", "patient", "sex", "site", "quality"].map((name) => study.text(name)[head]),
  ].join(" ").toLowerCase();
}
