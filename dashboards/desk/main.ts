/** The desk: the local page on which readers correct the outlines of heads (`caput desk`). */
import type { DeskHead, DeskView, QueuedFilm } from "../../src/mod.ts";
import type { BoxedMask } from "../../src/masks/boxed_mask.ts";
import { decodeRuns, encodeRuns } from "../../src/masks/mask_runs.ts";
import type { Corner } from "../../src/masks/polygon_mask.ts";
import { deskClient } from "./desk_client.ts";
import { learnDialog } from "./learn_dialog.ts";
import {
  drawFilm,
  filmLevels,
  greyTable,
  type Level,
  type Place,
  wholeWindow,
  type Window,
} from "./film_levels.ts";
import {
  circleOf,
  type DeskCircle,
  dragHandle,
  fillOutline,
  followCircle,
  HANDLES,
  maskPolygon,
  paint,
  rayEnds,
  RAYS,
  raysOf,
} from "./shape_head.ts";

const TOOLS = [
  ["pan", "Pan", "1"],
  ["window", "Window", "2"],
  ["circle", "Circle", "3"],
  ["handles", "Handles", "4"],
  ["brush", "Brush", "5"],
  ["erase", "Eraser", "6"],
  ["add", "Add head", "7"],
] as const;
type Tool = typeof TOOLS[number][0];

const SELECTED = "#ffb000", OTHER = "#56b4e9";
/** Distance in CSS pixels within which an outline or a handle can be grabbed. */
const CATCH = 14;

/** A drag in progress. */
interface Drag {
  readonly tool: Tool | "resize";
  readonly start: Corner; // screen coordinates
  readonly place: Place;
  readonly window: Window;
  readonly circle: DeskCircle | null;
  readonly handle: number;
  last: Corner; // film coordinates
  outline: Corner[] | null;
  mask: BoxedMask | null;
  moved: boolean;
}

const client = deskClient(), root = document.getElementById("desk")!;
function make<K extends keyof HTMLElementTagNameMap>(name: K, set: object = {}): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(name) as object, set) as HTMLElementTagNameMap[K];
}
const tools = make("div", { className: "tools" }), queuePane = make("nav", { className: "queue" });
const filmPane = make("main", { className: "film" }), headPane = make("aside", { className: "heads" });
const status = make("div", { className: "status" }), canvas = make("canvas", { tabIndex: 0 });
const context = canvas.getContext("2d")!;
const learn = learnDialog(client);

let tool: Tool = "circle", view: DeskView | null = null, index = -1, queue: QueuedFilm[] = [];
let levels: Level[] = [], place: Place = { scale: 1, x: 0, y: 0 };
let grey: Window = { low: 0, high: 65535, inverted: false }, table = greyTable(grey);
let selected: string | null = null,
  drag: Drag | null = null,
  brush = 12,
  pending: Promise<unknown> = Promise.resolve();
let scores = new Map<string, string>(), drawn = false, screen = new ImageData(1, 1);
const shapes = new Map<DeskHead["outline"], { mask: BoxedMask; outline: Corner[]; circle: DeskCircle }>();

/** Outline, pixels and circle of a head; computed once. */
function shapeOf(head: DeskHead) {
  let shape = shapes.get(head.outline);
  if (!shape) {
    const mask = decodeRuns(head.outline);
    shapes.set(head.outline, shape = { mask, outline: maskPolygon(mask), circle: circleOf(mask) });
  }
  return shape;
}

const say = (text: string) => status.textContent = text;
const chosen = () => view?.heads.find(({ head }) => head === selected) ?? null;
const toFilm = ([x, y]: Corner): Corner => [(x - place.x) / place.scale, (y - place.y) / place.scale];

// Drawing.

function redraw(): void {
  if (drawn) return;
  drawn = true;
  requestAnimationFrame(() => {
    drawn = false;
    draw();
  });
}

