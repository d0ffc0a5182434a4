import { planSolidRecursion } from "./solid-harmonics.js";
import { sphereLayout } from "./sphere-layout.js";
import { WINDOW, type TiltMoments } from "./tilt-kernel.js";

/** Latitudes whose Legendre sums are added up together: their recursions do not wait for each other. */
const RINGS = 4;

/**
 * Points one after the other of the same z are first added up order by order, strength * (x+iy)^m: on a grid that is a
 * circle of latitude, and the Legendre recursion is then run once a circle instead of once a point.
 */
export function spherePlainMoments(lmax: number, blocks: number): TiltMoments {
  const { diagonal, start, steps } = planSolidRecursion(lmax);
  const width = 4 * blocks;
  const points = new Float64Array(3 * WINDOW);
  const strengths = new Float64Array(width * WINDOW);
  const coefficients = new Float64Array(sphereLayout.length(lmax, blocks));
  const heights = new Float64Array(RINGS);
  const rings = new Float64Array(RINGS * (lmax + 1) * 2 * width);
  const q = new Float64Array(RINGS * (lmax + 1));
  let degree = 0;
  let open = -1;

  /** ring <- or += strength * (x+iy)^m of point j. */
  const gather = (j: number, ring: number, fresh: boolean): void => {
    const x = points[3 * j];
    const y = points[3 * j + 1];
    let c = 1;
    let s = 0;
    let to = ring;
    if (fresh) rings.fill(0, ring, ring + (degree + 1) * 2 * width);
    for (let m = 0; m <= degree; m++) {
      for (let r = width * j; r < width * (j + 1); r++) {
        rings[to] += c * strengths[r];
        rings[to + 1] += s * strengths[r];
        to += 2;
      }
      const turned = c * x - s * y;
      s = c * y + s * x;
      c = turned;
    }
  };

  /** Q_lm of the four latitudes, l = m..degree. */
  const recur = (m: number): void => {
    for (let ring = 0; ring < RINGS; ring++) {
      const z = heights[ring];
      let a = diagonal[m];
      let past = 0;
      let step = start[m];
      for (let t = 0; t <= degree - m; t++) {
        q[RINGS * t + ring] = a;
        const next = steps[step] * z * a - steps[step + 1] * past;
        past = a;
        a = next;
        step += 2;
      }
    }
  };

  const add = (): void => {
    const room = (degree + 1) * 2 * width;
    let first = 0;
    for (let m = 0; m <= degree; m++) {
      recur(m);
      for (let e = 0; e < 2 * width; e++) {
        const b = 2 * width * m + e;
        const b0 = rings[b];
        const b1 = rings[b + room];
        const b2 = rings[b + 2 * room];
        const b3 = rings[b + 3 * room];
        let to = first + 8 * (e >> 3) * (degree - m + 1) + (e & 7);
        for (let t = 0; t < RINGS * (degree - m + 1); t += RINGS) {
          coefficients[to] = coefficients[to] + q[t] * b0 + q[t + 1] * b1 + q[t + 2] * b2 + q[t + 3] * b3;
          to += 8;
        }
      }
      first += 2 * width * (degree - m + 1);
    }
  };

  return {
    points,
    strengths,
    coefficients,
    begin(most) {
      degree = most;
      open = -1;
      coefficients.fill(0);
    },
    enter(count) {
      const room = (degree + 1) * 2 * width;
      for (let j = 0; j < count; j++) {
        const z = points[3 * j + 2];
        const fresh = !(open >= 0 && z === heights[open]);
        if (fresh && ++open === RINGS) {
          add();
          open = 0;
        }
        heights[open] = z;
        gather(j, open * room, fresh);
      }
    },
    finish() {
      rings.fill(0, (open + 1) * (degree + 1) * 2 * width, RINGS * (degree + 1) * 2 * width);
      add();
    },
  };
}
