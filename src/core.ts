/**
 * The library without ndarrays: one explicit list of what is public, pinned by a test. Nothing in here compiles code, so a
 * page whose policy forbids that can take it alone.
 */

// Interfaces
export type {
  Calculus,
  CommonNoise,
  Diagnostics,
  Displace,
  Displacement,
  Evolution,
  Field,
  HarmonicTransform,
  Interval,
  Manifold,
  Measure,
  Model,
  Observable,
  Scheme,
  SchemeFacts,
  Stepper,
  Stream,
} from "./types.js";

// Measures
export { copyMeasure, measure, type PointsLike } from "./sphere/measure.js";
export { meanOf } from "./sphere/mean.js";
export type { MatricesLike, MatrixLike, NumbersLike, RowsLike, ShapedNumbers } from "./numerics/rows.js";

// Randomness
export { brownian, type BrownianOptions } from "./noise/brownian.js";
export { iteratedIntegrals } from "./noise/chen.js";
export { correlated, covarianceFactor } from "./noise/correlated.js";
export { fourierArea } from "./noise/areas/fourier.js";
export { milsteinArea } from "./noise/areas/milstein.js";
export { mrongowiusRoesslerArea } from "./noise/areas/mrongowius-roessler.js";
export { termsNeeded } from "./noise/areas/terms-needed.js";
export { wiktorssonArea } from "./noise/areas/wiktorsson.js";
export type { AreaMethod, AreaSampler } from "./noise/areas/method.js";
export { recorded } from "./noise/recorded.js";
export { silent } from "./noise/silent.js";
export { stream, type RowStream } from "./noise/stream.js";
export { tableNoise } from "./noise/table.js";

// Harmonics
export { planCircle } from "./spectral/circle-transform.js";
export { planHarmonics, type PointHarmonics } from "./spectral/harmonics.js";
export { planSphere, type SphereTransform } from "./spectral/sphere-transform.js";
export type { TensorTransform } from "./spectral/tensor-transform.js";

// Initial laws
export { densityOfTokens } from "./laws/density-of-tokens.js";
export { harmonicLaw } from "./laws/harmonic-density.js";
export type { InitialLaw, LawOrDensity } from "./laws/law.js";
export { pointsLaw } from "./laws/points.js";
export { simplexLaw } from "./laws/simplex.js";
export { uniformLaw } from "./laws/uniform.js";
export { vmfMixture, type VmfComponent } from "./laws/vmf-mixture.js";

// Observables
export { clusterCount } from "./observables/cluster-count.js";
export { densityDistance, type DensityDistance } from "./observables/density-distance.js";
export { harmonicMoment } from "./observables/harmonic-moment.js";
export { meanOverlap } from "./observables/mean-overlap.js";
export { orderParameter } from "./observables/order-parameter.js";
export { overlap } from "./observables/overlap.js";
export { projections } from "./observables/projections.js";
export { slicedWasserstein } from "./observables/sliced-wasserstein.js";
export { wasserstein, type Ground as GroundDistance } from "./observables/wasserstein.js";
export { zonalMoment } from "./observables/zonal-moment.js";

// Models
export { affine, type Affine } from "./models/gallery/affine.js";
export type { AffineField } from "./models/gallery/affine-field.js";
export { brownianRotations } from "./models/gallery/brownian-rotations.js";
export { checkModel, requireModel, type CheckModelOptions, type ModelReport } from "./models/check-model.js";
export type { ModelCheck } from "./models/contract-check.js";
export { commutes } from "./models/commutes.js";
export { defineModel, type ModelDefinition } from "./models/define-model.js";
export type {
  EnsembleDerivative,
  EnsembleField,
  FieldDefinition,
  PointwiseDerivative,
  PointwiseField,
  StatisticDefinition,
} from "./models/field-kinds.js";
export {
  gaussianAttention,
  type Atoms,
  type GaussianAttention,
} from "./models/attention/gaussian-attention.js";
export { drawAtoms, gaussianHeads, type HeadLaw, type GaussianHeads } from "./models/heads/gaussian-heads.js";
export { freshHeads } from "./models/heads/head.js";
export { givenHeads, type GivenHeads } from "./models/heads/given-heads.js";
export { independentHeads, type IndependentHeads } from "./models/heads/independent-heads.js";
export {
  independentPerceptron,
  type Activation,
  type IndependentPerceptron,
  type Perceptron,
  type PerceptronLaw,
} from "./models/heads/perceptron.js";
export {
  homogenized,
  type Homogenized,
  type HomogenizedClock,
  type IntegratedValues,
} from "./models/attention/homogenized.js";
export { weightedHeads, type WeightedHeads } from "./models/heads/weighted-heads.js";
export { iteratedIntegral } from "./models/gallery/iterated-integral.js";
export { noisyAttention, type NoisyAttention } from "./models/attention/noisy-attention.js";
export { randomQuadraticForm } from "./models/gallery/random-quadratic-form.js";
export { rotation } from "./models/gallery/rotation.js";
export { sphericalBrownian } from "./models/gallery/spherical-brownian.js";
export { varianceBound, varianceProxy, type VarianceProxy } from "./models/attention/variance-proxy.js";
export type { Barycentres } from "./models/attention/barycentres.js";
export type { RedrawnAtoms } from "./models/attention/plan-gaussian.js";
export type { RedrawnHeads } from "./models/attention/plan-homogenized.js";
export type { Entries as HeadEntries, EntryLaw } from "./models/heads/entries.js";
export type { ExponentialMethod } from "./models/attention/exponential-sums.js";
export type { Head } from "./models/heads/head.js";
export type { HeadMoments } from "./models/heads/law.js";
export type { LayerStep } from "./models/attention/corrector.js";

