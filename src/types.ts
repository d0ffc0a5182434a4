/**
 * The handful of interfaces every room shares. Arrays are row-major Float64Array; shapes stand in brackets:
 * n points, d ambient dimension, K channels of the common Brownian motion.
 *
 * The words: a `Measure` is the type, weighted points; `law` is what a measure stands for where a model or an observable
 * sees it; a `cloud` is one whose points move.
 */

/** Where a state lives: the unit sphere S^{d-1} in R^d, or R^d itself. */
export type Manifold = "sphere" | "euclidean";

/**
 * How a model's stochastic integral is meant. "ito" is Itô in the intrinsic (Levi-Civita) sense: the generator is
 * <b, grad> + 1/2 sum_k Hess[g_k, g_k] with the Riemannian Hessian (arXiv:2604.01978).
 */
export type Calculus = "ito" | "stratonovich";

/**
 * A finite set of weighted points. A token cloud is one (weights 1/n); a density on quadrature nodes is one too
 * (weights rho(node) * quadrature weight, which truncation may take below zero). A point of weight zero sees the
 * law without belonging to it.
 */
export interface Measure {
  /** n */
  readonly count: number;
  /** d */
  readonly dimension: number;
  /** [n,d]; on the sphere every row has norm one. */
  readonly points: Float64Array;
  /** [n]; they sum to one. */
  readonly weights: Float64Array;
}

/** dX = b(X, mu) dt + sum_k g_k(X, mu) dW^k, mu the law of X given W: one W drives every point. */
export interface Model {
  readonly name: string;
  readonly manifold: Manifold;
  /** d */
  readonly dimension: number;
  /** K */
  readonly channels: number;
  readonly calculus: Calculus;
  /** Set where the noise is redrawn every step: the model is then right in law only, and nothing has a strong order. */
  readonly redrawn?: boolean;
  /**
   * Set where every field is analytic in the point and sees the law through integrals of functions analytic in theirs, as
   * attention does. A density is then free to find the field on a coarser grid than its own, and checks that it may.
   */
  readonly analytic?: boolean;
  /** Allocates everything a step will need for laws of `count` points. */
  plan(count: number): Field;
}

/**
 * The fields b and g_k at every point of one frozen law. On the sphere all results are tangent. The model contracts
 * its fields with increments; nobody ever forms the n x d x K tensor. nabla is the covariant derivative on all points
 * at once: the law moves with its points (weights fixed).
 */
export interface Field {
  /** Fixes law and places. The arrays of `law` must not change until the next freeze. */
  freeze(law: Measure): void;
  /** out[n,d] = b dt + sum_k g_k dW_k. */
  increment(dt: number, dW: Float64Array, out: Float64Array): void;
  /** out[n,d] = nabla_along of the increment; `along` is [n,d] and tangent. */
  derivative(dt: number, dW: Float64Array, along: Float64Array, out: Float64Array): void;
  /** out[n,d] = C = sum_k nabla_{g_k} g_k, the Itô correction. */
  correction(out: Float64Array): void;
  /** out[n,d] = sum_{j,k} L_jk nabla_{g_j} g_k for a skew area [K,K]; equals sum_{j<k} L_jk [g_j, g_k]. */
  bracket(area: Float64Array, out: Float64Array): void;
  /**
   * In R^d, where a whole step is one map of every point: moves the points of the frozen law themselves by the sum of all
   * terms that a step may have. Whether they are finite then.
   */
  readonly displace?: Displace;
  /** [n,d], where points had best lie to be displaced: those of another array are copied to and fro. */
  readonly home?: Float64Array;
  /** Models whose noise is redrawn every step (right in law only) draw it here, before freeze. */
  redraw?(path: number, step: number): void;
  /** How sums over the law were done, and to what accuracy. */
  diagnostics?(): Diagnostics;
}

/** A step as one map. It is that of the terms it names: a field in which one of them was replaced has none. */
export interface Displace {
  (terms: Displacement): boolean;
  readonly of: Pick<Field, "freeze" | "increment" | "derivative" | "correction" | "bracket">;
}

/** b dt + F + second nabla_F F + shift C + sum_{j,k} L_jk nabla_{g_j} g_k, with F = sum_k g_k dW_k. */
export interface Displacement {
  readonly dt: number;
  /** [K] */
  readonly dW: Float64Array;
  readonly second: number;
  readonly shift: number;
  /** [K,K], skew, or none. */
  readonly area: Float64Array | null;
}

/** One Brownian path in R^K on [0, horizon], queried by interval. */
export interface CommonNoise {
  readonly channels: number;
  readonly horizon: number;
  /** Steps of the finest grid. Coarser grids have steps / 2^j; finer ones are refused. */
  readonly steps: number;
  /** Index of the path within its ensemble. */
  readonly path: number;
  /** out[K] = W(t_{step+1}) - W(t_step) on the uniform grid with `steps` intervals: the sum of the finest increments. */
  increment(steps: number, step: number, out: Float64Array): void;
  /**
   * out[K,K] = L, the Lévy area of the same interval: L_jk = (I_(j,k) - I_(k,j)) / 2 where j is the inner integrator.
   * Composed by Chen's relation from the finest grid. Absent when the path was made without areas.
   */
  area?(steps: number, step: number, out: Float64Array): void;
}