function draw(): void {
  const ratio = devicePixelRatio || 1;
  const width = Math.max(1, Math.round(filmPane.clientWidth * ratio));
  const height = Math.max(1, Math.round(filmPane.clientHeight * ratio));
  if (
    canvas.width !== width || canvas.height !== height || screen.width !== width || screen.height !== height
  ) {
    [canvas.width, canvas.height, screen] = [width, height, new ImageData(width, height)];
  }
  if (!view || levels.length === 0) return;
  const onDevice = { scale: place.scale * ratio, x: place.x * ratio, y: place.y * ratio };
  const pixels = new Uint32Array(screen.data.buffer);
  drawFilm({ widthPx: width, heightPx: height, pixels }, { levels, place: onDevice, table });
  context.putImageData(screen, 0, 0);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  for (const head of view.heads) drawHead(head);
  context.setTransform(1, 0, 0, 1, 0, 0);
  canvas.dataset.place = JSON.stringify(place);
  canvas.dataset.frames = String(Number(canvas.dataset.frames ?? 0) + 1);
}

function drawHead(head: DeskHead): void {
  const isChosen = head.head === selected, shape = shapeOf(head);
  const outline = isChosen && drag?.mask
    ? maskPolygon(drag.mask)
    : isChosen && drag?.outline || shape.outline;
  const path = new Path2D();
  outline.forEach(([x, y], i) => {
    const at = [x * place.scale + place.x, y * place.scale + place.y] as const;
    if (i === 0) path.moveTo(...at);
    else path.lineTo(...at);
  });
  path.closePath();
  context.setLineDash(head.notHead ? [2, 6] : head.implant ? [10, 5] : []);
  stroke(path, isChosen ? SELECTED : OTHER);
  context.setLineDash([]);
  if (!isChosen || drag) return;
  if (tool === "circle") {
    const ring = new Path2D(), { x, y, radius } = shape.circle;
    ring.arc(x * place.scale + place.x, y * place.scale + place.y, radius * place.scale, 0, 2 * Math.PI);
    context.setLineDash([4, 4]);
    stroke(ring, SELECTED);
    context.setLineDash([]);
  }
  if (tool === "handles") {
    for (const [x, y] of handlesOf(head)) {
      const dot = new Path2D();
      dot.arc(x * place.scale + place.x, y * place.scale + place.y, 5, 0, 2 * Math.PI);
      stroke(dot, SELECTED);
    }
  }
}

function stroke(path: Path2D, colour: string): void {
  [context.lineWidth, context.strokeStyle] = [4, "#000a"];
  context.stroke(path);
  [context.lineWidth, context.strokeStyle] = [2, colour];
  context.stroke(path);
}

function handlesOf(head: DeskHead): Corner[] {
  const { mask, circle } = shapeOf(head), ends = rayEnds(raysOf(mask, circle), circle);
  return ends.filter((_, k) => k % (RAYS / HANDLES) === 0);
}

// Actions. Each one is saved to disk before the server answers.

function send(work: () => Promise<DeskView>, words: string): Promise<void> {
  const at = index;
  say("Saving");
  const done = pending.then(async () => {
    try {
      const next = await work();
      if (at !== index) return;
      show(next);
      say(`${words}. Saved.`);
      await follow(at);
    } catch (error) {
      say(`Not saved: ${(error as Error).message}`);
      if (at === index) show(await client.film(at));
    }
  }).catch((error) => void say(`The server does not answer (${error.message}); start it again`));
  pending = done;
  return done;
}

const act = (what: object, words: string) => send(() => client.act(index, what), words);

function outlineHead(head: DeskHead, mask: BoxedMask, by: "circle" | "handles" | "brush"): void {
  const outline = encodeRuns(mask);
  view = {
    ...view!,
    heads: view!.heads.map((each) => each.head === head.head ? { ...each, outline } : each),
  };
  redraw();
  act({ act: "outline", head: head.head, outline, tool: by }, `Outline of the ${head.side} head changed`);
}

/** Fetches the scores of the film that was opened or changed, unless another film was opened in the meantime. */
async function follow(at: number): Promise<void> {
  const list = await client.score(at);
  if (at !== index) return;
  scores = new Map(list.map(({ head, distance, percentile, reference }) => [
    head,
    `distance ${distance.toFixed(2)}, percentile ${percentile.toFixed(1)} among ${reference}`,
  ]));
  showHeads();
}

function show(next: DeskView): void {
  view = next;
  const known = next.heads.map(({ head }) => head);
  if (!selected || !known.includes(selected)) selected = known[0] ?? null;
  for (const outline of shapes.keys()) {
    if (!next.heads.some((head) => head.outline === outline)) shapes.delete(outline);
  }
  showHeads();
  showTools();
  redraw();
}

