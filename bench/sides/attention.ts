import { gaussianAttention } from "commonnoise";
import { chooseBarycentres, type AttentionSums } from "../../src/models/attention/choose-barycentres.js";
import { numbers, serve } from "./serve.js";

/** Our field of one step: n, d, M, how the sums are done, and the row whose numbers are shown beside the first. */
const [n, d, M] = process.argv.slice(2, 5).map(Number);
const [sums, rows = n] = process.argv.slice(5);
const points = numbers(1, n * d);
for (let o = 0; o < n * d; o += d) {
  const norm = Math.sqrt(points.subarray(o, o + d).reduce((sum, v) => sum + v * v, 0));
  for (let a = o; a < o + d; a++) points[a] /= norm;
}
const keys = numbers(2, M * d * d).map((v) => v / Math.sqrt(d));
const law = { count: n, dimension: d, points, weights: new Float64Array(n).fill(1 / n) };
const field = gaussianAttention({
  dimension: d,
  beta: 1,
  sigmaV: 1,
  atoms: Array.from({ length: M }, (_, m) => keys.subarray(m * d * d, (m + 1) * d * d)),
  barycentres: chooseBarycentres(sums as AttentionSums),
}).plan(n);
const increments = numbers(3, M * d * d);
const out = new Float64Array(n * d);

const run = (): void => {
  field.freeze(law);
  field.increment(0, increments, out);
};

serve({
  run,
  check() {
    run();
    const last = d * (Number(rows) - 1);
    return [...out.subarray(0, d), ...out.subarray(last, last + d)];
  },
});
