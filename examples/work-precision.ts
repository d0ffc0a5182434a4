/**
 * Error against seconds, of every solver on one problem: gaussian attention with two key matrices, two bumps, one path of the
 * common noise with its Lévy areas. The error is the root mean square over harmonic moments l <= 4 at the horizon, against
 * characteristics of higher degree on much finer steps.
 *
 * The density and its characteristics have the error of the step alone, of order one with areas. n random tokens have that
 * of the sample as well, n^{-1/2}, and take just as many steps as leave the step's error below it: in proportion to n for
 * Euler–Maruyama and the transformer, which are of order 1/2, to its root for the others. The transformer's layers have the
 * two key matrices, and take their values from the same path: V = sigma_V dW / sqrt(h), eta = sqrt(h H).
 *
 * Runs about five minutes: npm run -s build && node dist/examples/work-precision.js > figure.svg
 */
import { pathToFileURL } from "node:url";
import {
  characteristics,
  drawAtoms,
  eulerMaruyama,
  fokkerPlanck,
  gaussianAttention,
  logOde,
  milstein,
  particles,
  pathNoise,
  planHarmonics,
  planSphere,
  reached,
  simulate,
  stream,
  tableNoise,
  transformer,
  vmfMixture,
  workPrecisionPlot,
  type CommonNoise,
  type Evolution,
  type Measure,
  type Scheme,
} from "commonnoise";

const SEED = "work and precision";
const HORIZON = 0.25;
const HEADS = 2;
const SIGMA = 1 / Math.sqrt(3);
const DEGREES = 4;

export interface WorkPrecision {
  /** Steps of the noise's finest grid, and of the reference. */
  readonly finest: number;
  /** Degree of the reference; that of density and characteristics is `degree`. */
  readonly referenceDegree: number;
  readonly degree: number;
  /** Steps of the density and of its characteristics. */
  readonly steps: readonly number[];
  /** Sizes of the clouds. */
  readonly tokens: readonly number[];
  /** Independent clouds of tokens. */
  readonly repetitions: number;
}

/**
 * Tokens from which on a second step pays, for schemes of strong order 1/2 and 1: there the error of a single step is about
 * half that of the sample (0.007, 0.001 against 0.3 n^{-1/2}).
 */
const SECOND_STEP = { half: 2 ** 10, one: 2 ** 15 };

/** Error and seconds of one method at its levels. */
export interface Curve {
  readonly label: string;
  readonly seconds: readonly number[];
  readonly error: readonly number[];
  readonly low?: readonly number[];
  readonly high?: readonly number[];
}

