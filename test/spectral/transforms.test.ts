import { describe, expect, it } from "vitest";
import { planCircle } from "../../src/spectral/circle-transform.js";
import { circleIndex, index, laplacianEigenvalue } from "../../src/spectral/kernels/harmonic-index.js";
import { rotateCoefficients } from "../../src/spectral/rotate-coefficients.js";
import { planSphere } from "../../src/spectral/sphere-transform.js";
import type { TensorTransform } from "../../src/spectral/tensor-transform.js";
import { fixedNumbers, harmonicByAngles, harmonicGradient, harmonicMatrix } from "./reference-transform.js";

const EPS = Number.EPSILON;
const largest = (a: Float64Array, b: Float64Array | number[]): number =>
  a.reduce((worst, v, i) => Math.max(worst, Math.abs(v - b[i])), 0);
const plans: [string, (lmax: number) => TensorTransform][] = [
  ["sphere", (lmax) => planSphere({ lmax })],
  ["circle", (lmax) => planCircle({ lmax })],
];

describe("round trip", () => {
  it.each([31, 63, 127, 255])("on the sphere within 3e-15 sqrt(L + 1), L = %i", (lmax) => {
    const sphere = planSphere({ lmax });
    const coefficients = fixedNumbers(sphere.size, lmax);
    const values = new Float64Array(sphere.count);
    const back = new Float64Array(sphere.size);
    sphere.synthesis(coefficients, values);
    sphere.analysis(values, back);
    expect(largest(back, coefficients)).toBeLessThan(3e-15 * Math.sqrt(lmax + 1));
  });

  it("holds on the coarsest grids too", () => {
    for (const lmax of [1, 4, 31, 63]) {
      const sphere = planSphere({ lmax, nlat: lmax + 1, nlon: 2 * lmax + 1 });
      const coefficients = fixedNumbers(sphere.size, 7);
      const values = new Float64Array(sphere.count);
      const back = new Float64Array(sphere.size);
      sphere.synthesis(coefficients, values);
      sphere.analysis(values, back);
      expect(largest(back, coefficients)).toBeLessThan(3e-15 * Math.sqrt(lmax + 1));
    }
  });

  it.each([31, 255])("on the circle, L = %i", (lmax) => {
    const circle = planCircle({ lmax });
    const coefficients = fixedNumbers(circle.size, lmax);
    const values = new Float64Array(circle.count);
    const back = new Float64Array(circle.size);
    circle.synthesis(coefficients, values);
    circle.analysis(values, back);
    expect(largest(back, coefficients)).toBeLessThan(3e-15 * Math.sqrt(lmax + 1));
  });
});

