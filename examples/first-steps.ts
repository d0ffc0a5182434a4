/**
 * The README's first steps: a model of one's own, one common noise, a cloud of tokens. Runs in a second.
 */
import {
  brownian,
  defineModel,
  eulerMaruyama,
  meanOf,
  meanOverlap,
  particles,
  pointsOf,
  reached,
  simulate,
  stream,
  uniformLaw,
} from "commonnoise";

const model = defineModel({
  name: "rotated and attracted",
  dimension: 3,
  statistic: { size: 3, of: meanOf }, // the mean of the law, once a step
  drift: (_x, out, mean) => out.set(mean), // projected to the tangent space for you
  noise: [([x = 0, y = 0], out) => out.set([-y, x, 0]), ([, y = 0, z = 0], out) => out.set([0, -z, y])],
});

const initial = uniformLaw(3).sample(1000, stream("seed", "initial"), 0);
const noise = brownian({ seed: "seed", path: 0, channels: model.channels, horizon: 1, steps: 256 });
const evolution = particles({ model, scheme: eulerMaruyama, initial });
const observe = { overlap: meanOverlap };
export const { times, values } = reached(simulate({ evolution, noise, steps: 256, observe })); // or throws `Stopped`
export const points = pointsOf(evolution.law); // an ndarray of shape [1000, 3]
