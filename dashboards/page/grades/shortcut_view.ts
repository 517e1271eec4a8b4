import type { ShortcutFinding } from "../../../src/normative/shortcut_audit.ts";
import { comparisonsOf } from "../state/comparisons.ts";
import { el } from "../ui/dom.ts";
import { fixed, interval } from "../ui/format.ts";
import type { Store } from "../state/store.ts";

/**
 * Associations of the distance of healthy heads with variables that it should be independent of; null if the study has
 * no audit.
 */
export function shortcutView(store: Store): HTMLElement | null {
  const found = comparisonsOf(store)?.shortcuts ?? [];
  if (!found.length) return null;
  const associated = found.filter(({ tells }) => tells);
  return el(
    "div",
    { class: "spaced" },
    el("h3", {}, "Shortcut audit"),
    el(
      "p",
      { class: "quiet small" },
      `In healthy heads that were not used for training, the distance should not be associated with any of these variables (AUC 0.5, rank correlation 0). ${
        associated.length
          ? `After Holm's correction over these rows, it is associated with ${
            associated.map(nameOf).join(", ")
          }.`
          : "After Holm's correction over these rows, there is no significant association."
      }`,
    ),
    el(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": "Shortcut audit" },
      el(
        "table",
        {},
        el("caption", { class: "unseen" }, "Shortcut audit"),
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            ["attribute", "measure", "estimate, 95 % interval", "heads"].map((name, k) =>
              el("th", { scope: "col", class: k === 3 ? "number" : null }, name)
            ),
          ),
        ),
        el(
          "tbody",
          {},
          found.map((one) =>
            el(
              "tr",
              {},
              el("th", { scope: "row" }, nameOf(one)),
              el("td", {}, one.kind === "auc" ? "AUC" : "Spearman"),
              el(
                "td",
                {},
                el(one.tells ? "strong" : "span", {}, `${fixed(one.estimate)} ${interval(one.interval)}`),
              ),
              el("td", { class: "number" }, one.n),
            )
          ),
        ),
      ),
    ),
  );
}

/** "site A", "age", "head radius mm" */
function nameOf({ attribute, level }: ShortcutFinding): string {
  const words = attribute.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return level === null ? words : `${words} ${level}`;
}
