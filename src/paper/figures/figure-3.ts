import { panelClaims, panelParts, SIGMA_A, type Panel, type PanelData } from "./figure-3-panel.js";
import { drawFigure3 } from "./figure-3-picture.js";
import type { FigureMaker, FigurePlan } from "./figure.js";
import { inTurn, madeOf } from "./parts.js";

export const PANELS: Readonly<Record<"quick" | "full", readonly [Panel, Panel]>> = {
  quick: [
    { tokens: 200, beta: 0.05, dimension: 64, sums: "direct", horizon: 11, layers: 110, seeds: 5 },
    { tokens: 5000, beta: 0.001, dimension: 64, sums: "small beta", horizon: 13, layers: 104, seeds: 3 },
  ],
  full: [
    { tokens: 200, beta: 0.05, dimension: 128, sums: "direct", horizon: 11, layers: 220, seeds: 16 },
    // At d = 128 the proved remainder of the first order in beta is no longer small beside |ybar|: 0.17.
    { tokens: 5000, beta: 0.001, dimension: 64, sums: "small beta", horizon: 13, layers: 208, seeds: 8 },
  ],
};

/** Figure 3: mean overlap of random transformers at small beta against the logistic curve (arXiv:2604.01978). */
export const figure3: FigureMaker = (size, seed) => overlapFigure(PANELS[size], seed);

/** The figure with panels of one's own. */
export function overlapFigure(chosen: readonly [Panel, Panel], seed: string): FigurePlan {
  const panels = inTurn(chosen.map((panel) => panelParts(panel, seed)));
  return {
    unit: "layers",
    ...madeOf(panels, (data) => ({
      name: "figure-3",
      svg: drawFigure3(data),
      caption: caption(data),
      claims: data.flatMap(panelClaims),
      parameters: { seed, sigmaA: SIGMA_A, sigmaV: "1/sqrt(d)", headsPerLayer: 1, panels: chosen },
    })),
  };
}

const caption = ([few, many]: readonly PanelData[]): string =>
  `Mean overlap u = |x̄|² of random transformers with Gaussian heads (σ_V² = 1/d, σ_A = ${SIGMA_A}, H = 1) from uniform tokens, ` +
  `against the logistic curve u' = u(1−u) from the mean initial overlap, on the clock s = η²ℓ/H. Left: n = ${few.tokens}, ` +
  `β = ${few.beta}, d = ${few.dimension}, ${few.layers} layers (η²/H = ${step(few)}), ${few.seeds} seeds, softmax by direct sums. ` +
  `Right: n = ${many.tokens}, β = ${many.beta}, d = ${many.dimension}, ${many.layers} layers (η²/H = ${step(many)}), ${many.seeds} ` +
  `seeds, barycentres to first order in β: the mean remainder is at most ${many.remainder.toPrecision(2)} |x̄|, proved. Below: ` +
  `log-odds minus those of the logistic curve from each seed's own start. Grey: where 90% of the seeds belong to leading order ` +
  `in 1/d, a Brownian motion of variance 4s/d. Dotted: its mean of order 1/d, and what finite layers take (log(1+h)/h in place of one, h = η²/H).`;

const step = ({ horizon, layers }: Panel): number => Number((horizon / layers).toPrecision(3));
