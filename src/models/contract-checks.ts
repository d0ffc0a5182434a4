import { displacing } from "./displacing.js";
import type { Field, Measure } from "../types.js";
import { withDifferences } from "./differences.js";
import { makeCheck, type CheckPlan, type ModelCheck } from "./contract-check.js";
import { ask, copyProbe, distanceOf, fieldOf, sizeOf, type Answers, type Probe } from "./contract-probe.js";

const ROUNDING = 1e-13;

/** Relative error that differences of first order may leave, and sums of them. */
const DIFFERENCED = 1e-8;

/** Displacements of the differences: a derivative that is right agrees with one of them at least. */
const STEPS = [1e-5, 1e-4, 1e-6];

const KINDS = ["increment", "derivative", "correction", "bracket"] as const;

/** Every check of a model, in the order in which a reader should mend what fails; each with arguments of its own. */
export function modelChecks(probe: Probe): ModelCheck[] {
  const plans = [
    finite,
    ...(probe.model.manifold === "sphere" ? [tangent] : []),
    linear,
    ...(["derivative", "correction", "bracket"] as const).map(
      (kind) => (own: Probe) => differenced(own, kind),
    ),
    skew,
    remembersNothing,
    ordered,
    writesNothing,
    displaced,
    redrawn,
  ];
  return plans.map((plan) => makeCheck(plan(copyProbe(probe))));
}

const answersOf = (probe: Probe): Answers => ask(probe, fieldOf(probe), probe.law);

/** The size that rounding is measured by: that of the field, as its derivatives are of it. */
const scalesOf = (
  probe: Probe,
  { increment, derivative, correction, bracket }: Answers,
): Record<keyof Answers, number> => {
  const noise = noiseSize(probe);
  const K = Math.max(1, probe.model.channels);
  return {
    increment: sizeOf(increment),
    derivative: Math.max(sizeOf(derivative), sizeOf(increment) * sizeOf(probe.along)),
    correction: Math.max(sizeOf(correction), K * noise * noise),
    bracket: Math.max(sizeOf(bracket), K * noise * noise * sizeOf(probe.area)),
  };
};

/** Largest entry of a noise field g_k. */
function noiseSize(probe: Probe): number {
  const { channels: K } = probe.model;
  const field = fieldOf(probe);
  field.freeze(probe.law);
  const unit = new Float64Array(K);
  const g = new Float64Array(probe.law.points.length);
  let largest = 0;
  for (let k = 0; k < K; k++) {
    unit.fill(0);
    unit[k] = 1;
    field.increment(0, unit, g);
    largest = Math.max(largest, sizeOf(g));
  }
  return largest;
}

const finite = (probe: Probe): CheckPlan => ({
  name: "finite",
  wrong: "some of what the field writes is no finite number",
  measure() {
    const answers = answersOf(probe);
    const bad = KINDS.map((kind) => answers[kind].filter((v) => !Number.isFinite(v)).length);
    return { value: bad.reduce((s, n) => s + n, 0), bound: 0 };
  },
});

const tangent = (probe: Probe): CheckPlan => ({
  name: "tangent",
  wrong: "the field leaves the tangent space of the sphere (or does not overwrite what it is to write into)",
  measure() {
    const { points, dimension: d } = probe.law;
    const answers = answersOf(probe);
    const scales = scalesOf(probe, answers);
    let value = 0;
    for (const kind of KINDS) {
      const v = answers[kind];
      for (let o = 0; o < v.length; o += d) {
        let normal = 0;
        for (let a = o; a < o + d; a++) normal += points[a] * v[a];
        value = Math.max(value, relative(Math.abs(normal), scales[kind]));
      }
    }
    return { value, bound: ROUNDING };
  },
});

const linear = (probe: Probe): CheckPlan => ({
  name: "linear",
  wrong: "the increment is not linear in dt and dW",
  measure() {
    const { dt, dW, other, law } = probe;
    const field = fieldOf(probe);
    field.freeze(law);
    const incrementOf = (h: number, w: Float64Array): Float64Array => {
      const out = new Float64Array(law.points.length);
      field.increment(h, w, out);
      return out;
    };
    const one = incrementOf(dt, dW);
    const two = incrementOf(-2 * dt, other);
    const sum = incrementOf(
      dt / 2 - 2 * dt,
      dW.map((w, k) => w / 2 + other[k]),
    );
    const want = one.map((v, i) => v / 2 + two[i]);
    return { value: relative(distanceOf(sum, want), sizeOf(one) + sizeOf(two)), bound: 10 * ROUNDING };
  },
});

const REASONS = {
  derivative:
    "the derivative is not that of the increment by differences of the whole ensemble, where the law moves with its points",
  correction: "the correction is not the sum over k of the derivative of g_k along g_k",
  bracket: "the bracket is not the sum over j, k of L_jk times the derivative of g_k along g_j",
};

const differenced = (probe: Probe, kind: keyof typeof REASONS): CheckPlan => ({
  name: kind,
  wrong: REASONS[kind],
  measure() {
    const { model, count, law } = probe;
    const { manifold, dimension, channels } = model;
    const answers = answersOf(probe);
    const scale = scalesOf(probe, answers)[kind];
    let value = Infinity;
    for (const step of STEPS) {
      const { freeze, increment } = bound(fieldOf(probe));
      const shifted = withDifferences({ freeze, increment }, { manifold, dimension, channels, count, step });
      const found = relative(distanceOf(ask(probe, shifted, law)[kind], answers[kind]), scale);
      value = Number.isNaN(found) ? NaN : Math.min(value, found);
      if (value <= DIFFERENCED) break;
    }
    return { value, bound: DIFFERENCED };
  },
});

