import { power } from "../../numerics/power.js";
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
  type Flows,
  type Limit,
} from "./figure-1-cells.js";
import { drawFigure1, WINDOW, type Plane } from "./figure-1-picture.js";
import type { FigureMaker, FigurePlan, FigureResult } from "./figure.js";
import { each, madeOf, together, type Parts } from "./parts.js";
import type { Row } from "./rows.js";

/** Centres of `count` cells between the ends. */
function centres(kind: Plane["kind"], [low, high]: readonly [number, number], count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    const share = (i + 0.5) / count;
    return kind === "log" ? low * power(high / low, share) : low + (high - low) * share;
  });
}

const CELLS = { quick: { linear: 10, log: 14 }, full: { linear: 32, log: 48 } } as const;

/**
 * Figure 1: the (eta, alpha) plane at fixed depth, its theoretical regions (arXiv:2604.01978, theorem 1) over the measured
 * weak error of every limit. Everything is integrated: no random number is drawn, the seed is not used.
 */
export const figure1: FigureMaker = (size) => phaseDiagram(CELLS[size]);

/** The figure with so many cells a side. */
export function phaseDiagram(counts: Readonly<Record<"linear" | "log", number>>): FigurePlan {
  const plane = (kind: Plane["kind"]): Parts<Plane> => {
    const etas = centres(kind, WINDOW[kind].eta, counts[kind]);
    const alphas = centres(kind, WINDOW[kind].alpha, counts[kind]);
    const flows = new Map<number, Flows>();
    const flowsOf = (eta: number): Flows => {
      const known = flows.get(eta) ?? flowsAt(eta);
      flows.set(eta, known);
      return known;
    };
    const cells = each(
      alphas.flatMap((alpha) => etas.map((eta) => ({ eta, alpha }))),
      ({ eta, alpha }) => cellAt(eta, alpha, flowsOf(eta)),
      { rows: (cell) => (cell ? [["cells", rowsOf(kind, cell)]] : []) },
    );
    return madeOf(cells, (found) => ({ kind, etas, alphas, cells: found }));
  };
  const planes = together({ linear: plane("linear"), log: plane("log") });
  return { unit: "cells", ...madeOf(planes, (found) => drawPlanes(found, counts)) };
}

function drawPlanes(
  planes: Readonly<Record<"linear" | "log", Plane>>,
  counts: Readonly<Record<"linear" | "log", number>>,
): FigureResult {
  const cells = [...planes.linear.cells, ...planes.log.cells].filter((cell) => cell !== null);
  const inside = cells.filter(({ region }) => region !== "outside");
  const worst = (limit: Limit): number =>
    Math.max(0, ...inside.filter(({ region }) => region === limit).map(({ errors }) => errors[limit]));
  const share = Math.max(
    ...inside.map(({ region, errors, numerical }) => numerical / errors[region as Limit]),
  );
  return {
    name: "figure-1",
    svg: drawFigure1(planes),
    caption: caption(share, LIMITS.map((limit) => `${limit} ${worst(limit).toPrecision(2)}`).join(", ")),
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

/** The weak error of every limit in one cell; the integration error is that of the limit of its region. */
const rowsOf = (plane: Plane["kind"], { eta, alpha, region, errors, numerical }: Cell): Row[] =>
  LIMITS.map((limit) => ({
    plane,
    eta,
    alpha,
    region,
    limit,
    weakError: errors[limit],
    integrationError: limit === (region === "outside" ? "SDE" : region) ? numerical : null,
  }));

const caption = (share: number, worst: string): string =>
  `The (η, α) plane at depth L = ${DEPTH}. Above: regions of theorem 1 with o(1) read as at most ${SMALL} and O(1) as at ` +
  `most ${BOUNDED}, over the measured weak error of the limit named (the SDE's outside). Below: the error of every limit, ` +
  `on logarithmic and linear axes. Two tokens on the circle at angle ${START}; heads V = ${LAW.pull} I + J + σN, J the quarter turn, ` +
  `A = I, β = ${LAW.beta}, so b ≠ 0; ODE II and SDE carry the corrector. Weak error: the largest distance over all layers ` +
  `of the mean position of a token and of the mean overlap. Expectations are integrated, not sampled; the integration ` +
  `error is at most ${(100 * share).toPrecision(2)}% of the weak error shown inside the regions. Largest errors inside: ${worst}. Grey: a layer's noise ` +
  `has variance ηα > ${WIDEST}.`;
