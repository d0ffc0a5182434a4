/*
 * N particles in R^3 under one Brownian motion by Euler-Maruyama, dX = -X dt + sum_k (e_k x X) dW^k from (0,0,1) to time 1, with
 * its normals drawn in the loop. Arguments N steps.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include "serve.h"

static int n, steps;
static double *x;
static uint64_t state = 88172645463325252ull;

static double uniform(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return ((state >> 11) + 0.5) * 0x1p-53;
}

/* Box and Muller: two normals at a time. */
static void normals(double *w, int count) {
  for (int k = 0; k < count; k += 2) {
    double r = sqrt(-2 * log(uniform())), angle = 6.283185307179586 * uniform();
    w[k] = r * cos(angle);
    w[k + 1] = r * sin(angle);
  }
}

static void begin(void) {
  for (int i = 0; i < n; i++) x[3 * i] = x[3 * i + 1] = 0, x[3 * i + 2] = 1;
}

static void step(double h, double a, double b, double c) {
  double shrink = 1 - h;
  for (int i = 0; i < n; i++) {
    double *at = x + 3 * i, u = at[0], v = at[1], w = at[2];
    at[0] = shrink * u + b * w - c * v;
    at[1] = shrink * v + c * u - a * w;
    at[2] = shrink * w + a * v - b * u;
  }
}

static void run(void) {
  double h = 1.0 / steps, root = sqrt(h), w[4];
  begin();
  for (int s = 0; s < steps; s++) {
    normals(w, 3);
    step(h, root * w[0], root * w[1], root * w[2]);
  }
}

/* Sixty-four steps with increments that everyone knows. */
static int check(double *out) {
  begin();
  for (int s = 0; s < 64; s++) step(1.0 / 64, 0.1 * sin(1 + 3 * s), 0.1 * sin(2 + 3 * s), 0.1 * sin(3 + 3 * s));
  for (int a = 0; a < 3; a++) out[a] = x[3 * (n - 1) + a];
  return 3;
}

int main(int count, char **arguments) {
  if (count < 3) return 1;
  n = atoi(arguments[1]);
  steps = atoi(arguments[2]);
  x = malloc(sizeof(double) * 3 * n);
  serve(run, check);
  return 0;
}