async function openFilm(next: number): Promise<void> {
  index = next;
  [view, levels, selected, scores] = [null, [], null, new Map()];
  delete canvas.dataset.place; // until the film is drawn
  say("Opening the film");
  try {
    const opened = await client.film(next), pixels = await client.pixels(next);
    if (index !== next) return;
    levels = filmLevels({ widthPx: opened.widthPx, heightPx: opened.heightPx, pixels });
    setWindow(wholeWindow(levels));
    fit(opened);
    show(opened);
    say(`${opened.name}: ${opened.heads.length} heads. ${opened.quality.join(", ")}`);
    await follow(next);
  } catch (error) {
    say((error as Error).message);
  }
  await refreshQueue();
}

function fit({ widthPx, heightPx }: { widthPx: number; heightPx: number }): void {
  const [width, height] = [filmPane.clientWidth, filmPane.clientHeight];
  const scale = Math.min(width / widthPx, height / heightPx);
  place = { scale, x: (width - scale * widthPx) / 2, y: (height - scale * heightPx) / 2 };
}

function setWindow(next: Window): void {
  [grey, table] = [next, greyTable(next)];
  redraw();
}

function zoom(by: number, [x, y]: Corner = [filmPane.clientWidth / 2, filmPane.clientHeight / 2]): void {
  const scale = Math.min(40, Math.max(0.02, place.scale * by)), factor = scale / place.scale;
  place = { scale, x: x - factor * (x - place.x), y: y - factor * (y - place.y) };
  redraw();
}

async function step(by: number): Promise<void> {
  const at = queue.findIndex((film) => film.index === index), next = queue[at + by];
  if (next) await openFilm(next.index);
  else say(by > 0 ? "This is the last film in the queue." : "This is the first film in the queue.");
}

async function done(): Promise<void> {
  const at = queue.findIndex((film) => film.index === index), next = queue[at + 1] ?? queue[0];
  await act({ act: "done", value: true }, "Film checked");
  if (next && next.index !== index) await openFilm(next.index);
  else await refreshQueue();
}

// Panes.

function button(text: string, press: () => unknown, set: Partial<HTMLButtonElement> = {}): HTMLButtonElement {
  return make("button", { type: "button", textContent: text, onclick: () => void press(), ...set });
}

function showTools(): void {
  const focus = (document.activeElement as HTMLElement | null)?.textContent;
  tools.replaceChildren(
    ...TOOLS.map(([name, label, key]) => {
      const each = button(label, () => choose(name), { title: `${label} (${key})` });
      each.setAttribute("aria-pressed", String(name === tool));
      return each;
    }),
    button("Undo", () => act({ act: "undo" }, "Undone"), { disabled: !view?.canUndo, title: "Undo (z)" }),
    button("Redo", () => act({ act: "redo" }, "Redone"), { disabled: !view?.canRedo, title: "Redo (y)" }),
    button("Invert", () => setWindow({ ...grey, inverted: !grey.inverted }), { title: "Invert (i)" }),
    button("Whole film", () => (view && fit(view), redraw()), { title: "Whole film (0)" }),
    button("Previous", () => step(-1), { title: "Previous film (p)" }),
    button("Next", () => step(1), { title: "Next film (n)" }),
    button("Checked, next", done, { title: "All heads are correct: next film (Enter)" }),
    button("Agreement", showAgreement),
    button("Learn", learn.open, { title: "Train the network on the checked films" }),
  );
  [...tools.querySelectorAll("button")].find((each) => focus && each.textContent === focus)?.focus();
}

function choose(next: Tool): void {
  tool = next;
  showTools();
  redraw();
  const label = TOOLS.find(([name]) => name === next)![1];
  say(next === "add" ? "Click the centre of the head." : `Tool: ${label}`);
}

