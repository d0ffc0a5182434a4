/*
 * libsharp on the Gauss-Legendre grid of L + 1 rings and 2 L + 2 longitudes: one real field, synthesised or analysed. Arguments
 * L synthesis|analysis.
 */
#include <math.h>
#include <stdlib.h>
#include <libsharp/sharp.h>
#include <libsharp/sharp_almhelpers.h>
#include <libsharp/sharp_geomhelpers.h>
#include "serve.h"

static int L, analysing;
static sharp_geom_info *grid;
static sharp_alm_info *orders;
static double *alm, *map;

static void run(void) {
  void *harmonics[1] = {alm}, *fields[1] = {map};
  sharp_execute(analysing ? SHARP_YtW : SHARP_Y, 0, harmonics, fields, grid, orders, SHARP_DP, NULL, NULL);
}

/* Coefficient c of cos(m phi) in the orthonormal real harmonics is sqrt(2) Re a_lm, with the phase (-1)^m. */
static void begin(void) {
  size_t at = 0;
  for (int m = 0; m <= L; m++)
    for (int l = m; l <= L; l++, at += 2) {
      double c = sin(1 + 0.3 * l + 0.7 * m) / (1 + l);
      alm[at] = m == 0 ? c : (m % 2 ? -c : c) / sqrt(2);
      alm[at + 1] = 0;
    }
}

/* The field on the first meridian; after an analysis of that field, the coefficients of order 0. */
static int check(double *out) {
  int asked = analysing;
  begin();
  analysing = 0;
  run();
  int count = 0;
  if (!asked)
    for (; count <= L; count++) out[count] = map[(size_t)count * (2 * L + 2)];
  else {
    analysing = 1;
    run();
    for (; count <= L; count++) out[count] = alm[2 * count];
  }
  analysing = asked;
  return count;
}

int main(int count, char **arguments) {
  if (count < 3) return 1;
  L = atoi(arguments[1]);
  analysing = strcmp(arguments[2], "analysis") == 0;
  sharp_make_gauss_geom_info(L + 1, 2 * L + 2, 0., 1, 2 * L + 2, &grid);
  sharp_make_triangular_alm_info(L, L, 1, &orders);
  alm = calloc((size_t)(L + 1) * (L + 2), sizeof(double));
  map = calloc((size_t)(L + 1) * (2 * L + 2), sizeof(double));
  begin();
  int asked = analysing;
  analysing = 0;
  run();
  analysing = asked;
  serve(run, check);
  return 0;
}
