/**
 * The README's first steps: a model of one's own, one common noise, a cloud of tokens. Runs in a second.
 */
import {
  brownian,
  defineModel,
  eulerMaruyama,
  meanOverlap,
  particles,
  simulate,
  stream,
  uniformLaw,
} from "commonnoise";

const model = defineModel({
  name: "rotated and attracted",
  dimension: 3,
  statistic: {
    size: 3, // the mean of the law, once a step
    of: ({ count, points, weights }, mean) => {
      mean.fill(0);
      for (let i = 0; i < count; i++) for (let a = 0; a < 3; a++) mean[a] += weights[i] * points[3 * i + a];
    },
  },
  drift: (_x, out, mean) => out.set(mean), // projected to the tangent space for you
  noise: [(x, out) => out.set([-x[1], x[0], 0]), (x, out) => out.set([0, -x[2], x[1]])],
});

const initial = uniformLaw(3).sample(1000, stream("seed", "initial"), 0);
const noise = brownian({ seed: "seed", path: 0, channels: model.channels, horizon: 1, steps: 256 });
const evolution = particles({ model, scheme: eulerMaruyama, initial });
export const { times, values } = simulate({
  evolution,
  noise,
  steps: 256,
  observe: { overlap: meanOverlap },
});