function showHeads(): void {
  const list = make("ul");
  const focus = (document.activeElement as HTMLElement | null)?.dataset.key;
  for (const head of view?.heads ?? []) {
    const item = make("li"), { x, y, radius } = shapeOf(head).circle, name = head.head;
    if (name === selected) item.dataset.selected = "";
    item.dataset.circle = JSON.stringify([x, y, radius]);
    const pick = button(`${head.side} head, radius ${radius.toFixed(0)} px`, () => {
      selected = name;
      showHeads();
      redraw();
    });
    pick.setAttribute("aria-pressed", String(name === selected));
    const side = make("select");
    for (const each of ["right", "left", "unknown"]) {
      side.append(make("option", { value: each, textContent: each, selected: each === head.side }));
    }
    side.onchange = () =>
      void act({ act: "side", head: name, side: side.value }, `Side set to ${side.value}`);
    const box = (label: string, code: "implant" | "not-head", checked: boolean) => {
      const input = make("input", { type: "checkbox", checked });
      input.onchange = () => void act({ act: code, head: name, value: input.checked }, label);
      input.dataset.key = `${name} ${code}`;
      const around = make("label");
      around.append(input, ` ${label}`);
      return around;
    };
    const sideLabel = make("label", { textContent: "Side " });
    sideLabel.append(side);
    pick.dataset.key = `${name} pick`;
    side.dataset.key = `${name} side`;
    const remove = button("Delete", () => act({ act: "delete", head: name }, "Head deleted"));
    remove.setAttribute("aria-label", `Delete the ${head.side} head`);
    const sure = head.confidence === null ? "outlined by hand" : `confidence ${head.confidence.toFixed(2)}`;
    const score = make("p", { textContent: `${sure}; ${scores.get(name) ?? "no score"}` });
    item.append(
      ...[
        pick,
        sideLabel,
        box("Implant", "implant", head.implant),
        box("Not a head", "not-head", head.notHead),
      ],
      ...[score, remove],
    );
    list.append(item);
  }
  headPane.replaceChildren(make("h2", { textContent: "Heads" }), list);
  if (focus) headPane.querySelector<HTMLElement>(`[data-key="${focus}"]`)?.focus();
}

async function refreshQueue(): Promise<void> {
  queue = await client.queue().catch(() => queue);
  const list = make("ol"), checked = queue.filter((film) => film.done).length;
  for (const film of queue) {
    const item = make("li"), each = button(film.name, () => openFilm(film.index));
    if (film.index === index) each.setAttribute("aria-current", "true");
    const doubt = film.doubt === null ? "not outlined yet" : `uncertainty ${film.doubt.toFixed(2)} (0: none)`;
    each.append(make("small", { textContent: film.error ?? (film.done ? "checked" : doubt) }));
    item.append(each);
    list.append(item);
  }
  queuePane.replaceChildren(
    make("h1", { textContent: `Films: ${checked} of ${queue.length} checked` }),
    list,
  );
}

async function showAgreement(): Promise<void> {
  const pairs = await client.agreement();
  say(
    pairs.length === 0
      ? "No other reader has corrected these films yet."
      : pairs.map((pair) =>
        `${pair.readers.join(" and ")}: ${pair.films} films, ${pair.heads} heads, mean Dice ${
          pair.meanDice?.toFixed(3) ?? "none"
        }, radius differs by ${pair.radiusPercent?.mean.toFixed(1) ?? "-"} %`
      ).join("; "),
  );
}

// Pointer and keyboard.

const pointers = new Map<number, Corner>();
let pinch: { apart: number; middle: Corner } | null = null;
const screenAt = (event: PointerEvent | WheelEvent): Corner => {
  const { left, top } = canvas.getBoundingClientRect();
  return [event.clientX - left, event.clientY - top];
};

function startDrag(event: PointerEvent): void {
  const at = screenAt(event), film = toFilm(at), scaleCatch = CATCH / place.scale;
  let using: Drag["tool"] = event.button === 1 ? "pan" : event.button === 2 ? "window" : tool, handle = -1;
  if (using === "circle" || using === "handles") {
    const near = (head: DeskHead) => {
      const { x, y, radius } = shapeOf(head).circle;
      return Math.hypot(film[0] - x, film[1] - y) - radius;
    };
    const hit = chosen() && near(chosen()!) <= scaleCatch
      ? chosen()
      : view?.heads.find((head) => near(head) <= scaleCatch);
    if (!hit) using = "pan";
    else {
      selected = hit.head;
      showHeads();
      if (using === "circle" && near(hit) >= -Math.min(scaleCatch, 0.3 * shapeOf(hit).circle.radius)) {
        using = "resize";
      }
      if (using === "handles") {
        const away = handlesOf(hit).map(([x, y]) => Math.hypot(film[0] - x, film[1] - y));
        handle = away.indexOf(Math.min(...away));
        if (away[handle] > scaleCatch) using = "pan";
      }
    }
  }
  const head = chosen(),
    mask = using === "brush" || using === "erase" ? head ? shapeOf(head).mask : null : null;
  drag = {
    ...{ tool: using, start: at, place, window: grey, handle, last: film, outline: null, mask, moved: false },
    circle: head ? shapeOf(head).circle : null,
  };
  if (mask) moveDrag(event);
}

