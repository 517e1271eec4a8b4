import { MANY_HEADS } from "../../many_heads.ts";
import { percentileGroup } from "../state/compared_heads.ts";
import { markPlaces } from "../chart/head_marks.ts";
import { measureWord } from "../state/measures.ts";
import { thinMarks } from "../state/most_marks.ts";
import { squareFrame } from "../../../src/figures/square_frame.ts";
import { hipPairs } from "../../../src/figures/hip_pairs.ts";
import { describeHead, shortId } from "../ui/describe_head.ts";
import { el, unseen } from "../ui/dom.ts";
import { drawnFigure } from "../chart/drawn_figure.ts";
import { count, fixed } from "../ui/format.ts";
import { pictureElement } from "../ui/show_picture.ts";
import type { Store } from "../state/store.ts";

/** A patient and the indices of both heads. */
export interface Hips {
  readonly patient: string;
  readonly right: number;
  readonly left: number;
}

const known = new WeakMap<object, Hips[]>();

/** Patients with a right and a left head; of several heads on a side, the first. */
export function hipsOf({ study }: Store): Hips[] {
  const cached = known.get(study);
  if (cached) return cached;
  const patient = study.text("patient");
  const side = study.text("side");
  const byPatient = new Map<string, { right?: number; left?: number }>();
  patient.forEach((id, head) => {
    if (id === "" || (side[head] !== "right" && side[head] !== "left")) return;
    const hips = byPatient.get(id) ?? {};
    hips[side[head] as "right" | "left"] ??= head;
    byPatient.set(id, hips);
  });
  const hips = [...byPatient].flatMap(([id, { right, left }]) =>
    right !== undefined && left !== undefined ? [{ patient: id, right, left }] : []
  );
  known.set(study, hips);
  return hips;
}

/** The other hip of a head's patient, or -1. */
export function otherHip(store: Store, head: number): number {
  const hips = hipsOf(store).find(({ right, left }) => right === head || left === head);
  return hips ? (hips.right === head ? hips.left : hips.right) : -1;
}

/** Patients with at least one hip in the selection. */
function hipsInView(store: Store): Hips[] {
  const { selection } = store;
  return selection
    ? hipsOf(store).filter(({ right, left }) => selection[right] || selection[left])
    : hipsOf(store);
}

/** Scatter plot of right against left hip; a click shows the patient's worse hip on the head card. */
export function hipPairsView(store: Store) {
  const rows = () => thinned(store, hipsInView(store));
  return drawnFigure(store, {
    maxWidth: 460,
    exportWidth: 321,
    height: (width) => squareFrame(width, { left: 46, right: 12, top: 30, bottom: 40 }).height,
    on: ["view", "deviation", "settled"],
    absent: "No patient with two hips in the selection.",
    marks: (svg) => {
      const hips = store.focus < 0
        ? undefined
        : hipsOf(store).find(({ right, left }) => right === store.focus || left === store.focus);
      const at = (x: number, y: number, label: string) => ({
        x: svg.scale("x")!.apply(x) as number,
        y: svg.scale("y")!.apply(y) as number,
        label,
      });
      const { value } = store.deviations;
      markPlaces(store, svg, [
        ...(hips ? [at(value[hips.right], value[hips.left], "this patient")] : []),
        ...droppedPairs(store).map(({ right, left, film }) => at(right, left, film || "dropped film")),
      ]);
    },
    draw: (theme, size) => {
      const { study, deviations: { value } } = store;
      const pairs = rows().map(({ right, left }) => ({
        right: value[right],
        left: value[left],
        gradeRight: study.grade[right],
        gradeLeft: study.grade[left],
      }));
      return pairs.length ? hipPairs(pairs, { theme, ...size, label: measureWord(store) }) : null;
    },
    drawn(svg) {
      const scales = svg as unknown as { scale(name: string): { invert(px: number): number } };
      svg.addEventListener("click", (event) => {
        const box = svg.getBoundingClientRect();
        const x = scales.scale("x").invert(event.clientX - box.left);
        const y = scales.scale("y").invert(event.clientY - box.top);
        const { value } = store.deviations;
        const far = ({ right, left }: Hips) => Math.hypot(value[right] - x, value[left] - y);
        const best = rows().reduce((a, b) => (far(b) < far(a) ? b : a));
        store.setFocus(
          store.study.grade[best.right] >= store.study.grade[best.left] ? best.right : best.left,
        );
      });
    },
  });
}

