import { planSphere } from "commonnoise";
import { serve } from "./serve.js";

/** Our transform of one field: lmax, synthesis or analysis, and the grid. */
const [lmax, kind, grid] = process.argv.slice(2);
const L = Number(lmax);
const transform = planSphere(grid === "tight" ? { lmax: L, nlat: L + 1, nlon: 2 * L + 1 } : { lmax: L });
const { size, count, degrees, orders, latitudes, longitudes } = transform;
const coefficients = new Float64Array(size);
const values = new Float64Array(count);

const begin = (): void => {
  for (let q = 0; q < size; q++) {
    const [l, m] = [degrees[q], orders[q]];
    coefficients[q] = m < 0 ? 0 : Math.sin(1 + 0.3 * l + 0.7 * m) / (1 + l);
  }
  transform.synthesis(coefficients, values);
};
begin();

serve({
  run: () =>
    kind === "analysis"
      ? transform.analysis(values, coefficients)
      : transform.synthesis(coefficients, values),
  check() {
    begin();
    if (kind === "synthesis") return Array.from({ length: latitudes }, (_, j) => values[j * longitudes]);
    transform.analysis(values, coefficients);
    return coefficients.filter((_, q) => orders[q] === 0);
  },
});
