import { el } from "../ui/dom.ts";
import type { Store } from "../state/store.ts";

/** Sections in reading order: anchor and name. */
export const CONTENTS = [
  ["space", "Map"],
  ["distances", "Distances"],
  ["pairs", "Between grades"],
  ["detection", "Detection"],
  ["samehip", "The same hip"],
  ["progression", "Progression"],
  ["hips", "Two hips"],
  ["discordance", "Discordance"],
  ["classroom", "Classroom"],
  ["score", "Score a film"],
  ["table", "All heads"],
  ["methods", "Methods"],
] as const;

/** Sticky table of contents. The current section is highlighted and is part of the page's address. */
export function contentsBar(store: Store): HTMLElement {
  const links = new Map<string, HTMLAnchorElement>(
    CONTENTS.filter(([id]) => id !== "samehip" || (store.study.teaching?.frames.length ?? 0) > 1)
      .map(([id, name]) => [id, el("a", { href: `#${id}`, onclick: jump(store, id) }, name)]),
  );
  const nav = el("nav", { class: "contents", "aria-label": "Contents" }, [...links.values()]);
  const mark = () => {
    for (const [id, link] of links) {
      if (id === store.section) {
        if (link.getAttribute("aria-current") === "true") continue;
        link.setAttribute("aria-current", "true");
        nav.scrollTo({ left: link.offsetLeft - nav.clientWidth / 2 + link.offsetWidth / 2 });
      } else link.removeAttribute("aria-current");
    }
  };
  store.on("section", mark);
  return nav;
}

/** Tracks the visible section and updates the address. Call it after the sections have been added to the page. */
export function followSections(store: Store): void {
  const visible = new Set<string>();
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) visible.add(target.id);
      else visible.delete(target.id);
    }
    const first = scrollY < 80 ? undefined : CONTENTS.find(([id]) => visible.has(id))?.[0];
    store.setSection(first ?? "");
  }, { rootMargin: "-25% 0px -60% 0px" });
  for (const [id] of CONTENTS) {
    const target = document.getElementById(id);
    if (target) observer.observe(target);
  }
  addEventListener("hashchange", () => {
    const id = location.hash.slice(1);
    if (CONTENTS.some(([name]) => name === id)) goTo(id);
  });
}

/** Scrolls to a section and focuses its heading, so that a screen reader continues from there. */
export function goTo(id: string, behavior: ScrollBehavior = "auto"): void {
  const target = document.getElementById(id);
  target?.scrollIntoView({ behavior });
  target?.querySelector("h2")?.focus({ preventScroll: true });
}

/** A listener that scrolls without replacing the address, because the address contains the view. */
function jump(store: Store, id: string): (event: MouseEvent) => void {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // let the browser open a new tab
    event.preventDefault();
    goTo(id, matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");
    store.setSection(id);
  };
}
