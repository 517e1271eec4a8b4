/** A position on the map in CSS pixels. */
export type Place = readonly [x: number, y: number];

/** Callbacks for pointer actions on the map. */
export interface MapGestures {
  /** The current tool. */
  tool(): "brush" | "lasso" | "pan";
  /** Called with the vertices while a brush or lasso is being drawn. */
  outline(corners: readonly Place[]): void;
  /** Called when the pointer is released after moving less than 4 px. */
  click(place: Place, event: PointerEvent): void;
  /** Called when the pointer moves without a pressed button; null when the pointer leaves the map. */
  hover(place: Place | null): void;
  panBy(dx: number, dy: number): void;
  zoomAt(place: Place, factor: number): void;
}

/**
 * Handles pointer and wheel events. The wheel zooms only with Ctrl or Command pressed, so that the page can still be
 * scrolled.
 */
export function listenToGestures(surface: HTMLElement, gestures: MapGestures): void {
  let from: Place | null = null;
  let trail: Place[] = [];
  let moved = false;
  const place = (event: MouseEvent): Place => {
    const box = surface.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  surface.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    surface.setPointerCapture(event.pointerId);
    from = place(event);
    trail = [from];
    moved = false;
  });
  surface.addEventListener("pointermove", (event) => {
    const at = place(event);
    if (!from) return gestures.hover(at);
    if (!moved && Math.hypot(at[0] - from[0], at[1] - from[1]) < 4) return;
    moved = true;
    const tool = gestures.tool();
    const last = trail[trail.length - 1];
    if (tool === "pan") gestures.panBy(at[0] - last[0], at[1] - last[1]);
    trail.push(at);
    if (tool === "brush") gestures.outline(rectangle(from, at));
    if (tool === "lasso") gestures.outline(trail);
  });
  const end = (event: PointerEvent) => {
    if (from && !moved && event.type === "pointerup") gestures.click(from, event);
    from = null;
  };
  surface.addEventListener("pointerup", end);
  surface.addEventListener("pointercancel", end);
  surface.addEventListener("pointerleave", () => gestures.hover(null));
  surface.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    gestures.zoomAt(place(event), Math.exp(-event.deltaY * 0.003));
  }, { passive: false });
}

function rectangle([x0, y0]: Place, [x1, y1]: Place): Place[] {
  return [[x0, y0], [x1, y0], [x1, y1], [x0, y1]];
}

/** Whether a point is inside a polygon (even-odd rule, Shimrat 1962). */
export function inside(corners: readonly Place[], x: number, y: number): boolean {
  let within = false;
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
    const [xi, yi] = corners[i];
    const [xj, yj] = corners[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) within = !within;
  }
  return within;
}

/** Flags the allowed points inside a polygon. // [n] */
export function flagInside(
  corners: readonly Place[],
  { xs, ys, allowed }: { xs: Float32Array; ys: Float32Array; allowed: Uint8Array },
): Uint8Array {
  const flags = new Uint8Array(xs.length); // [n]
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of corners) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const box = corners.length === 4 && corners[0][1] === corners[1][1] && corners[1][0] === corners[2][0];
  const within = box ? () => true : insideOf(corners, { top, bottom });
  for (let i = 0; i < xs.length; i++) {
    if (!allowed[i] || !(xs[i] >= left && xs[i] <= right && ys[i] >= top && ys[i] <= bottom)) continue;
    flags[i] = within(xs[i], ys[i]) ? 1 : 0;
  }
  return flags;
}

/**
 * As {@linkcode inside} for many points: each point is tested only against the edges that cross its own row of pixels.
 */
function insideOf(
  corners: readonly Place[],
  { top, bottom }: { top: number; bottom: number },
): (x: number, y: number) => boolean {
  const first = Math.floor(top);
  const rows = Array.from({ length: Math.floor(bottom) - first + 1 }, (): number[] => []);
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
    const [low, high] = [corners[i][1], corners[j][1]].sort((a, b) => a - b);
    for (let row = Math.floor(low); row <= high; row++) rows[row - first].push(i);
  }
  return (x, y) => {
    let within = false;
    for (const i of rows[Math.floor(y) - first]) {
      const [xi, yi] = corners[i];
      const [xj, yj] = corners[i === 0 ? corners.length - 1 : i - 1];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) within = !within;
    }
    return within;
  };
}

/** The allowed point nearest to a position, or -1 if none is nearer than `withinPx`. */
export function nearestPoint(
  [x, y]: Place,
  { xs, ys, allowed, withinPx }: {
    xs: Float32Array;
    ys: Float32Array;
    allowed: Uint8Array;
    withinPx: number;
  },
): number {
  let best = -1;
  let least = withinPx ** 2;
  for (let i = 0; i < xs.length; i++) {
    const far = (xs[i] - x) ** 2 + (ys[i] - y) ** 2;
    if (far < least && allowed[i]) [best, least] = [i, far];
  }
  return best;
}

/**
 * The next point in the direction of an arrow key: of those within 63 degrees, the one with the smallest sum of the
 * distance along the axis and twice the offset from it; -1 if there is none. Without `leastPx`, points at the same
 * position come first.
 */
export function nextInDirection(
  from: number,
  { xs, ys, allowed, key, leastPx = 0 }: {
    xs: Float32Array;
    ys: Float32Array;
    allowed: Uint8Array;
    key: string;
    /** Minimum distance along the axis; nearer heads are skipped. @default {0} */
    leastPx?: number;
  },
): number {
  const [ax, ay] = key === "ArrowLeft"
    ? [-1, 0]
    : key === "ArrowRight"
    ? [1, 0]
    : key === "ArrowUp"
    ? [0, -1]
    : [0, 1];
  let best = -1;
  let least = Infinity;
  for (let i = 0; i < xs.length; i++) {
    if (i === from || !allowed[i]) continue;
    const dx = xs[i] - xs[from];
    const dy = ys[i] - ys[from];
    const along = dx * ax + dy * ay;
    const off = Math.abs(dx * ay - dy * ax);
    // Step through heads at the same position by index; otherwise only the first could be reached.
    const behind = dx === 0 && dy === 0 && (ax + ay > 0) === (i > from);
    if (leastPx ? along < leastPx || off > 2 * along : !behind && (along <= 0 || off > 2 * along)) continue;
    const cost = behind ? Math.abs(i - from) / xs.length - 1 : along + 2 * off;
    if (cost < least) [best, least] = [i, cost];
  }
  return best;
}
