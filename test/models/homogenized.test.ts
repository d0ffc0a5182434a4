import { describe, expect, it } from "vitest";
import { withDifferences } from "../../src/models/differences.js";
import { gaussianAttention } from "../../src/models/attention/gaussian-attention.js";
import { drawAtoms } from "../../src/models/heads/gaussian-heads.js";
import { blankHead, drawHeads, freshHeads, sampleHead } from "../../src/models/heads/head.js";
import { independentHeads } from "../../src/models/heads/independent-heads.js";
import { independentPerceptron } from "../../src/models/heads/perceptron.js";
import { homogenized, type Homogenized } from "../../src/models/attention/homogenized.js";
import { retract } from "../../src/sphere/retract.js";
import { wrap } from "../../src/sphere/measure.js";
import { stream } from "../../src/noise/stream.js";
import type { Field, Measure } from "../../src/types.js";

const d = 3;
const n = 5;
const beta = 0.8;

function normals(length: number, step: number): Float64Array {
  const out = new Float64Array(length);
  stream("homogenized", "test").normals(0, step, out);
  return out;
}

const cloud = ((): Measure => {
  const points = normals(n * d, 0);
  retract("sphere", points, 0, points, d, points);
  return wrap(points, d, Float64Array.of(0.1, 0.15, 0.2, 0.25, 0.3));
})();

const meanV = Float64Array.of(1, 0.3, 0, -0.2, 0.8, 0.1, 0, 0.4, 1.2);
const law = independentHeads({
  dimension: d,
  V: { sigma: 0.6, mean: meanV },
  A: { sigma: 0.9 },
  perceptron: independentPerceptron({ dimension: d, width: 4, sigma: { W2: 0.5, W1: 1, b: 0.3 }, seed: "p" }),
  seed: "h",
});
const heads = drawHeads(law, 4);
const weights = [0.1, 0.2, 0.3, 0.4];
const clock = { eta: 0.3, heads: 2 };
const sampled: Homogenized = { dimension: d, beta, heads, weights, clock };
const integrated: Homogenized = {
  dimension: d,
  beta,
  heads: { atoms: drawAtoms("a", 2, d, 0.9), sigmaV: 0.6, meanV },
  weights: [0.4, 0.6],
  clock,
};

const distance = (a: Float64Array, b: Float64Array): number =>
  a.reduce((m, v, i) => Math.max(m, Math.abs(v - b[i])), 0);

function evaluate(options: Homogenized, run: (field: Field, out: Float64Array) => void): Float64Array {
  const field = homogenized(options).plan(n);
  field.freeze(cloud);
  const out = new Float64Array(n * d);
  run(field, out);
  return out;
}

const skew = (K: number): Float64Array => {
  const L = normals(K * K, 7);
  return L.map((v, e) => v - L[(e % K) * K + Math.floor(e / K)]);
};

const forms: [string, Homogenized][] = [
  ["sampled pairs with a perceptron", sampled],
  ["centred sampled pairs", { ...sampled, centred: true }],
  ["integrated values with a mean", integrated],
  ["tangent layers with a corrector", { ...sampled, corrector: 0.3, layerStep: "tangent" }],
  ["ambient layers with a corrector", { ...sampled, corrector: 0.3 }],
];

describe.each(forms)("%s", (_label, options) => {
  const model = homogenized(options);
  const K = model.channels;
  const dW = normals(K, 1);
  const along = normals(n * d, 2);
  for (let o = 0; o < n * d; o += d) {
    let s = 0;
    for (let a = 0; a < d; a++) s += along[o + a] * cloud.points[o + a];
    for (let a = 0; a < d; a++) along[o + a] -= s * cloud.points[o + a];
  }
  const exact = model.plan(n);
  const { freeze, increment } = model.plan(n);
  const differenced = withDifferences(
    { freeze, increment },
    { manifold: "sphere", dimension: d, channels: K, count: n },
  );
  const compare = (run: (field: Field, out: Float64Array) => void): [Float64Array, Float64Array] => {
    const pair: [Float64Array, Float64Array] = [new Float64Array(n * d), new Float64Array(n * d)];
    [exact, differenced].forEach((field, i) => {
      field.freeze(cloud);
      run(field, pair[i]);
    });
    return pair;
  };
  it("has the derivative, correction and bracket that shifting the ensemble gives", () => {
    for (const run of [
      (f: Field, out: Float64Array) => f.derivative(0.7, dW, along, out),
      (f: Field, out: Float64Array) => f.correction(out),
      (f: Field, out: Float64Array) => f.bracket(skew(K), out),
    ]) {
      const [a, b] = compare(run);
      const size = Math.max(...a.map(Math.abs));
      expect(size).toBeGreaterThan(1e-2);
      expect(distance(a, b)).toBeLessThan(1e-8 * Math.max(1, size));
    }
  });
});

