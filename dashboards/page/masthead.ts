import { el } from "./ui/dom.ts";
import { count } from "./ui/format.ts";
import { settingsBar } from "./frame/settings_bar.ts";
import type { Store } from "./state/store.ts";

/** Sections in reading order: anchor and name. */
export const CONTENTS = [
  ["space", "Latent space"],
  ["distances", "Distances"],
  ["pairs", "Between grades"],
  ["detection", "Detection"],
  ["progression", "Progression"],
  ["hips", "Two hips"],
  ["discordance", "Discordance"],
  ["classroom", "Classroom"],
  ["score", "Score a film"],
  ["table", "All heads"],
  ["methods", "Methods"],
] as const;

/** Title, what the page shows in one breath, what it is not, and the contents. */
export function masthead(store: Store): HTMLElement {
  const { cohort, reference } = store.study.study;
  return el(
    "header",
    {},
    el(
      "div",
      { class: "masthead" },
      el("p", { class: "kicker" }, `Caput \u00b7 ${cohort.name}`),
      el("h1", {}, "How far from healthy is a femoral head?"),
      el(
        "p",
        { class: "standfirst" },
        `${count(cohort.heads)} femoral heads on ${
          count(cohort.films)
        } hip radiographs. Each head was encoded by an autoencoder that has seen healthy heads only; its Mahalanobis distance from them is read against ${
          count(reference.n)
        } healthy heads kept out of training.`,
      ),
      el(
        "p",
        { class: "banner", role: "note" },
        reference.kind === "synthetic" ? el("strong", {}, "Synthetic cohort. ") : null,
        "Research and teaching only, not a medical device.",
      ),
    ),
    el(
      "div",
      { class: "underline" },
      el(
        "nav",
        { class: "contents", "aria-label": "Contents" },
        CONTENTS.map(([id, name]) => el("a", { href: `#${id}`, onclick: jump(id) }, name)),
      ),
      settingsBar(store),
    ),
  );
}

/** Scrolls without touching the address, which holds the view. */
function jump(id: string): (event: Event) => void {
  return (event) => {
    event.preventDefault();
    const target = document.getElementById(id);
    target?.scrollIntoView({
      behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth",
    });
    target?.querySelector("h2")?.focus({ preventScroll: true });
  };
}
