import { el } from "../ui/dom.ts";
import { residualColour } from "./residual_picture.ts";

/** Legend of the residual colour scale, with both ends labelled. */
export function residualScale(): HTMLElement {
  const stops = Array.from(
    { length: 11 },
    (_, k) => `rgb(${residualColour(25.5 * k).map(Math.round).join(" ")})`,
  );
  return el(
    "p",
    { class: "scale" },
    el("span", {}, "darker than expected, z \u22125"),
    el("span", { class: "ramp", style: `background:linear-gradient(90deg,${stops.join(",")})` }),
    el("span", {}, "+5 brighter"),
  );
}
