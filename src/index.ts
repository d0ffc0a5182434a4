/** The whole library: everything of `commonnoise/core`, and results as ndarrays, which compile code as they are made. */
export * from "./core.js";

// Arrays
export { arrayEnsemble, type ArrayEnsemble } from "./arrays/ensemble.js";
export { areasOf, incrementsOf } from "./arrays/tables.js";
export { arrayOf, nestedOf, type NestedNumbers } from "./arrays/nested.js";
export { coefficientsOf, valuesOf, type DensityNow } from "./arrays/coefficients.js";
export { differenceOf, distanceOf, normOf } from "./arrays/compare.js";
export { keepStates, type KeptStates } from "./arrays/states.js";
export { pointsOf, weightsOf } from "./arrays/points.js";
export { seriesOf, timesOf, type ObservedSeries } from "./arrays/series.js";
export { run, type FinalArrays, type RunResult } from "./arrays/run.js";
