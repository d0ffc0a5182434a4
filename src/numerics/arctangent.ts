const HIGH = [
  4.63647609000806093515e-1, 7.85398163397448278999e-1, 9.82793723247329054082e-1, 1.570796326794896558,
];
const LOW = [
  2.26987774529616870924e-17, 3.06161699786838301793e-17, 1.39033110312309984516e-17,
  6.12323399573676603587e-17,
];
const T = [
  3.33333333333329318027e-1, -1.99999999998764832476e-1, 1.42857142725034663711e-1, -1.1111110405462355788e-1,
  9.09088713343650656196e-2, -7.69187620504482999495e-2, 6.66107313738753120669e-2,
  -5.83357013379057348645e-2, 4.97687799461593236017e-2, -3.6531572744216915527e-2, 1.62858201153657823623e-2,
];

/**
 * The arctangent, by operations that every engine rounds alike: about one of 0, 1/2, 1, 3/2 and infinity (FreeBSD's s_atan.c,
 * Sun Microsystems 1993: error below one unit in the last place).
 */
export function atan(x: number): number {
  const size = Math.abs(x);
  if (!(size < 2 ** 66)) return Number.isNaN(x) ? x : x > 0 ? HIGH[3] + LOW[3] : -HIGH[3] - LOW[3];
  if (size < 2 ** -27) return x;
  if (size < 0.4375) return x - x * tail(x);
  const near = size < 0.6875 ? 0 : size < 1.1875 ? 1 : size < 2.4375 ? 2 : 3;
  const t = from(near, size);
  const angle = HIGH[near] - (t * tail(t) - LOW[near] - t);
  return x < 0 ? -angle : angle;
}

function from(near: number, size: number): number {
  if (near === 0) return (2 * size - 1) / (2 + size);
  if (near === 1) return (size - 1) / (size + 1);
  if (near === 2) return (size - 1.5) / (1 + 1.5 * size);
  return -1 / size;
}

/** (t - arctan t) / t */
function tail(t: number): number {
  const z = t * t;
  const w = z * z;
  const even = z * (T[0] + w * (T[2] + w * (T[4] + w * (T[6] + w * (T[8] + w * T[10])))));
  const odd = w * (T[1] + w * (T[3] + w * (T[5] + w * (T[7] + w * T[9]))));
  return even + odd;
}

const PI_LOW = 1.2246467991473531772e-16;

/** The angle of the point (x, y), from -pi to pi (FreeBSD's e_atan2.c). */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const left = x < 0 || Object.is(x, -0);
  const signed = (angle: number): number => (y < 0 || Object.is(y, -0) ? -angle : angle);
  if (y === 0) return signed(left ? Math.PI : 0);
  if (x === 0) return signed(HIGH[3] + LOW[3]);
  if (Math.abs(x) === Infinity && Math.abs(y) === Infinity)
    return signed(left ? 3 * (Math.PI / 4) : Math.PI / 4);
  const angle = atan(Math.abs(y / x));
  return signed(left ? Math.PI - (angle - PI_LOW) : angle);
}

/** arcsin x by the arctangent, whose loss near +-1 the factored root avoids; NaN outside [-1, 1]. */
export const asin = (x: number): number => atan2(x, Math.sqrt((1 - x) * (1 + x)));

export const acos = (x: number): number => 2 * atan2(Math.sqrt(1 - x), Math.sqrt(1 + x));