function moveDrag(event: PointerEvent): void {
  if (!drag || !view) return;
  const at = screenAt(event), film = toFilm(at), [dx, dy] = [at[0] - drag.start[0], at[1] - drag.start[1]];
  drag.moved ||= Math.hypot(dx, dy) > 2;
  const head = chosen();
  if (drag.tool === "pan") place = { ...drag.place, x: drag.place.x + dx, y: drag.place.y + dy };
  if (drag.tool === "window") {
    const span = drag.window.high - drag.window.low, width = span * Math.exp(dx / 200);
    const middle = (drag.window.low + drag.window.high) / 2 + span * dy / 300;
    setWindow({ ...drag.window, low: middle - width / 2, high: middle + width / 2 });
  }
  if (head && drag.circle && (drag.tool === "circle" || drag.tool === "resize")) {
    const [x, y] = toFilm(drag.start), circle = drag.circle;
    const to = drag.tool === "circle"
      ? { ...circle, x: circle.x + film[0] - x, y: circle.y + film[1] - y }
      : { ...circle, radius: Math.max(4, Math.hypot(film[0] - circle.x, film[1] - circle.y)) };
    drag.outline = followCircle(shapeOf(head).outline, circle, to);
  }
  if (head && drag.circle && drag.tool === "handles") {
    const length = Math.hypot(film[0] - drag.circle.x, film[1] - drag.circle.y);
    drag.outline = rayEnds(
      dragHandle(raysOf(shapeOf(head).mask, drag.circle), drag.handle, length),
      drag.circle,
    );
  }
  if (head && (drag.tool === "brush" || drag.tool === "erase")) {
    const stroke = {
      from: drag.last,
      to: film,
      radius: brush / place.scale,
      erase: drag.tool === "erase",
      film: view,
    };
    drag.mask = paint(drag.mask, stroke);
    drag.moved = true;
    drag.last = film;
  }
  redraw();
}

function endDrag(event: PointerEvent): void {
  const ended = drag, head = chosen();
  drag = null;
  if (!ended || !view) return;
  if (ended.tool === "add" && !ended.moved) {
    const [x, y] = toFilm(screenAt(event));
    const known = new Set(view.heads.map((each) => each.head));
    say("Outlining");
    void send(async () => {
      const next = await client.click(index, [x - 0.5, y - 0.5]);
      selected = next.heads.find((each) => !known.has(each.head))?.head ?? selected;
      return next;
    }, "Head added");
  } else if (head && ended.moved) {
    const by = ended.tool === "resize" ? "circle" : ended.tool === "erase" ? "brush" : ended.tool;
    if (ended.outline && (by === "circle" || by === "handles")) {
      outlineHead(head, fillOutline(ended.outline, view, shapeOf(head).mask), by);
    } else if (ended.mask && by === "brush") outlineHead(head, ended.mask, by);
  }
  redraw();
}

canvas.onpointerdown = (event) => {
  if (!view) return;
  canvas.setPointerCapture(event.pointerId);
  pointers.set(event.pointerId, screenAt(event));
  if (pointers.size === 1) startDrag(event);
  else {
    drag = null; // two fingers zoom
    pinch = fingers();
  }
};
canvas.onpointermove = (event) => {
  if (!pointers.has(event.pointerId)) return;
  pointers.set(event.pointerId, screenAt(event));
  if (!pinch) return moveDrag(event);
  const now = fingers();
  if (!now) return;
  place = {
    ...place,
    x: place.x + now.middle[0] - pinch.middle[0],
    y: place.y + now.middle[1] - pinch.middle[1],
  };
  zoom(now.apart / pinch.apart, now.middle);
  pinch = now;
};
canvas.onpointerup = (event) => {
  pointers.delete(event.pointerId);
  endDrag(event);
  if (pointers.size === 0) pinch = null;
};
canvas.onpointercancel = (event) => {
  pointers.delete(event.pointerId);
  [drag, pinch] = [null, null];
  redraw();
};
canvas.oncontextmenu = (event) => event.preventDefault();
canvas.addEventListener("wheel", (event) => {
  event.preventDefault();
  zoom(Math.exp(-event.deltaY / 400), screenAt(event));
}, { passive: false });

