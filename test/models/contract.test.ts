import { affine } from "../../src/models/gallery/affine.js";
import { brownianRotations } from "../../src/models/gallery/brownian-rotations.js";
import { defineModel } from "../../src/models/define-model.js";
import { gaussianAttention } from "../../src/models/attention/gaussian-attention.js";
import { harmonicBarycentres } from "../../src/models/attention/harmonic-barycentres.js";
import { drawAtoms } from "../../src/models/heads/gaussian-heads.js";
import { iteratedIntegral } from "../../src/models/gallery/iterated-integral.js";
import { randomQuadraticForm } from "../../src/models/gallery/random-quadratic-form.js";
import { rotation } from "../../src/models/gallery/rotation.js";
import { sphericalBrownian } from "../../src/models/gallery/spherical-brownian.js";
import { definedProblem } from "../../src/validation/order-problems.js";
import { modelContract, someNormals } from "./contract.js";

const attention = (dimension: number, M: number, beta: number) =>
  gaussianAttention({
    dimension,
    beta,
    sigmaV: 0.6,
    atoms: drawAtoms("contract", M, dimension, 1 / Math.sqrt(dimension)),
  });

const models = [
  attention(2, 1, 0),
  attention(2, 2, 1.5),
  attention(3, 2, 1),
  attention(5, 1, -2),
  gaussianAttention({
    dimension: 3,
    beta: 1,
    sigmaV: 0.6,
    atoms: drawAtoms("contract", 1, 3, 0.6),
    weights: [1],
    barycentres: harmonicBarycentres({ method: "harmonic", tolerance: 1e-13 }),
  }),
  rotation(2),
  rotation(4, Float64Array.of(0, -1, 2, 0, 1, 0, 0.5, 0, -2, -0.5, 0, 0, 0, 0, 0, 0)),
  sphericalBrownian(2),
  sphericalBrownian(6),
  randomQuadraticForm(2),
  randomQuadraticForm(3),
  randomQuadraticForm(5),
  brownianRotations(),
  iteratedIntegral(),
  affine({
    name: "affine",
    dimension: 2,
    drift: { offset: Float64Array.of(1, -2) },
    noise: [
      { matrix: someNormals(4, 20), offset: Float64Array.of(0.3, 0.1) },
      { matrix: someNormals(4, 21) },
      { offset: Float64Array.of(-1, 0.5) },
    ],
  }),
  affine({ name: "line", dimension: 1, calculus: "stratonovich", noise: [{ matrix: Float64Array.of(0.7) }] }),
  definedProblem().model,
  defineModel({
    name: "defined in the plane",
    manifold: "euclidean",
    dimension: 2,
    drift: (x, out) => {
      out[0] = -x[0];
      out[1] = Math.sin(x[0]);
    },
    noise: [(x, out) => (out[0] = Math.cos(x[1])), (x, out) => (out[1] = x[0])],
  }),
];

for (const model of models) modelContract(model);
