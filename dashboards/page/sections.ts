import { classroomView } from "./patients/classroom_view.ts";
import { detectionSection } from "./grades/detection_section.ts";
import { discordanceView } from "./patients/discordance_view.ts";
import { distancesSection } from "./distance/distances_section.ts";
import { dropView } from "./live/drop_view.ts";
import { hipsSection } from "./patients/hips_section.ts";
import type { FilmScorer } from "./live/film_scorer.ts";
import { methodsView } from "./reference/methods_view.ts";
import { pairsSection } from "./grades/pairs_section.ts";
import { sameHipSection } from "./patients/same_hip_section.ts";
import { progressionSection } from "./patients/progression_section.ts";
import { section } from "./ui/section.ts";
import { spaceSection } from "./map/space_section.ts";
import type { Store } from "./state/store.ts";
import { tableView } from "./reference/table_view.ts";

/** Every section of the page, in reading order. */
export function sections(store: Store, scorer: FilmScorer | null): HTMLElement[] {
  const all = [
    spaceSection(store),
    distancesSection(store),
    pairsSection(store),
    detectionSection(store),
    sameHipSection(store),
    progressionSection(store),
    hipsSection(store),
    section(
      "discordance",
      "Where grade and distance disagree",
      "Heads whose distance or predicted grade disagrees with their grade, the largest disagreement first, each next to a typical head of that grade. You can assign new grades and save them as CSV.",
      discordanceView(store),
    ),
    section(
      "classroom",
      "Classroom",
      "Grade ten heads blind, then see the reference grade and the distance.",
      classroomView(store),
    ),
    section(
      "score",
      "Score a radiograph",
      "Both hips are found, outlined, scored against the reference that each result names, and placed on the map. Existing points of the map do not move.",
      dropView(store, scorer),
    ),
    section(
      "table",
      "Every head",
      "The table follows the selection. Rows are shown if they contain every word of the filter and meet every condition, such as distance>10 or age<=60.",
      tableView(store),
    ),
    section("methods", "Methods and provenance", "", methodsView(store)),
  ];
  return all.filter((each) => each !== null);
}
