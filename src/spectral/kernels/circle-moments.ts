import { circleLayout } from "./circle-layout.js";
import { WINDOW, type TiltMoments } from "./tilt-kernel.js";

/** e^{k cos t} = I_0(k) + 2 sum_l I_l(k) cos l t: coefficients carry the two. */
export function circleMoments(lmax: number, blocks: number): TiltMoments {
  const points = new Float64Array(2 * WINDOW);
  const strengths = new Float64Array(4 * blocks * WINDOW);
  const coefficients = new Float64Array(circleLayout.length(lmax, blocks));
  let degree = 0;

  const add = (j: number, block: number): void => {
    const x = points[2 * j];
    const y = points[2 * j + 1];
    const from = 4 * (blocks * j + block);
    const g0 = strengths[from];
    const g1 = strengths[from + 1];
    const g2 = strengths[from + 2];
    const g3 = strengths[from + 3];
    let at = 8 * block * (degree + 1);
    let c = 1;
    let s = 0;
    for (let l = 0; l <= degree; l++) {
      coefficients[at] += c * g0;
      coefficients[at + 1] += s * g0;
      coefficients[at + 2] += c * g1;
      coefficients[at + 3] += s * g1;
      coefficients[at + 4] += c * g2;
      coefficients[at + 5] += s * g2;
      coefficients[at + 6] += c * g3;
      coefficients[at + 7] += s * g3;
      at += 8;
      const turned = c * x - s * y;
      s = c * y + s * x;
      c = turned;
    }
  };

  return {
    points,
    strengths,
    coefficients,
    begin(most) {
      degree = most;
      coefficients.fill(0);
    },
    enter(count) {
      for (let j = 0; j < count; j++) for (let block = 0; block < blocks; block++) add(j, block);
    },
    finish() {
      for (let block = 0; block < blocks; block++) {
        const first = 8 * block * (degree + 1);
        for (let i = first + 8; i < first + 8 * (degree + 1); i++) coefficients[i] *= 2;
      }
    },
  };
}
