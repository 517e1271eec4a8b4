import { escapeHtml } from "./render/html_table.ts";

/** Interactive output of a notebook cell: HTML with its own script, without server or network. */
export interface Interactive {
  /** Type tag, the same for every object of this type. */
  readonly kind: "interactive";
  /** HTML of the output, with script and data. */
  readonly html: string;
  /** Description, for viewers that show only text. */
  readonly text: string;
}

/** One position of a slider. */
export interface SliderStep {
  /** Text next to the slider, such as "threshold 9.5". */
  readonly label: string;
  /** Image (PNG, GIF or JPEG bytes), text, or named numbers, which are drawn as bars. */
  readonly content: Uint8Array | string | Readonly<Record<string, string | number>>;
  /** Alternative text of the image. @default the label */
  readonly alt?: string;
}

/**
 * The element's name: made from its content, so that two notebooks open in one JupyterLab do not drive each other's and the same
 * cell gives the same output.
 */
function idOf(kind: string, ...content: unknown[]): string {
  let hash = 0x811c9dc5; // FNV-1a, 32 bits
  for (const unit of JSON.stringify(content)) hash = Math.imul(hash ^ unit.codePointAt(0)!, 0x01000193) >>> 0;
  return `caput-${kind}-${hash.toString(36)}`;
}

/**
 * A slider over prepared positions, each an image, a sentence or named numbers with bars. It runs wherever a notebook's HTML runs
 * (JupyterLab, VS Code, an exported page), because the output contains everything.
 *
 * @throws {RangeError} if there are fewer than two positions.
 */
export function slider(
  steps: readonly SliderStep[],
  { label, start = 0 }: { label: string; start?: number },
): Interactive {
  if (steps.length < 2) {
    throw new RangeError(`Cannot make a slider: at least 2 steps are needed, got ${steps.length}`);
  }
  const id = idOf("slider", label, steps.map(({ label }) => label));
  const shown = Math.max(0, Math.min(steps.length - 1, Math.round(start)));
  const panels = inScript(steps.map(({ content, label, alt = label }) => panel(content, alt)));
  const names = inScript(steps.map(({ label }) => label));
  return {
    kind: "interactive",
    text: `${label}: a slider of ${steps.length} steps, ${steps[0].label} to ${steps.at(-1)!.label}`,
    // All other places are in the script: where a notebook is not trusted and scripts are taken out, one place is left, not all of them.
    html:
      `<div id="${id}" ${OWN_KEYS} style="max-width:640px"><label>${escapeHtml(label)}: <output>${
        escapeHtml(steps[shown].label)
      }</output></label><div data-step="${shown}">${
        panel(steps[shown].content, steps[shown].alt ?? steps[shown].label)
      }</div>` +
      `<p data-asleep>${ASLEEP}</p></div>` +
      `<script>(()=>{const root=document.querySelector("#${id}:has([data-asleep])"),names=${names},panels=${panels},` +
      `show=root.querySelector("[data-step]"),range=document.createElement("input");root.querySelector("[data-asleep]").remove();` +
      `Object.assign(range,{type:"range",min:0,max:${
        steps.length - 1
      },value:${shown}});range.style.width="100%";` +
      `root.querySelector("label").append(document.createElement("br"),range);range.oninput=()=>{const k=+range.value;` +
      `root.querySelector("output").textContent=names[k];show.dataset.step=k;show.innerHTML=panels[k]}})()</script>`,
  };
}

/** JupyterLab takes the arrow keys for itself unless an element asks for them. */
const OWN_KEYS = "data-lm-suppress-shortcuts";

/** What stands where a notebook lets no script run; the script takes it away. */
const ASLEEP =
  "<em>To move it, run this cell, or trust the notebook (in JupyterLab: View, Activate Command Palette, Trust Notebook).</em>";

/** JSON that may stand inside a script element. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

function panel(content: SliderStep["content"], alt: string): string {
  if (typeof content === "string") return `<p>${escapeHtml(content)}</p>`;
  if (content instanceof Uint8Array) {
    const type = content[0] === 0x47 ? "image/gif" : content[0] === 0xff ? "image/jpeg" : "image/png";
    return `<img src="data:${type};base64,${content.toBase64()}" alt="${
      escapeHtml(alt)
    }" style="max-width:100%;image-rendering:auto">`;
  }
  const most = Math.max(1e-12, ...Object.values(content).filter((v) => typeof v === "number") as number[]);
  const rows = Object.entries(content).map(([name, value]) => {
    const bar = typeof value === "number"
      ? `<div style="background:#1f5fa8;height:10px;width:${
        (100 * Math.max(0, value) / most).toFixed(1)
      }%"></div>`
      : "";
    const text = typeof value === "number" ? String(Math.round(1000 * value) / 1000) : value;
    return `<tr><th scope="row" style="text-align:left">${
      escapeHtml(name)
    }</th><td style="text-align:right">${escapeHtml(text)}</td><td style="width:60%">${bar}</td></tr>`;
  });
  return `<table style="width:100%">${rows.join("")}</table>`;
}

/** One point of the scatter plot of {@linkcode brush}. */
export interface BrushPoint {
  /** Horizontal coordinate. */
  readonly x: number;
  /** Vertical coordinate. */
  readonly y: number;
  /** Grade, 0 to 4; sets the colour. */
  readonly grade: number;
  /** Value whose median is shown, such as the distance. */
  readonly value: number;
}