describe("fields of a general law", () => {
  it("are the weighted mean and the weighted fluctuations of the heads' own fields", () => {
    // One head alone with weight one has no noise: its drift is its field.
    const own = heads.map((head) =>
      evaluate({ ...sampled, heads: [head], weights: [1], layerStep: "tangent" }, (f, out) =>
        f.increment(1, Float64Array.of(0), out),
      ),
    );
    const drift = Float64Array.from(own[0], (_, i) => own.reduce((s, v, m) => s + weights[m] * v[i], 0));
    const dW = normals(4, 3);
    const epsilon = Math.sqrt(clock.eta / clock.heads);
    const expected = drift.map(
      (b, i) =>
        0.7 * b + epsilon * own.reduce((s, v, m) => s + Math.sqrt(weights[m]) * dW[m] * (v[i] - b), 0),
    );
    const actual = (heads: number) =>
      evaluate({ ...sampled, layerStep: "tangent", clock: { eta: clock.eta, heads } }, (f, out) =>
        f.increment(0.7, dW, out),
      );
    expect(distance(actual(clock.heads), expected)).toBeLessThan(1e-14);
    // Without H in epsilon:
    expect(distance(actual(1), expected)).toBeGreaterThan(0.1);
  });

  it("have the covariance of the law itself when V is integrated", () => {
    // E over V of P xi(x) (P xi(x'))^T, tested by summing squares of all channels against many sampled pairs.
    const atoms = drawAtoms("a", 1, d, 0.9);
    const exact = homogenized({ ...integrated, weights: [1], heads: { atoms, sigmaV: 0.6, meanV } });
    const field = exact.plan(n);
    field.freeze(cloud);
    const out = new Float64Array(n * d);
    const unit = new Float64Array(exact.channels);
    let power = 0;
    for (let k = 0; k < exact.channels; k++) {
      unit.fill(0);
      unit[k] = 1;
      field.increment(0, unit, out);
      power += out[0] * out[d];
    }
    const M = 3000;
    const flat = drawHeads(
      independentHeads({ dimension: d, V: { sigma: 0.6, mean: meanV }, A: { sigma: 0 }, seed: "c" }),
      M,
    );
    const pairs = homogenized({
      ...sampled,
      weights: undefined,
      heads: flat.map(({ V }) => ({ V, A: atoms[0] })),
    });
    const many = pairs.plan(n);
    many.freeze(cloud);
    const one = new Float64Array(M);
    let sum = 0;
    let squares = 0;
    // Independent signs on all channels at once give the same sum in mean: R of them.
    const R = 300;
    for (let r = 0; r < R; r++) {
      one.set(normals(M, 100 + r));
      many.increment(0, one, out);
      sum += out[0] * out[d];
      squares += (out[0] * out[d]) ** 2;
    }
    const error = Math.sqrt((squares / R - (sum / R) ** 2) / R) + power / Math.sqrt(M);
    expect(Math.abs(sum / R - power)).toBeLessThan(5 * error);
    expect(Math.abs(sum / R - 2 * power)).toBeGreaterThan(5 * error);
  });

  it("are those of Gaussian attention when the mean is zero", () => {
    const atoms = drawAtoms("a", 2, d, 0.9);
    const plain = gaussianAttention({ dimension: d, beta, sigmaV: 0.6, atoms }).plan(n);
    const dW = normals(2 * d * d, 5);
    const out = new Float64Array(n * d);
    plain.freeze(cloud);
    plain.increment(0, dW, out);
    const diffusive = evaluate(
      { dimension: d, beta, heads: { atoms, sigmaV: 0.6 }, clock: "diffusive" },
      (f, o) => f.increment(0, dW, o),
    );
    expect(distance(out, diffusive)).toBe(0);
  });

  it("refuse the diffusive clock for a law with a drift, and bad weights", () => {
    expect(() => homogenized({ ...sampled, clock: "diffusive" })).toThrow(
      'clock: "diffusive" is for centred laws',
    );
    expect(() => homogenized({ ...sampled, weights: [1] })).toThrow(
      "weights: 1 of them with sum 1 for 4 atoms",
    );
    expect(() => homogenized({ ...sampled, heads: [] })).toThrow("heads: want at least one atom");
    expect(() => homogenized({ ...sampled, clock: { eta: 0, heads: 2 } })).toThrow("clock: eta = 0");
  });
});

/**
 * One layer of a transformer with the finite law of `heads`, enumerated: (E phi(X_1) - phi(X_0)) / eta must be
 * L phi + (eta/2) b(b phi) + O(eta^2) for the generator L = b_eta + (eta/2H) sum_k Hess[g_k, g_k] of the limit, H = 1.
 */