/** Dropped films with a right and a left head, and the values of both; `film` is empty if there is only one film. */
export function droppedPairs(
  { live, deviations: { measure } }: Pick<Store, "live" | "deviations">,
): { film: string; right: number; left: number }[] {
  const films = new Map<string, { right?: number; left?: number }>();
  for (const { label, ...point } of live) {
    const words = label.split(" "), side = words.pop(), film = words.join(" ");
    if (side === "right" || side === "left") films.set(film, { ...films.get(film), [side]: point[measure] });
  }
  return [...films].flatMap(([film, { right, left }]) =>
    right !== undefined && left !== undefined ? [{ film, right, left }] : []
  );
}

/** The figure shows all patients with a diseased hip, and at most this many with two healthy hips, evenly spaced. */
const HEALTHY_DRAWN = 1500;
/**
 * In a large study, where symbols would overlap, the figure shows at most this many patients with a diseased hip, and
 * at most this many with two healthy hips.
 */
const EACH_DRAWN = 600;

function thinned({ study: { grade, n } }: Store, hips: Hips[]): readonly Hips[] {
  const healthy = hips.filter(({ right, left }) => grade[right] === 0 && grade[left] === 0);
  const diseased = hips.filter(({ right, left }) => grade[right] > 0 || grade[left] > 0);
  const thin = thinMarks({ n }, EACH_DRAWN);
  if (thin) return [...thin(healthy), ...thin(diseased)];
  if (healthy.length <= HEALTHY_DRAWN) return hips;
  const every = healthy.length / HEALTHY_DRAWN;
  const thinnedHealthy = Array.from({ length: HEALTHY_DRAWN }, (_, k) => healthy[Math.floor(k * every)]);
  return [...thinnedHealthy, ...diseased];
}

/** Sentence that states which patients the figure shows. */
export function hipWords(store: Store): string {
  const all = hipsInView(store);
  const drawn = thinned(store, all).length;
  return `${count(all.length)} patients with both hips${
    store.selection ? ", at least one of them selected" : ""
  }${
    drawn === all.length
      ? ""
      : store.study.n > MANY_HEADS
      ? `; ${count(drawn)} are drawn, evenly spaced among those with and those without disease`
      : `; of those with two healthy hips ${count(HEALTHY_DRAWN)} are drawn`
  }.`;
}

/** Healthy (grade 0) hips of patients whose other hip is diseased, the furthest from healthy first. */
export function watchedHips(store: Store): { head: number; other: number }[] {
  const { study, deviations: { value }, selection } = store;
  return hipsOf(store)
    .map(({ right, left }) =>
      study.grade[right] === 0 ? { head: right, other: left } : { head: left, other: right }
    )
    .filter(({ head, other }) => study.grade[head] === 0 && study.grade[other] > 0) // -1 is ungraded
    .filter(({ head, other }) => !selection || selection[head] || selection[other])
    .sort((a, b) => value[b.head] - value[a.head]);
}

/** Number of {@linkcode watchedHips} and a list of the first eight; a click shows the hip on the head card. */
export function watchedList(store: Store): HTMLElement {
  const list = el("ol", { class: "queue" });
  const note = el("p", { class: "quiet" });
  const draw = () => {
    const hips = watchedHips(store);
    const { deviations, study } = store;
    const beyond = hips.filter(({ head }) => deviations.percentile[head] > 95).length;
    note.textContent = hips.length
      ? `${hips.length} healthy hips belong to patients whose other hip is diseased; ${beyond} of them are beyond the 95th percentile of ${
        percentileGroup(store)
      }.`
      : "The selection has no healthy hip of a patient with disease.";
    list.replaceChildren(
      ...hips.slice(0, 8).map(({ head, other }) =>
        el(
          "li",
          {},
          el(
            "button",
            {
              type: "button",
              class: "row both",
              onclick: () => store.setFocus(head),
            },
            unseen(describeHead(store, head)),
            thumb(store, head),
            el(
              "span",
              {},
              `${shortId(study.headId[head])}, grade 0, ${measureWord(store)} ${
                fixed(deviations.value[head])
              }`,
              el("br"),
              el(
                "span",
                { class: "quiet" },
                `percentile ${fixed(deviations.percentile[head], 0)}; other hip grade ${
                  study.grade[other]
                }, ${measureWord(store)} ${fixed(deviations.value[other])}`,
              ),
            ),
            thumb(store, other),
          ),
        )
      ),
    );
  };
  draw();
  store.on(["settled", "deviation"], draw);
  return el("div", {}, note, list);
}

/** A head's crop as a small picture, or an empty box of its size. */
export function thumb(store: Store, head: number, size = 48): HTMLElement {
  const source = store.study.picture("crops", head);
  return source
    ? pictureElement(store.study, source, { alt: "", width: size, height: size, class: "thumb" })
    : el("span", { class: "thumb empty", style: `width:${size}px;height:${size}px` });
}
