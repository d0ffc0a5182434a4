/** In place: makes every row of v[n,d] tangent at the matching row of x[n,d], v <- P_x v = v - <x,v> x. */
export function project(x: Float64Array, v: Float64Array, d: number): void {
  if (d === 3) return project3(x, v);
  for (let o = 0; o < v.length; o += d) {
    let s = 0;
    for (let a = o; a < o + d; a++) s += x[a] * v[a];
    for (let a = o; a < o + d; a++) v[a] -= s * x[a];
  }
}

/** The same in R^3, without a loop inside. */
function project3(x: Float64Array, v: Float64Array): void {
  for (let o = 0; o < v.length; o += 3) {
    const p = x[o];
    const q = x[o + 1];
    const z = x[o + 2];
    const s = p * v[o] + q * v[o + 1] + z * v[o + 2];
    v[o] -= s * p;
    v[o + 1] -= s * q;
    v[o + 2] -= s * z;
  }
}
