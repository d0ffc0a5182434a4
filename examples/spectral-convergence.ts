/**
 * Spectral convergence of the density: the distance in L^2 of the density, pushed forward by the frozen-field flow, from
 * its characteristics under the same noise falls exponentially in the highest degree lmax. Gaussian attention, two bumps.
 *
 * Runs under a minute: npm run -s build && node dist/examples/spectral-convergence.js > figure.svg
 */
import { pathToFileURL } from "node:url";
import { chart, drawAtoms, gaussianAttention, vmfMixture } from "commonnoise";
import { densityConvergence } from "../src/validation/density-convergence.js";

export function spectralConvergence(dimension: 2 | 3, degrees: readonly number[], substeps: number) {
  const sigma = 1 / Math.sqrt(dimension);
  return densityConvergence({
    model: gaussianAttention({
      dimension,
      beta: 1,
      sigmaV: sigma,
      atoms: drawAtoms("density", 1, dimension, sigma),
    }),
    initial: vmfMixture(dimension, [
      { weight: 0.6, kappa: 2, mean: [0, 0, 1].slice(3 - dimension) },
      { weight: 0.4, kappa: 2, mean: [1, 0, 0].slice(0, dimension) },
    ]),
    horizon: dimension === 2 ? 1 / 16 : 1 / 64,
    steps: dimension === 2 ? 4 : 2,
    substeps,
    degrees,
    reference: dimension === 2 ? 85 : 29,
  });
}

export const figure = (
  curves: readonly { readonly label: string; readonly points: readonly { lmax: number; error: number }[] }[],
): string =>
  chart({
    title: "The density against its characteristics",
    x: { label: "highest degree lmax" },
    y: { label: "distance in L² at the horizon", scale: "log" },
    legend: "top",
    marks: curves.flatMap(({ label, points }, series) => {
      const [x, y] = [points.map(({ lmax }) => lmax), points.map(({ error }) => error)];
      return [
        { kind: "line", series, x, y, label },
        { kind: "points", series, x, y, label },
      ] as const;
    }),
  });

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const circle = spectralConvergence(2, [4, 7, 10, 13, 16, 19, 22, 25, 28], 64);
  const sphere = spectralConvergence(3, [3, 5, 7, 9, 11, 14, 17], 16);
  console.log(
    figure([
      { label: "circle", points: circle.points },
      { label: "sphere", points: sphere.points },
    ]),
  );
}