describe.each(plans)("%s transform", (name, plan) => {
  const transform = plan(9);
  const { dimension: d, size, count, nodes, weights, lmax } = transform;
  const matrix = harmonicMatrix(transform);
  const node = (i: number): number[] => Array.from(nodes.slice(d * i, d * i + d));

  it("has unit nodes and weights that sum to the area", () => {
    for (let i = 0; i < count; i++) expect(Math.abs(Math.hypot(...node(i)) - 1)).toBeLessThan(4 * EPS);
    const area = d === 3 ? 4 * Math.PI : 2 * Math.PI;
    expect(Math.abs(weights.reduce((s, w) => s + w, 0) / area - 1)).toBeLessThan(count * EPS);
  });

  it("pins the first harmonics: Y_11 is x, Y_1-1 is y, Y_10 is z, with positive factors", () => {
    const at = (l: number, m: number): Float64Array => {
      const coefficients = new Float64Array(size);
      coefficients[d === 3 ? index(l, m) : circleIndex(l, m)] = 1;
      const values = new Float64Array(count);
      transform.synthesis(coefficients, values);
      return values;
    };
    const factor = Math.sqrt(d === 3 ? 3 / (4 * Math.PI) : 1 / Math.PI);
    const coordinate = (a: number): number[] =>
      Array.from({ length: count }, (_, i) => factor * nodes[d * i + a]);
    expect(largest(at(1, 1), coordinate(0))).toBeLessThan(8 * EPS);
    expect(largest(at(1, -1), coordinate(1))).toBeLessThan(8 * EPS);
    if (d === 3) expect(largest(at(1, 0), coordinate(2))).toBeLessThan(8 * EPS);
    // m swapped, or a Condon-Shortley sign, would be seen
    expect(largest(at(1, 1), coordinate(1))).toBeGreaterThan(0.1);
    expect(
      largest(
        at(1, 1),
        coordinate(0).map((v) => -v),
      ),
    ).toBeGreaterThan(0.1);
  });

  it("agrees with the dense reference matrices", () => {
    const coefficients = fixedNumbers(size, 3);
    const values = new Float64Array(count);
    transform.synthesis(coefficients, values);
    const dense = matrix.map((row) => row.reduce((s, y, k) => s + y * coefficients[k], 0));
    expect(largest(values, dense)).toBeLessThan(1e-13);
    const field = fixedNumbers(count, 4);
    const analysed = new Float64Array(size);
    transform.analysis(field, analysed);
    const denseBack = Array.from({ length: size }, (_, k) =>
      matrix.reduce((s, row, i) => s + row[k] * field[i] * weights[i], 0),
    );
    expect(largest(analysed, denseBack)).toBeLessThan(1e-13);
  });

  it("has the identity as Gram matrix", () => {
    const single = new Float64Array(size);
    const values = new Float64Array(count);
    const gram = new Float64Array(size);
    for (let k = 0; k < size; k++) {
      single.fill(0);
      single[k] = 1;
      transform.synthesis(single, values);
      transform.analysis(values, gram);
      expect(largest(gram, single)).toBeLessThan(30 * EPS);
    }
  });

  it("analyses products of two functions without aliasing", () => {
    const finer = plan(3 * lmax);
    const [a, b] = [fixedNumbers(size, 5), fixedNumbers(size, 6)];
    const product = (t: TensorTransform): Float64Array => {
      const pad = (c: Float64Array): Float64Array => {
        const padded = new Float64Array(t.size);
        padded.set(c);
        return padded;
      };
      const [u, v] = [new Float64Array(t.count), new Float64Array(t.count)];
      t.synthesis(pad(a), u);
      t.synthesis(pad(b), v);
      const out = new Float64Array(t.size);
      t.analysis(
        u.map((value, i) => value * v[i]),
        out,
      );
      return out.slice(0, size);
    };
    expect(largest(product(transform), product(finer))).toBeLessThan(1e-12);
  });

  it("differentiates: gradients agree with differences and are tangent", () => {
    const out = new Float64Array(d * count);
    const single = new Float64Array(size);
    for (const k of [0, 1, 2, 3, Math.floor(size / 2), size - 2, size - 1]) {
      single.fill(0);
      single[k] = 1;
      transform.gradient(single, out);
      for (let i = 0; i < count; i += 7) {
        const x = node(i);
        const expected = harmonicGradient(transform.degrees[k], transform.orders[k], x);
        const found = out.slice(d * i, d * i + d);
        // fourth-order differences at 1e-5: rounding 1e-16 / 1e-5, a few times over
        expect(largest(found, expected)).toBeLessThan(1e-9);
        expect(Math.abs(found.reduce((s, v, a) => s + v * x[a], 0))).toBeLessThan(1e-13);
      }
    }
  });

  it("div grad is the Laplacian with eigenvalues -l (l + d - 2)", () => {
    const coefficients = fixedNumbers(size, 8);
    const field = new Float64Array(d * count);
    const out = new Float64Array(size);
    transform.gradient(coefficients, field);
    transform.divergence(field, out);
    const expected = coefficients.map((c, k) => c * laplacianEigenvalue(d, transform.degrees[k]));
    expect(largest(out, expected)).toBeLessThan(1e-14 * lmax * lmax);
    expect(out[0] === 0).toBe(true);
    expect(laplacianEigenvalue(3, 2)).toBe(-6);
    expect(laplacianEigenvalue(2, 3)).toBe(-9);
    expect(laplacianEigenvalue(8, 1)).toBe(-7);
  });

  it("divergence is the exact adjoint of the gradient, mean zero for any field", () => {
    const raw = fixedNumbers(d * count, 9);
    const out = new Float64Array(size);
    transform.divergence(raw, out);
    expect(out[0] === 0).toBe(true);
    const gradient = new Float64Array(d * count);
    const single = new Float64Array(size);
    for (let k = 0; k < size; k += 5) {
      single.fill(0);
      single[k] = 1;
      transform.gradient(single, gradient);
      let pairing = 0;
      for (let i = 0; i < d * count; i++) pairing -= gradient[i] * raw[i] * weights[Math.floor(i / d)];
      expect(Math.abs(out[k] - pairing)).toBeLessThan(1e-13 * lmax);
    }
  });

  it("div div of rho P is the Laplacian of rho, and of rho v v^T what two divergences give", () => {
    const coefficients = fixedNumbers(size, 10);
    const rho = new Float64Array(count);
    transform.synthesis(coefficients, rho);
    const tensor = new Float64Array(d * d * count);
    for (let i = 0; i < count; i++)
      for (let a = 0; a < d; a++)
        for (let b = 0; b < d; b++)
          tensor[(i * d + a) * d + b] = rho[i] * ((a === b ? 1 : 0) - nodes[d * i + a] * nodes[d * i + b]);
    const out = new Float64Array(size);
    transform.tensorDivergence(tensor, out);
    const expected = coefficients.map((c, k) => c * laplacianEigenvalue(d, transform.degrees[k]));
    expect(largest(out, expected)).toBeLessThan(1e-13 * lmax * lmax);
    expect(out[0] === 0 || Math.abs(out[0]) < 1e-13).toBe(true);

    // weakly against phi: <T, Hess phi> with T = v v^T is d^2/dt^2 of phi along the geodesic from x in direction v
    const v = new Float64Array(d * count);
    const height = fixedNumbers(d, 11);
    for (let i = 0; i < count; i++) {
      const x = node(i);
      const along = x.reduce((s, c, a) => s + c * height[a], 0);
      for (let a = 0; a < d; a++) v[d * i + a] = height[a] - along * x[a];
      for (let a = 0; a < d; a++)
        for (let b = 0; b < d; b++) tensor[(i * d + a) * d + b] = v[d * i + a] * v[d * i + b];
    }
    transform.tensorDivergence(tensor, out);
    const [l, m] = [2, d === 3 ? 1 : 2];
    const step = 1e-3;
    let second = 0;
    for (let i = 0; i < count; i++) {
      const x = node(i);
      const speed = Math.hypot(...v.slice(d * i, d * i + d));
      const at = (t: number): number =>
        harmonicByAngles(
          l,
          m,
          x.map((c, a) => c * Math.cos(speed * t) + (v[d * i + a] / speed) * Math.sin(speed * t)),
        );
      const plain = (at(step) - 2 * at(0) + at(-step)) / step ** 2;
      const wide = (at(2 * step) - 2 * at(0) + at(-2 * step)) / (4 * step ** 2);
      if (speed > 1e-12) second += (weights[i] * (4 * plain - wide)) / 3;
    }
    expect(Math.abs(out[d === 3 ? index(l, m) : circleIndex(l, m)] - second)).toBeLessThan(1e-8);
  });

  it("rotates coefficients as functions turn", () => {
    const coefficients = fixedNumbers(size, 12);
    const turned = new Float64Array(size);
    const angle = 0.7;
    rotateCoefficients(transform, coefficients, angle, turned);
    const evaluate = (c: Float64Array, x: readonly number[]): number =>
      c.reduce((s, v, k) => s + v * harmonicByAngles(transform.degrees[k], transform.orders[k], x), 0);
    for (let i = 0; i < count; i += 5) {
      const x = node(i);
      const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
      const back = [cosine * x[0] + sine * x[1], cosine * x[1] - sine * x[0], ...x.slice(2)];
      expect(Math.abs(evaluate(turned, x) - evaluate(coefficients, back))).toBeLessThan(1e-12);
    }
    rotateCoefficients(transform, turned, -angle, turned);
    expect(largest(turned, coefficients)).toBeLessThan(8 * EPS);
  });

  it("refuses bad plans", () => {
    expect(() => plan(-1)).toThrow(/lmax must be a non-negative integer/);
    expect(() => plan(1.5)).toThrow(RangeError);
    expect(
      name === "sphere" ? () => planSphere({ lmax: 5, nlat: 5 }) : () => planCircle({ lmax: 5, count: 10 }),
    ).toThrow(/must be an integer >=/);
  });
});

