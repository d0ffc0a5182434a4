const LEAST = -1074;
const MOST = 1023;

/** 2^k for k from LEAST to MOST. */
const POWERS = new Float64Array(MOST - LEAST + 1);
POWERS[-LEAST] = 1;
for (let k = 1; k <= MOST; k++) POWERS[k - LEAST] = 2 * POWERS[k - 1 - LEAST];
for (let k = -1; k >= LEAST; k--) POWERS[k - LEAST] = POWERS[k + 1 - LEAST] / 2;

/** 2^k exactly, for whole k from -1074 to 1023. */
export const powerOfTwo = (k: number): number => POWERS[k - LEAST];