/** What one step of a solver is given. */
export interface Interval {
  readonly path: number;
  readonly step: number;
  /** Start of the interval. */
  readonly time: number;
  /** Its end, the start of the next one to the bit; time + dt unless given. */
  readonly end?: number;
  readonly dt: number;
  /** [K] */
  readonly dW: Float64Array;
  /** [K,K], skew; null when the noise carries no area or the scheme does not ask for it. */
  readonly area: Float64Array | null;
  /** Asked between the parts of a long step: true ends it, undone, with `Stopped`. */
  readonly stopping?: () => boolean;
}

/** What a time-stepping method needs, and what it promises for common noise. */
export interface SchemeFacts {
  readonly name: string;
  readonly strongOrder: number;
  /** Strong order when the fields do not commute and the Lévy area is not supplied, or not used. */
  readonly strongOrderWithoutArea: number;
  /** Whether it uses the area, which it then needs unless the fields commute. */
  readonly needsArea: "never" | "unless-commuting";
}

/** A time-stepping method for points. */
export interface Scheme extends SchemeFacts {
  readonly weakOrder: number;
  plan(model: Model, count: number): Stepper;
}

export interface Stepper {
  /**
   * Moves `cloud.points` in place over one interval. `kick` [n,d] is an optional extra displacement per point (the
   * idiosyncratic noise kappa dB_i); the stepper makes it tangent. Whether the points are finite then, where it has seen that;
   * nothing leaves it to be looked at.
   */
  step(cloud: Measure, interval: Interval, kick: Float64Array | null): boolean | void;
  /** Set where a step that throws leaves the points as they were, so that nobody need keep a copy. */
  readonly whole?: boolean;
  /** [n,d], where the points had best lie: elsewhere they are copied to and fro. */
  readonly home?: Float64Array;
  /** What the model's field has to say. */
  diagnostics?(): Diagnostics;
}

/** Something that lives in time under a common noise: particles, a density, a transformer. */
export interface Evolution {
  /** The law now, as weighted points. */
  readonly law: Measure;
  /** Back to the initial law. Throws `Stopped` for a path that cannot start. */
  reset(path: number): void;
  /**
   * One step. Whether the law is finite then, where that has been seen; nothing leaves it to be looked at. Throws `Stopped`
   * for a step that cannot be taken; the law is then still where it was.
   */
  advance(interval: Interval): boolean | void;
  /** What it solves, whose channels the common noise must have; absent where that noise is ignored. */
  readonly model?: Pick<Model, "name" | "channels">;
  /** What steps it; absent for a transformer. */
  readonly scheme?: SchemeFacts;
  /** Whether the model's noise fields commute from where it starts; absent where no scheme could care. */
  commuting?(): boolean;
  /** Facts a reader must know: mass, minimum, tail of the spectrum, the strong order it has, notes. */
  diagnostics(): Diagnostics;
}

export type Diagnostics = Readonly<Record<string, number | string | boolean | readonly number[]>>;

/** A number read off a law. */
export type Observable = (law: Measure) => number;

/** Where numbers go: a set of named, counter-based random streams behind one string seed. */
export interface Stream {
  /** Entry c of `out` is standard normal and a function of (seed, stream name, path, step, first + c) alone. */
  normals(path: number, step: number, out: Float64Array, first?: number): void;
  /** The same for uniforms on the open interval (0, 1). */
  uniforms(path: number, step: number, out: Float64Array, first?: number): void;
}

/**
 * Real, orthonormal harmonics on the circle (d = 2) or the sphere (d = 3), with quadrature nodes fine enough that
 * products of two band-limited functions are analysed without aliasing. Coefficients are ordered by degree l, then
 * order m (-l..l; on the circle only m = -l and m = l): see `degrees` and `orders`.
 */
export interface HarmonicTransform {
  readonly dimension: 2 | 3;
  readonly lmax: number;
  /** Number of coefficients. */
  readonly size: number;
  /** Number of nodes. */
  readonly count: number;
  /** [count, d] unit vectors */
  readonly nodes: Float64Array;
  /** [count] quadrature weights; they sum to the surface area of the sphere. */
  readonly weights: Float64Array;
  /** [size] degree l of every coefficient. */
  readonly degrees: Int32Array;
  /** [size] order m of every coefficient: m > 0 cosine, m < 0 sine. */
  readonly orders: Int32Array;
  /** values[count] -> out[size]: quadrature of value * Y. */
  analysis(values: Float64Array, out: Float64Array): void;
  /** coefficients[size] -> out[count]. */
  synthesis(coefficients: Float64Array, out: Float64Array): void;
  /** coefficients[size] -> surface gradient out[count, d], tangent, in ambient coordinates. */
  gradient(coefficients: Float64Array, out: Float64Array): void;
  /** tangent field[count, d] -> coefficients of its divergence, out[size]: exactly -<grad Y, field>, so out[0] = 0. */
  divergence(field: Float64Array, out: Float64Array): void;
}