// Solvers
export { characteristics, type Characteristics } from "../solvers/characteristics.js";
export { continued, type ContinuedEvolution } from "../solvers/density/continued.js";
export { eulerMaruyama } from "../solvers/schemes/euler-maruyama.js";
export {
  fokkerPlanck,
  type DensityEvolution,
  type DensityScheme,
  type FokkerPlanck,
} from "../solvers/density/fokker-planck.js";
export type { InitialDensity } from "../solvers/density/grade.js";
export { heun } from "../solvers/schemes/heun.js";
export { logOde, logOdeWith, type LogOdeOptions } from "../solvers/schemes/log-ode.js";
export { milstein } from "../solvers/schemes/milstein.js";
export { driftFlow, solveOde, type DriftFlow, type OdeProblem, type OdeSolution } from "../solvers/ode.js";
export { particles, type Idiosyncratic, type Particles } from "../solvers/particles.js";
export {
  pathNoise,
  pathwise,
  type PathNoise,
  type PathSolution,
  type Pathwise,
} from "../solvers/pathwise.js";
export { wantsArea, type AreaChoice } from "../solvers/area.js";
export type { Start } from "../solvers/start.js";
export { reached } from "../solvers/reached.js";
export { simulate, Stopped, type Simulation, type Trajectory } from "../solvers/simulate.js";
export { transformer, type Transformer } from "../solvers/transformer.js";
export type { FilterOptions } from "../solvers/density/exponential-filter.js";
export type { GuardLevels } from "../solvers/density/guard.js";

// Studies
export { studyAgreement, type AgreementResult, type AgreementStudy } from "./studies/agreement.js";
export {
  studyPropagationOfChaos,
  type ChaosResult,
  type ChaosStudy,
} from "./studies/propagation-of-chaos.js";
export { regime, type Regime, type RegimeName, type RegimeOptions } from "./studies/regime.js";
export {
  studyStrong,
  type Solve,
  type StrongLevel,
  type StrongReference,
  type StrongResult,
  type StrongStudy,
} from "./studies/strong.js";
export {
  studyWeak,
  type SolveObservables,
  type WeakLevel,
  type WeakReference,
  type WeakResult,
  type WeakStudy,
} from "./studies/weak.js";
export type { Bounds } from "./studies/regression.js";
export type { Resampling } from "./studies/bootstrap.js";
export type { LevelError, PowerFit } from "./studies/convergence.js";
export type { StudyPaths, StudyStop } from "./studies/paths.js";

// Plots
export { chart } from "./plots/chart.js";
export {
  circleMap,
  type CircleDensity,
  type CircleMapOptions,
  type CircleMapSpec,
} from "./plots/circle-map.js";
export { convergencePlot, workPrecisionPlot, type ConvergencePlotSpec } from "./plots/convergence-plot.js";
export { observablesPlot, type ObservablesPlotSpec } from "./plots/observables-plot.js";
export { panels, type PanelOptions } from "./plots/panels.js";
export { sphereMap, sphereMaps, type SphereMapOptions, type SphereMapSpec } from "./plots/sphere-map.js";
export type { AxisSpec } from "./plots/scale.js";
export type {
  BandMark,
  ContourMark,
  HeatMark,
  LineMark,
  Mark,
  MarkStyle,
  PointsMark,
  RegionMark,
  RuleMark,
  SlopeMark,
  TextMark,
} from "./plots/marks.js";
export type { ChartSpec } from "./plots/layout.js";
export type { ColormapName } from "./plots/colormap.js";
export type { Direction } from "./plots/projection.js";
export type { ErrorSeries } from "./plots/error-series.js";
export type { ErrorStudy, ErrorStudyLevel } from "./plots/study-series.js";
export type { HarmonicDensity } from "./plots/harmonic-density.js";
export type { LatLonRaster } from "./plots/lat-lon.js";
export type { LegendPlace } from "./plots/legend.js";
export type { Marker } from "./plots/palette.js";
export type { SphereProjection } from "./plots/sphere-disc.js";
export type { Svg } from "./plots/svg.js";

// A configuration, as the command line reads it
export { ConfigError, type Fault as ConfigFault } from "./config/contract/config-error.js";
export { parseConfig } from "./config/parse-config.js";
export {
  blockNumbers,
  runBlock,
  runNumbers,
  type RunNumbers,
  type RunOptions,
  type Series as RunSeries,
} from "./experiments/run.js";
export { mergeBlocks, type RunBlock, type RunStop, type Seen as RunSeen } from "./experiments/run-block.js";
export type { Block as PathBlock } from "./studies/blocks.js";
export type { MomentNode, Moments as PathMoments } from "./studies/moments.js";
export type { Stop } from "./experiments/stop.js";
export type { Config } from "./config/config.js";
export type { Final as FinalState } from "./experiments/final-state.js";
