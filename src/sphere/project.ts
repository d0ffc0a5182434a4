/** In place: makes every row of v[n,d] tangent at the matching row of x[n,d], v <- P_x v = v - <x,v> x. */
export function project(x: Float64Array, v: Float64Array, d: number): void {
  for (let o = 0; o < v.length; o += d) {
    let s = 0;
    for (let a = 0; a < d; a++) s += x[o + a] * v[o + a];
    for (let a = 0; a < d; a++) v[o + a] -= s * x[o + a];
  }
}