const bound = (field: Field): Pick<Field, "freeze" | "increment"> => ({
  freeze: field.freeze.bind(field),
  increment: field.increment.bind(field),
});

const skew = (probe: Probe): CheckPlan => ({
  name: "area's sign",
  wrong: "the bracket does not turn with the sign of the area",
  measure() {
    const answers = answersOf(probe);
    const turned = ask({ ...probe, area: probe.area.map((v) => -v) }, fieldOf(probe), probe.law).bracket;
    const sum = distanceOf(
      turned,
      answers.bracket.map((v) => -v),
    );
    return { value: relative(sum, scalesOf(probe, answers).bracket), bound: DIFFERENCED / 100 };
  },
});

const remembersNothing = (probe: Probe): CheckPlan => ({
  name: "no memory",
  wrong: "the answer depends on what the field was asked before",
  measure() {
    const fresh = answersOf(probe);
    const field = fieldOf(probe);
    const used = [probe.elsewhere, probe.law, probe.law].map((law) => ask(probe, field, law));
    // Each question by itself, in another order.
    const last = fieldOf(probe);
    last.freeze(probe.law);
    const bracket = new Float64Array(fresh.bracket.length);
    const increment = new Float64Array(fresh.increment.length);
    last.bracket(probe.area, bracket);
    last.increment(probe.dt, probe.dW, increment);
    const gaps = [...used.slice(1), { ...fresh, bracket, increment }].flatMap((again) =>
      KINDS.map((kind) => distanceOf(again[kind], fresh[kind])),
    );
    return { value: Math.max(...gaps), bound: 0 };
  },
});

const ordered = (probe: Probe): CheckPlan => ({
  name: "order of points",
  wrong: "the answer does not follow the points when they change places",
  measure() {
    const { law, along, count: n } = probe;
    const d = law.dimension;
    // The last point first.
    const turned = (v: Float64Array, width: number): Float64Array =>
      v.map((_, e) => v[(n - 1 - Math.floor(e / width)) * width + (e % width)]);
    const moved: Measure = { ...law, points: turned(law.points, d), weights: turned(law.weights, 1) };
    const there = ask({ ...probe, along: turned(along, d) }, fieldOf(probe), moved);
    const here = answersOf(probe);
    const scales = scalesOf(probe, here);
    const gap = (kind: keyof Answers): number =>
      relative(distanceOf(there[kind], turned(here[kind], d)), scales[kind]);
    const value = Math.max(gap("increment"), DIFFERENCED_SHARE * gap("derivative"));
    return { value, bound: 10 * ROUNDING };
  },
});

/** A derivative by differences has their rounding: that of an increment over the step. */
const DIFFERENCED_SHARE = 1e-4;

const writesNothing = (probe: Probe): CheckPlan => ({
  name: "arguments left alone",
  wrong: "the field writes into the law, or into what it was asked with",
  measure() {
    const { law, dW, along, area } = probe;
    const copy = copyProbe(probe);
    ask(copy, fieldOf(copy), copy.law);
    const gaps = [
      distanceOf(copy.law.points, law.points),
      distanceOf(copy.law.weights, law.weights),
      distanceOf(copy.dW, dW),
      distanceOf(copy.along, along),
      distanceOf(copy.area, area),
    ];
    return { value: Math.max(...gaps), bound: 0 };
  },
});

const displaced = (probe: Probe): CheckPlan => ({
  name: "displace",
  wrong: "displaced points are not those moved by increment, derivative, correction and bracket",
  measure() {
    const { law, dt, dW, area } = probe;
    const field = fieldOf(probe);
    const displace = displacing(field);
    if (!displace) return { value: 0, bound: 0 };
    const [second, shift] = [0.7, -0.4];
    const [F, v, bent, C, L] = Array.from({ length: 5 }, () => new Float64Array(law.points.length));
    field.freeze(law);
    field.increment(0, dW, F);
    field.increment(dt, dW, v);
    field.derivative(0, dW, F, bent);
    field.correction(C);
    field.bracket(area, L);
    const want = law.points.map((x, i) => x + v[i] + second * bent[i] + shift * C[i] + L[i]);
    displace({ dt, dW, second, shift, area });
    return { value: relative(distanceOf(law.points, want), sizeOf(want)), bound: 10 * ROUNDING };
  },
});

const redrawn = (probe: Probe): CheckPlan => ({
  name: "redraw",
  wrong: "what is redrawn is not a function of path and step alone, or is always the same",
  measure() {
    const { law } = probe;
    const used = fieldOf(probe, 5, 3);
    if (!used.redraw) return { value: 0, bound: 0 };
    const drawn = (path: number, step: number): Float64Array =>
      ask(probe, fieldOf(probe, path, step), law).increment;
    ask(probe, used, law);
    used.redraw(1, 2);
    const again = ask(probe, used, law).increment;
    const [here, nextStep, nextPath] = [drawn(1, 2), drawn(1, 3), drawn(2, 2)];
    const same = [nextStep, nextPath].some((other) => distanceOf(here, other) === 0);
    return { value: same ? Infinity : distanceOf(here, again), bound: 0 };
  },
});

/** A difference over the size that it is to be seen against; nothing over nothing is nothing. */
const relative = (difference: number, size: number): number => (difference === 0 ? 0 : difference / size);
