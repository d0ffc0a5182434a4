import type { Field, Model } from "../types.js";
import { addTo } from "../numerics/add-to.js";
import { withDifferences } from "./differences.js";

/**
 * The model whose drift and noise are the sums of those of two models with independent channels: first's channels,
 * then second's. Throws a RangeError unless both live in the same place and in the same calculus.
 */
export function superpose(name: string, first: Model, second: Model): Model {
  for (const key of ["dimension", "manifold", "calculus"] as const) {
    if (first[key] !== second[key]) {
      throw new RangeError(
        `superpose: ${key} is ${first[key]} in "${first.name}", ${second[key]} in "${second.name}"`,
      );
    }
  }
  const { dimension: d, manifold, calculus } = first;
  const channels = first.channels + second.channels;
  const redrawn = first.redrawn || second.redrawn;
  const analytic = first.analytic && second.analytic;
  return {
    name,
    dimension: d,
    manifold,
    calculus,
    channels,
    ...(redrawn && { redrawn }),
    ...(analytic && { analytic }),
    plan,
  };

  function plan(n: number): Field {
    const one = first.plan(n);
    const two = second.plan(n);
    const dOne = new Float64Array(first.channels);
    const dTwo = new Float64Array(second.channels);
    const term = new Float64Array(n * d);
    const split = (dW: Float64Array): void => {
      for (let k = 0; k < dOne.length; k++) dOne[k] = dW[k];
      for (let k = 0; k < dTwo.length; k++) dTwo[k] = dW[dOne.length + k];
    };
    // The bracket mixes the channels of both: it is left to the sum over channels, which uses the derivative below.
    return withDifferences(
      {
        ...((one.redraw || two.redraw) && {
          redraw(path: number, step: number) {
            one.redraw?.(path, step);
            two.redraw?.(path, step);
          },
        }),
        diagnostics: () => ({ ...one.diagnostics?.(), ...two.diagnostics?.() }),
        freeze(law) {
          one.freeze(law);
          two.freeze(law);
        },
        increment(dt, dW, out) {
          split(dW);
          one.increment(dt, dOne, out);
          two.increment(dt, dTwo, term);
          addTo(out, 1, term);
        },
        derivative(dt, dW, along, out) {
          split(dW);
          one.derivative(dt, dOne, along, out);
          two.derivative(dt, dTwo, along, term);
          addTo(out, 1, term);
        },
        correction(out) {
          one.correction(out);
          two.correction(term);
          addTo(out, 1, term);
        },
      },
      { manifold, dimension: d, channels, count: n },
    );
  }
}
