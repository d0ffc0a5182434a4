import { planHarmonics } from "../../src/spectral/harmonics.js";
import type { TensorTransform } from "../../src/spectral/tensor-transform.js";
import type { Diagnostics, Evolution, Interval } from "../../src/types.js";
import type { DensityEvolution } from "./fokker-planck.js";
import { Unresolved } from "./guard.js";

/** Harmonic moments up to this degree are compared where one solver hands over to the other. */
const COMPARED = 4;

export interface ContinuedEvolution extends Evolution {
  /** The density while it is resolved, then null. */
  readonly density: DensityEvolution | null;
}

/**
 * A density that goes on as characteristics once it has left its harmonics. The increments taken so far are kept (K
 * numbers a step, and K^2 with areas); at that moment `characteristicsOf` puts particles on the nodes with the *initial*
 * density's weights and they are moved through the same noise from time zero. So nothing of the truncated density, its
 * error and its negative weights enters what follows. The price is the replay. `handoverDifference` in the diagnostics
 * is the largest difference of a harmonic moment (l <= 4) between the two at that time: the error that the density had,
 * a jump in every observable. Where the density cannot even start, characteristics go from time zero. Without kappa
 * only: characteristics cannot diffuse.
 */
export function continued(
  density: DensityEvolution,
  characteristicsOf: (transform: TensorTransform) => Evolution,
): ContinuedEvolution {
  const taken: Interval[] = [];
  let carried: Evolution | null = null;
  let handover: Diagnostics = {};
  let path = 0;

  const handOver = (time: number, atStart: boolean): Evolution => {
    const { transform, law } = density;
    const evolution = characteristicsOf(transform);
    evolution.reset(path);
    for (const interval of taken) evolution.advance(interval);
    const harmonics = planHarmonics(transform.dimension, COMPARED);
    const [a, b] = [law, evolution.law].map((measure) => {
      const moments = new Float64Array(harmonics.size);
      harmonics.moments(measure, moments);
      return moments;
    });
    const difference = a.reduce((s, v, q) => Math.max(s, Math.abs(v - b[q])), 0);
    const { momentError, quadrature } = evolution.diagnostics();
    const what = atStart
      ? `the initial density is not resolved by degree ${transform.lmax}, and its characteristics went on from the start`
      : `the density left its resolution at t = ${time}, and its characteristics, moved from the start through the same ` +
        `noise, went on from there; their harmonic moments (l <= ${COMPARED}) differed by ${difference.toPrecision(2)} at that time`;
    const nodes = `${evolution.law.count} nodes${quadrature === undefined ? "" : ` ${String(quadrature)}`}`;
    const start =
      typeof momentError === "number"
        ? `; they start on ${nodes}, right to ${momentError.toPrecision(2)} in the initial law's own moments (l <= ${COMPARED})`
        : "";
    handover = {
      continuedBy: "characteristics",
      handoverTime: time,
      handoverDifference: difference,
      ...(quadrature !== undefined && { quadrature }),
      note: what + start,
    };
    return evolution;
  };

  return {
    get law() {
      return (carried ?? density).law;
    },
    get density() {
      return carried ? null : density;
    },
    ...(density.model && { model: density.model }),
    ...(density.scheme && { scheme: density.scheme }),
    ...(density.commuting && { commuting: density.commuting }),
    reset(to) {
      [path, carried, handover, taken.length] = [to, null, {}, 0];
      try {
        density.reset(to);
      } catch (error) {
        if (!(error instanceof Unresolved)) throw error;
        carried = handOver(0, true);
      }
    },
    advance(interval) {
      if (!carried) {
        try {
          density.advance(interval);
          const { dW, area } = interval;
          taken.push({ ...interval, dW: dW.slice(), area: area && area.slice() });
          return;
        } catch (error) {
          if (!(error instanceof Unresolved)) throw error;
          carried = handOver(interval.time, false);
          taken.length = 0;
        }
      }
      carried.advance(interval);
    },
    diagnostics() {
      if (!carried) return density.diagnostics();
      const { note, strongOrder } = carried.diagnostics();
      const notes = [note, handover.note].filter((text) => text !== undefined);
      return { ...density.diagnostics(), ...handover, strongOrder, note: notes.join("; ") };
    },
  };
}