describe("sphere transform", () => {
  it("curl grad is zero: the rotated gradient has no divergence, at degree 63", () => {
    const sphere = planSphere({ lmax: 63 });
    const field = new Float64Array(3 * sphere.count);
    const rotated = new Float64Array(3 * sphere.count);
    const out = new Float64Array(sphere.size);
    sphere.gradient(fixedNumbers(sphere.size, 13), field);
    for (let o = 0; o < field.length; o += 3) {
      const x = sphere.nodes;
      for (let a = 0; a < 3; a++) {
        const [b, c] = [(a + 1) % 3, (a + 2) % 3];
        rotated[o + a] = x[o + b] * field[o + c] - x[o + c] * field[o + b];
      }
    }
    sphere.divergence(rotated, out);
    expect(largest(out, new Float64Array(sphere.size))).toBeLessThan(1e-14 * 63 * 63);
    sphere.divergence(field, out);
    expect(largest(out, new Float64Array(sphere.size))).toBeGreaterThan(1000);
  });

  it("has a reference that is itself pinned: Y_{3,2}, Y_{3,-2} at (2, 1, 2)/3", () => {
    const x = [2 / 3, 1 / 3, 2 / 3];
    // sqrt(105/(16 pi)) (x^2 - y^2) z and sqrt(105/(4 pi)) x y z
    expect(harmonicByAngles(3, 2, x)).toBeCloseTo(Math.sqrt(105 / (16 * Math.PI)) * (3 / 9) * (2 / 3), 14);
    expect(harmonicByAngles(3, -2, x)).toBeCloseTo(Math.sqrt(105 / (4 * Math.PI)) * (2 / 9) * (2 / 3), 14);
  });
});
