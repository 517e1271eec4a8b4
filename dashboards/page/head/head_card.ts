import { furthestHead, medianHead } from "../state/by_value.ts";
import { comparedHeads, percentileGroup } from "../state/compared_heads.ts";
import { gradeWords } from "../ui/grade_words.ts";
import { measureWord } from "../state/measures.ts";
import { button } from "../ui/controls.ts";
import { describeHead, shortId } from "../ui/describe_head.ts";
import { dicomButton } from "../export/dicom_button.ts";
import type { DicomJob } from "../export/dicom_job.ts";
import { discordantHeads } from "../patients/discordance_view.ts";
import { deviationReasons } from "./deviation_reasons.ts";
import { el, unseen } from "../ui/dom.ts";
import { count, fixed, printP } from "../ui/format.ts";
import { headPictures } from "./head_pictures.ts";
import { otherHip, thumb, watchedHips } from "../patients/hip_pairs_view.ts";
import { neighboursOf } from "../state/neighbours.ts";
import { shareBar } from "../ui/share_bar.ts";
import type { Store } from "../state/store.ts";
import { trustOf } from "../state/trust_of.ts";
import { gradeColour, screenTheme } from "../ui/themes.ts";

/** Head card: images, measures and facts of the head in focus. */
export function headCard(store: Store, dicom: DicomJob): HTMLElement {
  const body = el("div", { class: "card-body" });
  const element = el("aside", { class: "card", id: "card", tabindex: 0, "aria-label": "Head card" }, body);
  const close = button("Close", () => store.setFocus(-1), { class: "plain card-close" });
  const draw = () => {
    element.toggleAttribute("data-open", store.focus >= 0); // on a small screen the card is a bottom sheet
    body.replaceChildren(
      ...(store.focus < 0
        ? empty(store)
        : [close, ...filled(store, store.focus), filmObjects(store, { head: store.focus, dicom })]),
    );
    if (store.focus >= 0) element.scrollTop = 0;
  };
  draw();
  store.on(["focus", "deviation", "view"], draw);
  return element;
}

/** Content before a head is chosen: what the card shows, and up to four heads to start with. */
function empty(store: Store): Node[] {
  const { study, deviations } = store;
  const compared = comparedHeads(study);
  const worst = study.grades.at(-1)!;
  const begin: [string, number | undefined][] = [
    ["A typical healthy head", medianHead(deviations, (i) => study.grade[i] === 0 && compared[i] === 1)],
    [`The furthest head of grade ${worst}`, furthestHead(deviations, (i) => study.grade[i] === worst)],
    ["A healthy hip of a patient with disease", watchedHips(store)[0]?.head],
    [`Where grade and ${measureWord(store)} disagree most`, discordantHeads(store)[0]],
  ];
  return [
    el("h2", {}, "Head card"),
    el(
      "p",
      { class: "quiet" },
      "Click a point, or focus the map and use the arrow keys. That head is then shown here: its crop, its reconstruction, and how it differs from healthy heads.",
    ),
    el("h3", {}, "Start with"),
    el(
      "ul",
      { class: "queue" },
      begin.flatMap(([name, head]) =>
        head === undefined || head < 0 ? [] : el(
          "li",
          {},
          el(
            "button",
            { type: "button", class: "row", onclick: () => store.setFocus(head) },
            thumb(store, head),
            el(
              "span",
              {},
              name,
              el("br"),
              el(
                "span",
                { class: "quiet" },
                `${gradeWords(study.grade[head])}, ${measureWord(store)} ${fixed(deviations.value[head])}`,
              ),
            ),
          ),
        )
      ),
    ),
  ];
}

function filled(store: Store, head: number): Node[] {
  const { study, deviations } = store;
  const grade = study.grade[head];
  const place = Number.isFinite(deviations.percentile[head]);
  return [
    el("h2", {}, `Head ${shortId(study.headId[head])}`),
    el(
      "p",
      { class: "big" },
      el("span", { class: "distance" }, fixed(deviations.value[head])),
      el(
        "span",
        { class: "unit" },
        deviations.measure === "distance" ? "Mahalanobis distance" : measureWord(store),
      ),
    ),
    el(
      "p",
      {},
      el("span", { class: "swatch", style: `background:${gradeColour(screenTheme(store.view), grade)}` }),
      el("strong", {}, grade < 0 ? "Ungraded" : `Grade ${grade}`),
      place ? `, percentile ${fixed(deviations.percentile[head], 0)} ` : " ",
      place && el(
        "span",
        { class: "quiet" },
        `[${deviations.percentileInterval(head).map((end) => fixed(end, 0)).join(", ")}] among ${
          percentileGroup(store)
        }`,
      ),
    ),
    study.number("out_of_domain")[head] === 1 &&
    el(
      "p",
      { class: "warn" },
      "Out of domain: this head differs from the reference cohort, so its scores may be unreliable.",
    ),
    headPictures(store, head),
    gradeShares(store, head),
    deviationReasons(store, head),
    other(store, head),
    nearest(store, head),
    facts(store, head),
  ].filter((node) => node instanceof Node);
}

