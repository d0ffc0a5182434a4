import { parseConfig } from "../config/parse-config.js";
import { chaosStudy } from "../experiments/study/chaos.js";
import { finishedFit, slopeNear, type Claim } from "../studies/claim.js";

/**
 * Propagation of chaos on the circle, where W_2 is a distance of quantile functions: E sup_t W_2^2 between n tokens and the
 * limit law under the same noise goes like 1/n from independent starts (Bobkov & Ledoux 2019, for the initial law), and
 * like 1/n^2, the best n points can do, from low-discrepancy ones.
 */
export function* chaosClaims(paths: { readonly random: number; readonly quasi: number }): Generator<Claim> {
  const claim = (placement: "random" | "quasi", rate: number): Claim => {
    const { report } = chaosStudy(
      parseConfig({
        model: { name: "gaussian-attention", dimension: 2, beta: 1, sigmaA: Math.SQRT1_2, atoms: 2 },
        initial: {
          kind: "vmf",
          tokens: 256,
          placement,
          components: [
            { weight: 0.6, kappa: 2, mean: [1, 0] },
            { weight: 0.4, kappa: 4, mean: [-0.6, 0.8] },
          ],
        },
        solver: { kind: "particles", scheme: "log-ode", horizon: 0.5, steps: 8, every: 2, area: "none" },
        ensemble: { seed: "propagation of chaos" },
        study: { levels: [16, 32, 64, 128, 256], paths: paths[placement], distance: "sliced" },
      }),
    );
    return slopeNear(
      `E sup_t W_2^2 of n ${placement} tokens from their limit, d = 2: rate in n`,
      finishedFit(report),
      rate,
      0.15,
    );
  };
  yield claim("random", -1);
  yield claim("quasi", -2);
}
