import { chart } from "../../plots/chart.js";
import type { Mark } from "../../plots/marks.js";
import { panels } from "../../plots/panels.js";
import type { AxisSpec } from "../../plots/scale.js";
import type { Svg } from "../../plots/svg.js";
import { below } from "../../studies/claim.js";
import {
  BOUNDED,
  cellAt,
  DEPTH,
  flowsAt,
  LAW,
  LIMITS,
  SMALL,
  START,
  WIDEST,
  type Cell,
  type Limit,
} from "./figure-1-cells.js";
import type { FigureMaker, FigureResult } from "./figure.js";

interface Plane {
  readonly kind: "linear" | "log";
  readonly etas: readonly number[];
  readonly alphas: readonly number[];
  readonly cells: readonly (Cell | null)[];
}

/** Centres of `count` cells between the ends. */
function centres(kind: Plane["kind"], [low, high]: readonly [number, number], count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    const share = (i + 0.5) / count;
    return kind === "log" ? low * (high / low) ** share : low + (high - low) * share;
  });
}

const WINDOW = {
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
  const [etaStatic, etaI, etaII] = [1, 2, 3].map((k) => (SMALL / DEPTH) ** (1 / k));
  const still = SMALL / DEPTH;
  const bottom = kind === "log" ? floor : 1e-9;
  const curve = (product: number, to: number): [number[], number[]] => {
    const from = Math.max(low, product / top);
    const eta = Array.from({ length: 61 }, (_, i) => from * (to / from) ** (i / 60));
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

function picture({ log, linear }: { log: Plane; linear: Plane }): Svg {
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
  const row = (plane: Plane): Svg =>
    panels([LIMITS.map((limit, i) => small(plane, limit, i === LIMITS.length - 1))], {
      letters: false,
      gap: 2,
    });
  return panels(
    [
      [
        panels(
          [
            [
              large(linear, "Linear: the limit of theorem 1 and its measured error"),
              large(log, "Logarithmic: the same"),
            ],
          ],
          { letters: false },
        ),
      ],
      [row(log)],
      [row(linear)],
    ],
    { title: `Phase diagram at fixed depth L = ${DEPTH}, with measured weak errors` },
  );
}

const CELLS = { quick: { linear: 10, log: 14 }, full: { linear: 32, log: 48 } } as const;

/**
 * Figure 1: the (eta, alpha) plane at fixed depth, its theoretical regions (arXiv:2604.01978, theorem 1) over the measured
 * weak error of every limit. Everything is integrated: no random number is drawn, the seed is not used.
 */
export const figure1: FigureMaker = (size, _seed, onProgress) => phaseDiagram(CELLS[size], onProgress);

/** The figure with so many cells a side. */
export function phaseDiagram(
  counts: Readonly<Record<"linear" | "log", number>>,
  onProgress?: (done: number, total: number) => void,
): FigureResult {
  const total = counts.linear ** 2 + counts.log ** 2;
  let done = 0;
  const plane = (kind: Plane["kind"]): Plane => {
    const etas = centres(kind, WINDOW[kind].eta, counts[kind]);
    const alphas = centres(kind, WINDOW[kind].alpha, counts[kind]);
    const flows = etas.map(flowsAt);
    const cells = alphas.flatMap((alpha) =>
      etas.map((eta, i) => {
        const cell = cellAt(eta, alpha, flows[i]);
        onProgress?.(++done, total);
        return cell;
      }),
    );
    return { kind, etas, alphas, cells };
  };
  const planes = { linear: plane("linear"), log: plane("log") };
  const cells = [...planes.linear.cells, ...planes.log.cells].filter((cell) => cell !== null);
  const inside = cells.filter(({ region }) => region !== "outside");
  const worst = (limit: Limit): number =>
    Math.max(0, ...inside.filter(({ region }) => region === limit).map(({ errors }) => errors[limit]));
  const share = Math.max(
    ...inside.map(({ region, errors, numerical }) => numerical / errors[region as Limit]),
  );
  return {
    name: "figure-1",
    svg: picture(planes),
    caption: caption(share, LIMITS.map((limit) => `${limit} ${worst(limit).toPrecision(2)}`).join(", ")),
    columns: {
      eta: cells.map(({ eta }) => eta),
      alpha: cells.map(({ alpha }) => alpha),
      static: cells.map(({ errors }) => errors.static),
      odeI: cells.map(({ errors }) => errors["ODE I"]),
      odeII: cells.map(({ errors }) => errors["ODE II"]),
      sde: cells.map(({ errors }) => errors.SDE),
      numerical: cells.map((cell) => cell.numerical),
      region: cells.map(({ region }) => [...LIMITS, "outside"].indexOf(region)),
    },
    claims: [
      below("figure 1: largest integration error / weak error of the limit named", share, 1 / 3),
      ...LIMITS.map((limit) =>
        below(`figure 1: largest weak error of ${limit} in its region`, worst(limit), 1.5 * SMALL),
      ),
    ],
    parameters: {
      ...LAW,
      depth: DEPTH,
      start: START,
      small: SMALL,
      bounded: BOUNDED,
      cells: counts,
      tokens: 2,
      d: 2,
    },
  };
}

const caption = (share: number, worst: string): string =>
  `The (η, α) plane at depth L = ${DEPTH}. Above: regions of theorem 1 with o(1) read as at most ${SMALL} and O(1) as at ` +
  `most ${BOUNDED}, over the measured weak error of the limit named (the SDE's outside). Below: the error of every limit, ` +
  `on logarithmic and linear axes. Two tokens on the circle at angle ${START}; heads V = ${LAW.pull} I + J + σN, J the quarter turn, ` +
  `A = I, β = ${LAW.beta}, so b ≠ 0; ODE II and SDE carry the corrector. Weak error: the largest distance over all layers ` +
  `of the mean position of a token and of the mean overlap. Expectations are integrated, not sampled; the integration ` +
  `error is at most ${(100 * share).toPrecision(2)}% of the weak error shown inside the regions. Largest errors inside: ${worst}. Grey: a layer's noise ` +
  `has variance ηα > ${WIDEST}.`;
