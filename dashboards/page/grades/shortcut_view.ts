import type { ShortcutFinding } from "../../../src/normative/shortcut_audit.ts";
import { comparisonsOf } from "../state/comparisons.ts";
import { el } from "../ui/dom.ts";
import { fixed, interval } from "../ui/format.ts";
import type { Store } from "../state/store.ts";

/** What the distance of healthy heads tells of things it should know nothing of; null where the study has no audit. */
export function shortcutView(store: Store): HTMLElement | null {
  const found = comparisonsOf(store)?.shortcuts ?? [];
  if (!found.length) return null;
  const telling = found.filter(({ tells }) => tells);
  return el(
    "div",
    { class: "spaced" },
    el("h3", {}, "Could the distance be a shortcut?"),
    el(
      "p",
      { class: "quiet small" },
      `Among healthy heads that were not trained on, the distance should not be associated with any of these: an AUC of 0.5, a rank correlation of 0. ${
        telling.length
          ? `It is associated with ${telling.map(nameOf).join(", ")}.`
          : "After Holm's correction over these rows none differs from that value."
      }`,
    ),
    el(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": "Audit of shortcuts" },
      el(
        "table",
        {},
        el("caption", { class: "unseen" }, "Audit of shortcuts"),
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            ["attribute", "measure", "estimate, 95 %", "heads"].map((name, k) =>
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
