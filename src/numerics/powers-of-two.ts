export const LEAST_POWER = -1021;
export const MOST_POWER = 1023;

/** 2^k for k from LEAST_POWER to MOST_POWER. */
export const POWERS = powersOfTwo();

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(MOST_POWER - LEAST_POWER + 1);
  powers[-LEAST_POWER] = 1;
  for (let k = 1; k <= MOST_POWER; k++) powers[k - LEAST_POWER] = 2 * powers[k - 1 - LEAST_POWER];
  for (let k = -1; k >= LEAST_POWER; k--) powers[k - LEAST_POWER] = powers[k + 1 - LEAST_POWER] / 2;
  return powers;
}
