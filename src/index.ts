/** The library: one explicit list of what is public, pinned by a test. */

// Interfaces
export type {
  Calculus,
  CommonNoise,
  Diagnostics,
  Evolution,
  Field,
  HarmonicTransform,
  Interval,
  Manifold,
  Measure,
  Model,
  Observable,
  Scheme,
  Stepper,
  Stream,
} from "./types.js";

// Measures
export { copyMeasure, measure, pointsOf, weightsOf, type PointsLike } from "./sphere/measure.js";

// Randomness
export { brownian, type BrownianOptions } from "./noise/brownian.js";
export { iteratedIntegrals } from "./noise/chen.js";
export { correlated, covarianceFactor } from "./noise/correlated.js";
export { fourierArea } from "./noise/areas/fourier.js";
export { milsteinArea } from "./noise/areas/milstein.js";
export { mrongowiusRoesslerArea } from "./noise/areas/mrongowius-roessler.js";
export { termsNeeded } from "./noise/areas/terms-needed.js";
export { wiktorssonArea } from "./noise/areas/wiktorsson.js";
export type { AreaMethod } from "./noise/areas/method.js";
export { recorded } from "./noise/recorded.js";
export { silent } from "./noise/silent.js";
export { stream } from "./noise/stream.js";
export { tableNoise } from "./noise/table.js";

// Harmonics
export { planCircle } from "./spectral/circle-transform.js";
export { planHarmonics } from "./spectral/harmonics.js";
export { planSphere } from "./spectral/sphere-transform.js";

// Initial laws
export { densityOfTokens } from "./laws/density-of-tokens.js";
export { harmonicLaw } from "./laws/harmonic-density.js";
export type { InitialLaw } from "./laws/law.js";
export { pointsLaw } from "./laws/points.js";
export { simplexLaw } from "./laws/simplex.js";
export { uniformLaw } from "./laws/uniform.js";
export { vmfMixture, type VmfComponent } from "./laws/vmf-mixture.js";

// Observables
export { clusterCount } from "./observables/cluster-count.js";
export { densityDistance } from "./observables/density-distance.js";
export { harmonicMoment } from "./observables/harmonic-moment.js";
export { meanOverlap } from "./observables/mean-overlap.js";
export { orderParameter } from "./observables/order-parameter.js";
export { overlap } from "./observables/overlap.js";
export { projections } from "./observables/projections.js";
export { slicedWasserstein } from "./observables/sliced-wasserstein.js";
export { wasserstein } from "./observables/wasserstein.js";
export { zonalMoment } from "./observables/zonal-moment.js";

// Models
export { affine, type Affine, type AffineField } from "./models/gallery/affine.js";
export { brownianRotations } from "./models/gallery/brownian-rotations.js";
export { commutes } from "./models/commutes.js";
export { defineModel, type ModelDefinition, type PointwiseField } from "./models/define-model.js";
export {
  gaussianAttention,
  type Atoms,
  type GaussianAttention,
} from "./models/attention/gaussian-attention.js";
export { drawAtoms, gaussianHeads, type HeadLaw } from "./models/heads/gaussian-heads.js";
export { givenHeads } from "./models/heads/given-heads.js";
export { independentHeads } from "./models/heads/independent-heads.js";
export { independentPerceptron } from "./models/heads/perceptron.js";
export { homogenized, type Homogenized } from "./models/attention/homogenized.js";
export { iteratedIntegral } from "./models/gallery/iterated-integral.js";
export { noisyAttention } from "./models/attention/noisy-attention.js";
export { randomQuadraticForm } from "./models/gallery/random-quadratic-form.js";
export { rotation } from "./models/gallery/rotation.js";
export { sphericalBrownian } from "./models/gallery/spherical-brownian.js";
export { varianceBound, varianceProxy } from "./models/attention/variance-proxy.js";

// Solvers
export { characteristics } from "../solvers/characteristics.js";
export { continued } from "../solvers/density/continued.js";
export { eulerMaruyama } from "../solvers/schemes/euler-maruyama.js";
export { fokkerPlanck, type DensityEvolution } from "../solvers/density/fokker-planck.js";
export { heun } from "../solvers/schemes/heun.js";
export { logOde, logOdeWith } from "../solvers/schemes/log-ode.js";
export { milstein } from "../solvers/schemes/milstein.js";
export { driftFlow, solveOde } from "../solvers/ode.js";
export { particles } from "../solvers/particles.js";
export { wantsArea, type AreaChoice } from "../solvers/area.js";
export { pathNoise, pathwise } from "../solvers/pathwise.js";
export { simulate, type Simulation, type Trajectory } from "../solvers/simulate.js";
export { transformer } from "../solvers/transformer.js";

// Studies
export { studyAgreement } from "./studies/agreement.js";
export { studyPropagationOfChaos } from "./studies/propagation-of-chaos.js";
export { regime } from "./studies/regime.js";
export { studyStrong } from "./studies/strong.js";
export { studyWeak } from "./studies/weak.js";

// Plots
export { chart } from "./plots/chart.js";
export { convergencePlot, workPrecisionPlot } from "./plots/convergence-plot.js";
export { observablesPlot } from "./plots/observables-plot.js";
export { panels } from "./plots/panels.js";
export { sphereMap, sphereMaps } from "./plots/sphere-map.js";

// A configuration, as the command line reads it
export { parseConfig } from "./config/parse-config.js";
export { runNumbers as run, type RunNumbers as RunResult } from "./experiments/run.js";
