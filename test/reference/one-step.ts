import { readFileSync } from "node:fs";
import { gaussianAttention } from "../../src/models/attention/gaussian-attention.js";
import type { Barycentres } from "../../src/models/attention/barycentres.js";
import { measure } from "../../src/sphere/measure.js";
import type { Interval, Measure, Model } from "../../src/types.js";

type Rows = number[][];

interface RawCase {
  d: number;
  n: number;
  M: number;
  beta: number;
  sigmaV: number;
  h: number;
  atoms: Rows[];
  points: Rows;
  weights: number[];
  dW: number[];
  area: Rows;
  barycentres: Rows[];
  increment: Rows;
  correction: Rows;
  derivative_along_increment: Rows;
  bracket: Rows;
  euler_maruyama: Rows;
  milstein_no_area: Rows;
  milstein: Rows;
  flow: Rows;
}

export interface OneStepCase extends RawCase {
  label: string;
  law: Measure;
  interval: Interval;
  model(barycentres?: (n: number, d: number, M: number, beta: number) => Barycentres): Model;
}

/** The cases of one-step.json with the law, the interval and the model made from each. */
export function oneStepCases(): OneStepCase[] {
  const file = JSON.parse(readFileSync(new URL("./one-step.json", import.meta.url), "utf8")) as { cases: RawCase[] };
  return file.cases.map((c) => ({
    ...c,
    label: `d=${c.d}, n=${c.n}, M=${c.M}`,
    law: measure(c.points, c.weights),
    interval: {
      path: 0,
      step: 0,
      time: 0,
      dt: c.h,
      dW: Float64Array.from(c.dW),
      area: Float64Array.from(c.area.flat()),
    },
    model: (barycentres) =>
      gaussianAttention({
        dimension: c.d,
        beta: c.beta,
        sigmaV: c.sigmaV,
        atoms: c.atoms.map((A) => Float64Array.from(A.flat())),
        ...(barycentres && { barycentres }),
      }),
  }));
}

/** Largest absolute difference between an array and rows of numbers. */
export function distance(got: Float64Array, want: Rows): number {
  const flat = want.flat();
  if (flat.length !== got.length) throw new Error(`${got.length} numbers against ${flat.length}`);
  return got.reduce((s, v, i) => Math.max(s, Math.abs(v - flat[i])), 0);
}