function fingers(): { apart: number; middle: Corner } | null {
  const [a, b] = [...pointers.values()];
  if (!b) return null;
  return {
    apart: Math.max(1, Math.hypot(a[0] - b[0], a[1] - b[1])),
    middle: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2],
  };
}

/** Moves and resizes the selected head's circle, and its outline with it, by film pixels; for the keyboard. */
function nudge(dx: number, dy: number, grow: number): void {
  const head = chosen();
  if (!head || !view) return;
  const { outline, circle, mask } = shapeOf(head);
  const to = { x: circle.x + dx, y: circle.y + dy, radius: Math.max(4, circle.radius + grow) };
  outlineHead(head, fillOutline(followCircle(outline, circle, to), view, mask), "circle");
}

const ARROWS: Record<string, Corner> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

addEventListener("keydown", (event) => {
  const field = event.target instanceof HTMLSelectElement || event.target instanceof HTMLInputElement;
  if (field || event.ctrlKey || event.metaKey || event.altKey) return;
  // Keys must not act on the film behind an open dialog. The dialog itself cannot stop them: with none of its buttons
  // enabled, the focus stays on the page.
  if (document.querySelector("dialog[open]")) return;
  const onButton = event.target instanceof HTMLButtonElement, head = chosen();
  const named = TOOLS.find(([, , key]) => key === event.key);
  const far = event.shiftKey ? 10 : 1, arrow = ARROWS[event.key];
  if (named) choose(named[0]);
  else if (arrow && event.target === canvas) nudge(arrow[0] * far, arrow[1] * far, 0);
  else if (event.key === "]" || event.key === "[") {
    if (tool === "brush" || tool === "erase") {
      say(`Brush ${brush = Math.max(2, brush + (event.key === "]" ? 2 : -2))} px`);
    } else nudge(0, 0, event.key === "]" ? 1 : -1);
  } else if (event.key === "n") void step(1);
  else if (event.key === "p") void step(-1);
  else if (event.key === "i") setWindow({ ...grey, inverted: !grey.inverted });
  else if (event.key === "z" && view?.canUndo) void act({ act: "undo" }, "Undone");
  else if (event.key === "y" && view?.canRedo) void act({ act: "redo" }, "Redone");
  else if (event.key === "+" || event.key === "-") zoom(event.key === "+" ? 1.25 : 0.8);
  else if (event.key === "0") (view && fit(view), redraw());
  else if (event.key === "Delete" && head) void act({ act: "delete", head: head.head }, "Head deleted");
  else if (event.key === "m" && head) {
    void act({ act: "implant", head: head.head, value: !head.implant }, "Implant");
  } else if (event.key === "x" && head) {
    void act({ act: "not-head", head: head.head, value: !head.notHead }, "Not a head");
  } else if (event.key === "Enter" && !onButton) void done();
  else return;
  event.preventDefault();
});

tools.setAttribute("role", "toolbar");
tools.setAttribute("aria-label", "Tools");
queuePane.setAttribute("aria-label", "Films, the least certain first");
headPane.setAttribute("aria-label", "Heads of this film");
status.setAttribute("role", "status");
canvas.setAttribute("role", "application");
canvas.setAttribute(
  "aria-label",
  "Film. Arrow keys move the chosen head by one pixel, with Shift by ten; [ and ] change its radius, or the size of the brush; + and - zoom.",
);
filmPane.append(canvas);
const top = make("header");
top.append(tools);
root.append(top, queuePane, filmPane, headPane, status, learn.dialog);
new ResizeObserver(redraw).observe(filmPane);
showTools();
await refreshQueue();
if (queue.length > 0) await openFilm(queue[0].index);
setInterval(() => queue.some((film) => film.doubt === null && !film.error) && void refreshQueue(), 3000);
