import { gradeWords } from "../ui/grade_words.ts";
import { measureWord } from "../state/measures.ts";
import { el } from "../ui/dom.ts";
import { shortId } from "../ui/describe_head.ts";
import { count, fixed } from "../ui/format.ts";
import { showPicture } from "../ui/show_picture.ts";
import type { Place } from "./map_gestures.ts";
import type { Store } from "../state/store.ts";

/** Tooltip next to the pointer with the head's crop, grade, value of the measure, percentile and id. */
export interface HoverCard {
  readonly element: HTMLElement;
  show(head: number, at: Place, box: HoverBox): void;
  hide(): void;
}

/** Size of the map, and number of heads in the cell under the pointer if the map shows densities (otherwise 0). */
export interface HoverBox {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly headsInCell: number;
}

/**
 * Creates the tooltip. It is hidden from screen readers, because the head card and the live region have the same text.
 */
export function hoverCard(store: Store): HoverCard {
  const { study } = store;
  const image = el("img", { alt: "", width: 96, height: 96 });
  const words = el("div", { class: "words" });
  const element = el("div", { class: "hover-card", "aria-hidden": "true", hidden: true }, image, words);
  let shown = -1;
  return {
    element,
    show(head, [x, y], { widthPx, heightPx, headsInCell }) {
      if (head !== shown) {
        shown = head;
        const source = study.picture("crops", head);
        image.hidden = source === null;
        if (source) showPicture(study, image, source);
        words.replaceChildren(
          el("strong", {}, gradeWords(study.grade[head])),
          el("span", {}, `${measureWord(store)} ${fixed(store.deviations.value[head])}`),
          el("span", {}, `percentile ${fixed(store.deviations.percentile[head], 0)}`),
          el("span", { class: "id" }, shortId(study.headId[head])),
          headsInCell > 1 ? el("span", { class: "id" }, `one of ${count(headsInCell)} in its cell`) : "",
        );
      }
      element.hidden = false;
      const left = x + 18 + 220 > widthPx ? x - 18 - 216 : x + 18;
      element.style.transform = `translate(${Math.max(0, left)}px, ${
        Math.max(0, Math.min(heightPx - 112, y - 56))
      }px)`;
    },
    hide() {
      shown = -1;
      element.hidden = true;
    },
  };
}
