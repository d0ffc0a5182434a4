/** The models of the command line: one line each. */
export { affine } from "./affine.js";
export { gaussianAttention } from "./gaussian-attention.js";
export { homogenized } from "./homogenized.js";
export { noisyAttention } from "./noisy-attention.js";
export { randomQuadraticForm } from "./random-quadratic-form.js";
export { rotation } from "./rotation.js";
export { sphericalBrownian } from "./spherical-brownian.js";