function localError(eta: number, layerStep: "ambient" | "tangent", limitStep: "ambient" | "tangent"): number {
  const phi = (x: Float64Array): number => {
    let s = 0;
    for (let a = 0; a < d; a++) s += x[a] * x[d + a] + 0.5 * x[a] + 0.3 * x[2 * d + a] * x[a] ** 2;
    return s;
  };
  const at = (v: Float64Array, c: number): number => {
    const y = new Float64Array(n * d);
    // Along the great circle, for exact second derivatives.
    for (let o = 0; o < n * d; o += d) {
      const norm = Math.hypot(...v.subarray(o, o + d));
      for (let a = 0; a < d; a++) {
        y[o + a] =
          cloud.points[o + a] * Math.cos(c * norm) + (norm > 0 ? (v[o + a] / norm) * Math.sin(c * norm) : 0);
      }
    }
    return phi(y);
  };
  const options: Homogenized = { ...sampled, clock: { eta, heads: 1 }, corrector: eta, layerStep: limitStep };
  const model = homogenized(options);
  const field = model.plan(n);
  field.freeze(cloud);
  const out = new Float64Array(n * d);
  const quiet = new Float64Array(4);
  const step = 1e-3;
  const first = (v: Float64Array): number =>
    (8 * (at(v, step) - at(v, -step)) - (at(v, 2 * step) - at(v, -2 * step))) / (12 * step);
  const second = (v: Float64Array): number =>
    (16 * (at(v, step) + at(v, -step)) - at(v, 2 * step) - at(v, -2 * step) - 30 * phi(cloud.points)) /
    (12 * step * step);
  field.increment(1, quiet, out);
  let generator = first(out);
  for (let k = 0; k < 4; k++) {
    quiet.fill(0);
    quiet[k] = 1;
    field.increment(0, quiet, out);
    generator += 0.5 * second(out);
  }
  quiet.fill(0);
  // b(b phi) = Hess phi[b, b] + <nabla_b b, grad phi>
  const plain = homogenized({ ...options, corrector: 0, clock: { eta, heads: Infinity } }).plan(n);
  const b = new Float64Array(n * d);
  plain.freeze(cloud);
  plain.increment(1, quiet, b);
  plain.derivative(1, quiet, b, out);
  generator += 0.5 * eta * (second(b) + first(out));
  let expectation = 0;
  heads.forEach((head, m) => {
    const alone = homogenized({ ...sampled, heads: [head], weights: [1], layerStep: "tangent" }).plan(n);
    alone.freeze(cloud);
    const B = new Float64Array(n * d);
    const x = new Float64Array(n * d);
    alone.increment(1, Float64Array.of(0), B);
    const U = ambientField(head);
    retract("sphere", cloud.points, eta, layerStep === "tangent" ? B : U, d, x);
    expectation += weights[m] * phi(x);
  });
  return Math.abs((expectation - phi(cloud.points)) / eta - generator);
}

/** B_theta, not projected, summed by hand. */
function ambientField(head: (typeof heads)[number]): Float64Array {
  const out = new Float64Array(n * d);
  const { points: x, weights: w } = cloud;
  for (let i = 0; i < n; i++) {
    const m = new Float64Array(d);
    let Z = 0;
    for (let j = 0; j < n; j++) {
      let score = 0;
      for (let a = 0; a < d; a++)
        for (let b = 0; b < d; b++) score += x[j * d + a] * head.A[a * d + b] * x[i * d + b];
      const p = w[j] * Math.exp(beta * score);
      Z += p;
      for (let a = 0; a < d; a++) m[a] += p * x[j * d + a];
    }
    const { W1, W2, b, activation } = head.perceptron!;
    for (let a = 0; a < d; a++) {
      for (let c = 0; c < d; c++) out[i * d + a] += (head.V[a * d + c] * m[c]) / Z;
      for (let r = 0; r < b.length; r++) {
        let s = b[r];
        for (let c = 0; c < d; c++) s += W1[r * d + c] * x[i * d + c];
        out[i * d + a] += W2[a * b.length + r] * activation.value(s);
      }
    }
  }
  return out;
}

describe("the limit against one layer, its expectation enumerated over the heads", () => {
  const slope = (layer: "ambient" | "tangent", limit: "ambient" | "tangent"): number =>
    Math.log2(localError(4e-3, layer, limit) / localError(2e-3, layer, limit));

  it("agrees to second order for ambient and for tangent layers", () => {
    expect(slope("ambient", "ambient")).toBeCloseTo(2, 1);
    expect(slope("tangent", "tangent")).toBeCloseTo(2, 1);
  });

  it("loses an order when the normalization's share is left out, or counted twice", () => {
    expect(slope("ambient", "tangent")).toBeLessThan(1.2);
    expect(slope("tangent", "ambient")).toBeLessThan(1.2);
  });
});

