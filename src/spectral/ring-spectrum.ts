/*
 * Between the rings of a spherical transform and Fourier series in longitude. A ring holds, for one order m and one pair
 * of latitudes mirrored at the equator, the part even in z (cosine, sine), then the odd one: north is even + odd, south
 * even - odd. Both latitudes of a pair ride one transform as north + i south.
 */

/** The spectrum of north + i south of pair j; the transform runs backwards by swapping (re, im). */
export function ringsToSpectrum(
  rings: Float64Array,
  top: number,
  pairs: number,
  j: number,
  longitudes: number,
  spectrum: Float64Array,
): void {
  spectrum.fill(0);
  for (let m = 0; m <= top; m++) {
    const ring = (m * pairs + j) * 4;
    const northC = rings[ring] + rings[ring + 2];
    const northS = rings[ring + 1] + rings[ring + 3];
    const southC = rings[ring] - rings[ring + 2];
    const southS = rings[ring + 1] - rings[ring + 3];
    if (m === 0) {
      spectrum[0] = southC;
      spectrum[1] = northC;
    } else {
      const mirror = 2 * (longitudes - m);
      spectrum[2 * m] = 0.5 * (southC - northS);
      spectrum[2 * m + 1] = 0.5 * (northC + southS);
      spectrum[mirror] = 0.5 * (southC + northS);
      spectrum[mirror + 1] = 0.5 * (northC - southS);
    }
  }
}

/** The way back: sums of value * cos and value * sin over either latitude of pair j, then their even and odd parts. */
export function spectrumToRings(
  spectrum: Float64Array,
  top: number,
  pairs: number,
  j: number,
  longitudes: number,
  rings: Float64Array,
): void {
  for (let m = 0; m <= top; m++) {
    const mirror = m === 0 ? 0 : 2 * (longitudes - m);
    const northC = 0.5 * (spectrum[2 * m] + spectrum[mirror]);
    const northS = 0.5 * (spectrum[mirror + 1] - spectrum[2 * m + 1]);
    const southC = 0.5 * (spectrum[2 * m + 1] + spectrum[mirror + 1]);
    const southS = 0.5 * (spectrum[2 * m] - spectrum[mirror]);
    const ring = (m * pairs + j) * 4;
    rings[ring] = northC + southC;
    rings[ring + 1] = northS + southS;
    rings[ring + 2] = northC - southC;
    rings[ring + 3] = northS - southS;
  }
}