export function workPrecision(options: WorkPrecision): readonly Curve[] {
  const { finest, referenceDegree, degree, steps, tokens, repetitions } = options;
  const atoms = drawAtoms(SEED, HEADS, 3, SIGMA);
  const model = gaussianAttention({ dimension: 3, beta: 1, sigmaV: SIGMA, atoms });
  const law = vmfMixture(3, [
    { weight: 0.6, kappa: 2, mean: [0.6, 0.64, 0.48] },
    { weight: 0.4, kappa: 2, mean: [0, -0.6, 0.8] },
  ]);
  const noise = pathNoise({ seed: SEED, channels: model.channels, horizon: HORIZON, steps: finest })(0);
  const harmonics = planHarmonics(3, DEGREES);
  const momentsOf = (measure: Measure): Float64Array => {
    const moments = new Float64Array(harmonics.size);
    harmonics.moments(measure, moments);
    return moments;
  };

  /** Moments at the horizon, and the seconds it took from the start. The path is on its grid before the clock starts. */
  const solve = (evolution: Evolution, count: number) => {
    const path = onGrid(noise, count);
    const begin = performance.now();
    reached(simulate({ evolution, noise: path, steps: count, every: count }));
    const seconds = (performance.now() - begin) / 1000;
    return { moments: momentsOf(evolution.law), seconds };
  };

  const characteristicsOf = (lmax: number): Evolution =>
    characteristics({ model, scheme: logOde, transform: planSphere({ lmax }), density: law });
  const truth = solve(characteristicsOf(referenceDegree), finest).moments;
  const errorOf = ({ moments }: { moments: Float64Array }): number =>
    Math.sqrt(moments.reduce((sum, v, q) => sum + (v - truth[q]) ** 2, 0) / moments.length);

  const deterministic = (label: string, evolution: Evolution): Curve => {
    solve(evolution, steps[0]); // once to warm up
    const found = steps.map((count) => solve(evolution, count));
    return { label, seconds: found.map(({ seconds }) => seconds), error: found.map(errorOf) };
  };

  /** Clouds of independent tokens. */
  const random = (label: string, stepsOf: (n: number) => number, cloud: Cloud): Curve => {
    solve(cloud(startOf(tokens[0], 0), 1), 1);
    const found = tokens.map((n) => {
      const count = stepsOf(n);
      return Array.from({ length: repetitions }, (_, r) => solve(cloud(startOf(n, r), count), count));
    });
    const squares = found.map((clouds) => clouds.map((one) => errorOf(one) ** 2));
    const bounds = squares.map(intervalOfRoot);
    return {
      label,
      seconds: found.map((clouds) => mean(clouds.map(({ seconds }) => seconds))),
      error: squares.map((all) => Math.sqrt(mean(all))),
      low: bounds.map(([low]) => low),
      high: bounds.map(([, high]) => high),
    };
  };

  const source = stream(SEED, "initial");
  const startOf = (n: number, repetition: number): Measure => law.sample(n, source, repetition);
  const tokensBy =
    (scheme: Scheme): Cloud =>
    (initial) =>
      particles({ model, scheme, initial });

  const layersOf: Cloud = (initial, layers) => {
    const h = HORIZON / layers;
    const increment = new Float64Array(model.channels);
    return transformer({
      heads: {
        name: "keys of the model, values of the path",
        dimension: 3,
        sample(_path, layer, head, V, A) {
          noise.increment(layers, layer, increment);
          for (let e = 0; e < 9; e++) V[e] = (SIGMA * increment[9 * head + e]) / Math.sqrt(h);
          A.set(atoms[head]);
        },
      },
      headsPerLayer: HEADS,
      eta: Math.sqrt(h * HEADS),
      beta: 1,
      initial,
    });
  };

  return [
    deterministic(
      `density, degree ${degree}`,
      fokkerPlanck({ model, transform: planSphere({ lmax: degree }), density: law, scheme: "flow" }),
    ),
    deterministic(`characteristics, degree ${degree}`, characteristicsOf(degree)),
    random("tokens, log-ODE", orderOne, tokensBy(logOde)),
    random("tokens, Milstein", orderOne, tokensBy(milstein)),
    random("tokens, Euler–Maruyama", orderHalf, tokensBy(eulerMaruyama)),
    random("transformer", orderHalf, layersOf),
  ];
}

/** The power of two that is nearest from below, as the path's grids want it. */
const powerBelow = (x: number): number => 2 ** Math.floor(Math.log2(Math.max(1, x)));
const orderHalf = (n: number): number => powerBelow(n / SECOND_STEP.half);
const orderOne = (n: number): number => powerBelow(Math.sqrt(n / SECOND_STEP.one));

/** The evolution of a cloud over so many steps. */
type Cloud = (initial: Measure, steps: number) => Evolution;

/** Increments and areas of one path on a coarser grid, composed beforehand. */
function onGrid(noise: CommonNoise, steps: number): CommonNoise {
  const K = noise.channels;
  const rows = Array.from({ length: steps }, (_, step) => {
    const [increment, area] = [new Float64Array(K), new Float64Array(K * K)];
    noise.increment(steps, step, increment);
    noise.area?.(steps, step, area);
    return { increment, area };
  });
  return tableNoise(
    rows.map(({ increment }) => increment),
    noise.horizon,
    rows.map(({ area }) => area),
  );
}

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

/** Two standard errors about the mean of squares, as roots. */
function intervalOfRoot(squares: readonly number[]): readonly [number, number] {
  const centre = mean(squares);
  const variance = mean(squares.map((v) => (v - centre) ** 2)) / (squares.length - 1);
  const width = 2 * Math.sqrt(variance);
  return [Math.sqrt(Math.max(0, centre - width)), Math.sqrt(centre + width)];
}

export const figure = (curves: readonly Curve[]): string =>
  workPrecisionPlot({
    title: "Error against time, given the noise",
    xLabel: "seconds on one core",
    yLabel: "error of harmonic moments, l ≤ 4",
    series: curves.map(({ seconds, ...curve }) => ({ x: seconds, ...curve })),
  });

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const curves = workPrecision({
    finest: 512,
    referenceDegree: 15,
    degree: 11,
    steps: [1, 2, 4, 8, 16, 32, 64],
    tokens: [64, 256, 1024, 4096, 16384, 65536],
    repetitions: 8,
  });
  console.log(figure(curves));
}
