import { addTo } from "../src/numerics/add-to.js";
import { checkOptions, maybe } from "../src/numerics/options.js";
import { MODEL, SCHEME, START, STREAM } from "../src/numerics/shapes.js";
import type { Evolution, Interval, Model, Scheme, Stream } from "../src/types.js";
import { areaUse } from "./area.js";
import { started, type Start, type WeightsOf } from "./start.js";

export interface Particles {
  readonly model: Model;
  readonly scheme: Scheme;
  /** The initial cloud, or a rule that gives one of the same size for every path. */
  readonly initial: Start;
  /** Noise kappa dB_i, independent from point to point, beside the common one. Drawn from its own stream. */
  readonly idiosyncratic?: Idiosyncratic;
}

export interface Idiosyncratic {
  readonly kappa: number;
  readonly stream: Stream;
  /**
   * Length of the steps the B_i are drawn on; an interval takes the sum of its own, so runs with different steps share
   * the B_i. Every interval is drawn afresh unless given.
   */
  readonly finest?: number;
}

/** What the reader of a result must know: no scheme here has the mixed integrals of both noises. */
export const OWN_NOISE = "tokens have noise of their own beside the common one: strong order 1/2";

/**
 * A token cloud moved by a scheme. Throws a RangeError for options that make no sense: a scheme without its facts, points
 * off the sphere, weights that are no law's.
 */
export function particles(options: Particles): Evolution {
  checkOptions("particles", options, {
    model: MODEL,
    scheme: SCHEME,
    initial: START,
    idiosyncratic: maybe("object"),
  });
  if (options.idiosyncratic) {
    checkOptions("particles: idiosyncratic", options.idiosyncratic, {
      kappa: "number",
      stream: STREAM,
      finest: maybe("number"),
    });
  }
  return movedPoints(options, "law");
}

/** Weighted points moved by a scheme: a token cloud, or characteristics when the points are quadrature nodes. */
export function movedPoints(
  { model, scheme, initial, idiosyncratic }: Particles,
  weights: WeightsOf,
): Evolution {
  const { law, startOf, reset, settle, whole } = started(initial, model, weights);
  const area = areaUse(scheme, model, () => startOf(0));
  const stepper = scheme.plan(model, law.count);
  if (stepper.home) settle(stepper.home);
  const kick = idiosyncratic && idiosyncratic.kappa !== 0 ? new Float64Array(law.points.length) : null;
  const draw = new Float64Array(idiosyncratic?.finest === undefined ? 0 : law.points.length);
  const advance = (interval: Interval): boolean | void => {
    area.see(interval);
    if (kick && idiosyncratic) drawKick(idiosyncratic, interval, kick, draw);
    return stepper.step(law, interval, kick);
  };
  return {
    law,
    reset,
    model,
    scheme: area.scheme,
    commuting: area.commuting,
    advance: stepper.whole ? advance : whole(advance),
    diagnostics() {
      const { note, strongOrder, ...use } = area.diagnostics();
      const notes = [note, kick && OWN_NOISE].filter((text) => typeof text === "string");
      return {
        points: law.count,
        ...use,
        strongOrder: kick ? Math.min(0.5, Number(strongOrder)) : strongOrder,
        ...(notes.length > 0 && { note: notes.join("; ") }),
        ...stepper.diagnostics?.(),
      };
    },
  };
}

/** kick = kappa (B(t + dt) - B(t)), B one Brownian motion per coordinate. Throws unless dt is whole in finest steps. */
function drawKick(
  { kappa, stream, finest }: Idiosyncratic,
  { path, step, time, dt }: Interval,
  kick: Float64Array,
  draw: Float64Array,
): void {
  if (finest === undefined) {
    stream.normals(path, step, kick);
    scale(kick, kappa * Math.sqrt(dt));
    return;
  }
  const count = Math.round(dt / finest);
  if (!(count >= 1 && Math.abs(count * finest - dt) < 1e-9 * dt)) {
    throw new RangeError(`idiosyncratic.finest: a step of ${dt} is not a whole number of ${finest}`);
  }
  const first = Math.round(time / finest);
  kick.fill(0);
  for (let s = first; s < first + count; s++) {
    stream.normals(path, s, draw);
    addTo(kick, 1, draw);
  }
  scale(kick, kappa * Math.sqrt(finest));
}

function scale(v: Float64Array, factor: number): void {
  for (let i = 0; i < v.length; i++) v[i] *= factor;
}
