import { power } from "../../numerics/power.js";
import { chart } from "../../plots/chart.js";
import type { Mark } from "../../plots/marks.js";
import { panels } from "../../plots/panels.js";
import type { AxisSpec } from "../../plots/scale.js";
import type { Svg } from "../../plots/svg.js";
import { BOUNDED, DEPTH, LIMITS, SMALL, type Cell, type Limit } from "./figure-1-cells.js";

/** Measured cells on one pair of axes, row by row of alpha. */
export interface Plane {
  readonly kind: "linear" | "log";
  readonly etas: readonly number[];
  readonly alphas: readonly number[];
  readonly cells: readonly (Cell | null)[];
}

/** Ends of the axes. */
export const WINDOW = {
  linear: { eta: [0, 0.1], alpha: [0, 0.3] },
  log: { eta: [1e-4, 1], alpha: [1e-4, 100] },
} as const;

/** Colours end here: smaller errors are as good as none, larger ones as good as one. */
const COLORS = [1e-5, 1] as const;

const axes = (kind: Plane["kind"]): { x: AxisSpec; y: AxisSpec } => ({
  x: { label: "residual step η", scale: kind, domain: WINDOW[kind].eta },
  y: { label: "noise α = ησ²/H", scale: kind, domain: WINDOW[kind].alpha },
});

const EDGE = "#ffffff";
const GAP = "#b9b9b9";

/** Edges of the theoretical regions as lines, drawn dark under light so that they show on any ground. */
function edges(kind: Plane["kind"]): Mark[] {
  const [low, high] = kind === "log" ? WINDOW.log.eta : [1e-4, WINDOW.linear.eta[1]];
  const [floor, top] = WINDOW[kind].alpha;
  const [etaStatic, etaI, etaII] = [1, 2, 3].map((k) => power(SMALL / DEPTH, 1 / k));
  const still = SMALL / DEPTH;
  const bottom = kind === "log" ? floor : 1e-9;
  const curve = (product: number, to: number): [number[], number[]] => {
    const from = Math.max(low, product / top);
    const eta = Array.from({ length: 61 }, (_, i) => from * power(to / from, i / 60));
    return [eta, eta.map((v) => Math.max(bottom, product / v))];
  };
  const upright = (eta: number, alpha: number): [number[], number[]] => [
    [eta, eta],
    [bottom, alpha],
  ];
  const shapes = [
    curve(SMALL / DEPTH, Math.min(high, etaII)),
    curve(BOUNDED / DEPTH, Math.min(high, etaII)),
    upright(etaStatic, still / etaStatic),
    upright(etaI, still / etaI),
    upright(etaII, BOUNDED / DEPTH / etaII),
  ];
  return shapes.flatMap(([x, y]): Mark[] => [
    { kind: "line", x, y, color: "#222222", dash: "", width: 3.2, opacity: 0.55 },
    { kind: "line", x, y, color: EDGE, dash: "", width: 1.5 },
  ]);
}

const NAMES: Readonly<Record<Plane["kind"], readonly (readonly [Limit | "outside", number, number])[]>> = {
  log: [
    ["static", 2e-4, 4e-3],
    ["ODE I", 2.6e-3, 1e-3],
    ["ODE II", 0.037, 4e-4],
    ["SDE", 3e-3, 0.8],
    ["outside", 0.28, 1e-2],
  ],
  linear: [
    ["SDE", 0.04, 0.16],
    ["ODE I", 0.0125, 0.012],
    ["ODE II", 0.045, 0.011],
    ["outside", 0.0865, 0.16],
  ],
};

const names = (kind: Plane["kind"], size: number): Mark[] =>
  NAMES[kind].map(([text, x, y]) => ({ kind: "text", x, y, text, size }));

function heat(plane: Plane, value: (cell: Cell) => number, label?: string): Mark {
  return {
    kind: "heat",
    x: plane.etas,
    y: plane.alphas,
    values: plane.cells.map((cell) => (cell ? Math.max(COLORS[0], value(cell)) : NaN)),
    log: true,
    domain: COLORS,
    missing: GAP,
    ...(label && { label }),
  };
}

const best = ({ region, errors }: Cell): number => errors[region === "outside" ? "SDE" : region];

const large = (plane: Plane, title: string): Svg =>
  chart({
    width: 540,
    height: 400,
    title,
    ...axes(plane.kind),
    marks: [
      heat(plane, best, "weak error of the limit named"),
      ...edges(plane.kind),
      ...names(plane.kind, 12.5),
    ],
  });

const small = (plane: Plane, limit: Limit, last: boolean): Svg =>
  chart({
    width: last ? 312 : 256,
    height: 250,
    title: limit === "static" ? "static, X(0)" : limit,
    ...axes(plane.kind),
    marks: [
      heat(plane, ({ errors }) => errors[limit], last ? "weak error" : undefined),
      ...edges(plane.kind),
    ],
  });

const everyLimit = (plane: Plane): Svg =>
  panels([LIMITS.map((limit, i) => small(plane, limit, i === LIMITS.length - 1))], {
    letters: false,
    gap: 2,
  });

/** The limit named and its error above, every limit below. */
export function drawFigure1({ log, linear }: { readonly log: Plane; readonly linear: Plane }): Svg {
  const named = [
    large(linear, "Linear: the limit of theorem 1 and its measured error"),
    large(log, "Logarithmic: the same"),
  ];
  return panels([[panels([named], { letters: false })], [everyLimit(log)], [everyLimit(linear)]], {
    title: `Phase diagram at fixed depth L = ${DEPTH}, with measured weak errors`,
  });
}