/** Button that saves the DICOM objects of the head's film. */
function filmObjects({ study }: Store, { head, dicom }: { head: number; dicom: DicomJob }): HTMLElement {
  const film = study.text("film")[head];
  return el(
    "div",
    { class: "spaced" },
    dicomButton(dicom, "Save this film's outlines and report (DICOM)", () => dicom.start([film], film)),
  );
}

/** Grade probabilities of the ordinal model, cross-validated. */
function gradeShares({ study, view }: Store, head: number): HTMLElement | null {
  const shares = [0, 1, 2, 3, 4].map((grade) => study.number(`share_${grade}`)[head]);
  if (!shares.every(Number.isFinite)) return null;
  const colours = screenTheme(view).grades;
  return el(
    "div",
    {},
    el("h3", {}, "Grades it resembles"),
    el(
      "ul",
      { class: "bars" },
      shares.map((share, grade) =>
        el(
          "li",
          {},
          el("span", {}, `grade ${grade}`),
          shareBar(share, colours[grade]),
          el("span", { class: "number" }, `${fixed(100 * share, 0)} %`),
        )
      ),
    ),
  );
}

function other(store: Store, head: number): HTMLElement | null {
  const hip = otherHip(store, head);
  if (hip < 0) return null;
  const { study, deviations } = store;
  const worry = study.grade[head] === 0 && study.grade[hip] > 0
    ? " This patient's other hip is diseased."
    : "";
  return el(
    "div",
    {},
    el("h3", {}, "The other hip"),
    el(
      "button",
      {
        type: "button",
        class: "row",
        onclick: () => store.setFocus(hip),
      },
      unseen(describeHead(store, hip)),
      thumb(store, hip),
      el(
        "span",
        {},
        `${gradeWords(study.grade[hip])}, ${measureWord(store)} ${fixed(deviations.value[hip])}`,
        el("br"),
        el("span", { class: "quiet" }, `percentile ${fixed(deviations.percentile[hip], 0)}`),
      ),
    ),
    worry && el("p", { class: "note" }, worry),
  );
}

function nearest(store: Store, head: number): HTMLElement {
  const { study } = store;
  return el(
    "div",
    {},
    el("h3", {}, "Nearest in the latent space"),
    el(
      "p",
      { class: "quiet small" },
      `The six nearest of the other ${
        count(study.n - 1)
      } heads, by Mahalanobis distance between latent vectors.`,
    ),
    el(
      "div",
      { class: "thumbs" },
      neighboursOf(store, head).map(({ head: near, distance }) =>
        el(
          "button",
          {
            type: "button",
            class: "tile",
            onclick: () => store.setFocus(near),
          },
          unseen(`${describeHead(store, near)}, ${fixed(distance)} away`),
          thumb(store, near, 76),
          el("span", {}, `${gradeWords(study.grade[near])}, ${fixed(distance, 1)}`),
        )
      ),
    ),
  );
}

function facts({ study, view }: Store, head: number): HTMLElement {
  const number = (name: string) => study.number(name)[head];
  const text = (name: string) => study.text(name)[head];
  const radius = Number.isFinite(number("head_radius_mm"))
    ? `${fixed(number("head_radius_mm"), 1)} mm`
    : `${fixed(number("radius_px"), 0)} px`;
  const rows: [string, string][] = [
    ["patient", shortId(text("patient"))],
    ["side", text("side") || "unknown"],
    ["split", text("split") || "\u2013"],
    ["age", fixed(number("age"), 0)],
    ["sex", text("sex") || "\u2013"],
    ["site", text("site") || "\u2013"],
    ["head radius", radius],
    ["residual", fixed(number("residual"))],
    ["combined score", fixed(number("combined"))],
    ["chi-square tail", printP(number("p_chi_square"), view.pStyle)],
    ["map trustworthiness", fixed(trustOf({ study, view })[head])],
    ["outline confidence", fixed(number("confidence"))],
    ["quality codes", text("quality") || "none"],
  ];
  return el("dl", { class: "facts" }, rows.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
}