describe("heads drawn afresh every step", () => {
  // A law of two heads, and every sample of two from it in turn: means over the steps are exact expectations.
  const pair = heads.slice(0, 2);
  const rule = {
    count: 2,
    redraw: (_path: number, step: number) => [pair[step % 2], pair[(step >> 1) % 2]],
  };
  const options: Homogenized = { ...sampled, heads: pair, weights: undefined, corrector: 0.3 };
  const size = n * d;

  /** [drift, covariance of the noise at every two coordinates], in the mean over the samples. */
  const moments = (given: Homogenized): [Float64Array, Float64Array] => {
    const model = homogenized(given);
    const field = model.plan(n);
    const out = new Float64Array(size);
    const drift = new Float64Array(size);
    const covariance = new Float64Array(size * size);
    for (let step = 0; step < 4; step++) {
      field.redraw?.(0, step);
      field.freeze(cloud);
      field.increment(1, new Float64Array(2), out);
      for (let i = 0; i < size; i++) drift[i] += out[i] / 4;
      for (const k of [0, 1]) {
        const unit = new Float64Array(2);
        unit[k] = 1;
        field.increment(0, unit, out);
        out.forEach((v, i) => out.forEach((u, j) => (covariance[i * size + j] += (v * u) / 4)));
      }
    }
    return [drift, covariance];
  };

  it.each(["ambient", "tangent"] as const)(
    "have drift, corrector and noise of their law in the mean, %s layers",
    (layerStep) => {
      const [drift, noise] = moments({ ...options, layerStep });
      const fresh = moments({ ...options, layerStep, heads: rule });
      expect(homogenized({ ...options, heads: rule }).redrawn).toBe(true);
      expect(distance(fresh[0], drift)).toBeLessThan(1e-14);
      expect(distance(fresh[1], noise)).toBeLessThan(1e-14);
      expect(Math.max(...noise)).toBeGreaterThan(0.01);
    },
  );

  it("of integrated values with a mean do so as well, and are two at least", () => {
    const keys = pair.map(({ A }) => A);
    const values = { sigmaV: 0, meanV };
    const tangent = { ...options, layerStep: "tangent" as const };
    const along = (atoms: typeof keys | { count: number; redraw(p: number, s: number): typeof keys }) => {
      const model = homogenized({ ...tangent, heads: { ...values, atoms } });
      const field = model.plan(n);
      const sum = new Float64Array(size);
      const out = new Float64Array(size);
      for (let step = 0; step < 4; step++) {
        field.redraw?.(0, step);
        field.freeze(cloud);
        field.increment(1, new Float64Array(model.channels), out);
        for (let i = 0; i < size; i++) sum[i] += out[i] / 4;
      }
      return sum;
    };
    const redraw = (_path: number, step: number) => [keys[step % 2], keys[(step >> 1) % 2]];
    expect(distance(along({ count: 2, redraw }), along(keys))).toBeLessThan(1e-14);
    const single = { count: 1, redraw: () => [pair[0]] };
    expect(() => homogenized({ ...options, heads: single })).toThrow(/at least two heads/);
    expect(() => homogenized({ ...options, weights: [0.5, 0.5], heads: rule })).toThrow(
      /^weights: heads drawn/,
    );
  });

  it("are a function of path and step, and no layer of the transformer nor the fixed atoms", () => {
    const { redraw } = freshHeads(law, 3);
    const first = (path: number, step: number) => redraw(path, step)[0].V[0];
    expect(first(1, 2)).toBe(first(1, 2));
    const layer = blankHead(law);
    sampleHead(law, 0, 0, 0, layer);
    const all = [first(0, 0), first(0, 1), first(1, 0), layer.V[0], drawHeads(law, 1)[0].V[0]];
    expect(new Set(all).size).toBe(5);
  });
});

describe("without noise", () => {
  const quiet = { eta: 0.3, heads: Infinity };
  it.each([sampled, integrated])("there are no channels, and the drift is the same", (options) => {
    const still: Homogenized = { ...options, clock: quiet, corrector: 0.3, layerStep: "tangent" };
    const model = homogenized(still);
    expect(model.channels).toBe(0);
    const drift = evaluate(still, (f, out) => f.increment(1, new Float64Array(0), out));
    const loud = { ...still, clock: { eta: 0.3, heads: 1 } };
    const same = evaluate(loud, (f, out) =>
      f.increment(1, new Float64Array(homogenized(loud).channels), out),
    );
    expect(distance(drift, same)).toBeLessThan(1e-15);
    const zero = evaluate(still, (f, out) => f.correction(out.fill(1)));
    expect(Math.max(...zero.map(Math.abs))).toBe(0);
  });
});