const COLOURS = ["#7f95ab", "#c8811a", "#c0491f", "#8f1d48", "#3c0c46"];
const SIDE_PX = 460;

/**
 * A scatter plot with a selection: dragging over it counts the selected points by grade and shows their median value. The output contains everything
 * that it needs.
 */
export function brush(
  points: readonly BrushPoint[],
  { label, value }: { label: string; value: string },
): Interactive {
  const id = idOf("brush", label, points);
  const extent = (
    of: (p: BrushPoint) => number,
  ) => [Math.min(...points.map(of)), Math.max(...points.map(of))];
  const [x0, x1] = extent((p) => p.x), [y0, y1] = extent((p) => p.y);
  const unit = Math.max(x1 - x0, y1 - y0) || 1;
  const px = (v: number, low: number) => 12 + ((v - low) / unit) * (SIDE_PX - 24);
  const data = points.map(({ x, y, grade, value }) => [
    Math.round(10 * px(x, x0)) / 10,
    Math.round(10 * (SIDE_PX - px(y, y0))) / 10,
    grade,
    Math.round(1000 * value) / 1000,
  ]);
  const dots = data.map(([x, y, grade]) =>
    `<circle cx="${x}" cy="${y}" r="2.6" fill="${COLOURS[grade] ?? "#888"}"/>`
  );
  return {
    kind: "interactive",
    text: `${label}: a map of ${points.length} points to brush`,
    html:
      `<div id="${id}" ${OWN_KEYS} style="max-width:640px"><p>${
        escapeHtml(label)
      }. Drag over the map, or focus it and use the arrow keys.</p><svg width="${SIDE_PX}" height="${SIDE_PX}" tabindex="0" role="img" aria-label="${
        escapeHtml(label)
      }" style="touch-action:none;border:1px solid #ccc;cursor:crosshair">${
        dots.join("")
      }<rect fill="#1f5fa8" fill-opacity=".12" stroke="#1f5fa8" width="0" height="0"/></svg><p aria-live="polite"></p><p data-asleep>${ASLEEP}</p></div>` +
      `<script>(()=>{const root=document.querySelector("#${id}:has([data-asleep])"),svg=root.querySelector("svg"),box=svg.querySelector("rect"),` +
      `words=root.querySelector("[aria-live]"),data=${
        JSON.stringify(data)
      };root.querySelector("[data-asleep]").remove();let from=null;const at=(e)=>{const b=svg.getBoundingClientRect();` +
      `return[e.clientX-b.left,e.clientY-b.top]};const tell=(x,y,w,h)=>{const inside=data.filter((p)=>p[0]>=x&&p[0]<=x+w&&p[1]>=y&&p[1]<=y+h);` +
      `const v=inside.map((p)=>p[3]).sort((a,b)=>a-b),n={};inside.forEach((p)=>n[p[2]]=(n[p[2]]||0)+1);words.textContent=inside.length+` +
      `" heads: "+Object.keys(n).sort().map((g)=>n[g]+" of grade "+g).join(", ")+(v.length?"; median ${
        escapeHtml(value)
      } "+v[v.length>>1].toFixed(2):"")};` +
      `let key=[40,40];const draw=(x,y,w,h)=>{for(const[k,v]of Object.entries({x,y,width:w,height:h}))box.setAttribute(k,v);tell(x,y,w,h)};` +
      `svg.onkeydown=(e)=>{const d={ArrowLeft:[-20,0],ArrowRight:[20,0],ArrowUp:[0,-20],ArrowDown:[0,20]}[e.key];if(!d)return;e.preventDefault();` +
      `key=[key[0]+d[0],key[1]+d[1]];draw(key[0],key[1],120,120)};svg.onpointerdown=(e)=>{from=at(e);svg.setPointerCapture(e.pointerId)};svg.onpointerup=()=>from=null;svg.onpointermove=(e)=>{if(!from)return;` +
      `const to=at(e),x=Math.min(from[0],to[0]),y=Math.min(from[1],to[1]),w=Math.abs(from[0]-to[0]),h=Math.abs(from[1]-to[1]);` +
      `draw(x,y,w,h)}})()</script>`,
  };
}
