/*
 * One attention field by plain loops: tangent parts of sum_m V_m m_{A_m}(x_i), m the softmax barycentre. Arguments n d M rows
 * repeats nothing of a library; only the first `rows` of the n tokens are moved, where all would take too long.
 */
#include <math.h>
#include <stdlib.h>
#include "serve.h"

static int n, d, M, rows;
static double *x, *xt, *A, *V, *out, *p, *u, *mean;

/* The numbers that all sides start from. */
static double number(double seed, int i) { return sin(seed + 1.7 * i); }

static void run(void) {
  memset(out, 0, sizeof(double) * rows * d);
  for (int m = 0; m < M; m++)
    for (int i = 0; i < rows; i++) {
      for (int a = 0; a < d; a++) {
        double s = 0;
        for (int b = 0; b < d; b++) s += A[(m * d + a) * d + b] * x[i * d + b];
        u[a] = s;
      }
      for (int j = 0; j < n; j++) p[j] = 0;
      for (int a = 0; a < d; a++)
        for (int j = 0; j < n; j++) p[j] += u[a] * xt[a * n + j];
      double Z = 0;
      for (int j = 0; j < n; j++) Z += p[j] = exp(p[j]);
      for (int a = 0; a < d; a++) {
        double s = 0;
        for (int j = 0; j < n; j++) s += p[j] * xt[a * n + j];
        mean[a] = s / Z;
      }
      for (int a = 0; a < d; a++) {
        double s = 0;
        for (int b = 0; b < d; b++) s += V[(m * d + a) * d + b] * mean[b];
        out[i * d + a] += s;
      }
    }
  for (int i = 0; i < rows; i++) {
    double s = 0;
    for (int a = 0; a < d; a++) s += out[i * d + a] * x[i * d + a];
    for (int a = 0; a < d; a++) out[i * d + a] -= s * x[i * d + a];
  }
}

static int check(double *into) {
  run();
  for (int a = 0; a < d; a++) into[a] = out[a];
  for (int a = 0; a < d; a++) into[d + a] = out[(rows - 1) * d + a];
  return 2 * d;
}

int main(int count, char **arguments) {
  if (count < 5) return 1;
  n = atoi(arguments[1]);
  d = atoi(arguments[2]);
  M = atoi(arguments[3]);
  rows = atoi(arguments[4]);
  x = malloc(sizeof(double) * n * d);
  xt = malloc(sizeof(double) * n * d);
  A = malloc(sizeof(double) * M * d * d);
  V = malloc(sizeof(double) * M * d * d);
  out = malloc(sizeof(double) * rows * d);
  p = malloc(sizeof(double) * n);
  u = malloc(sizeof(double) * d);
  mean = malloc(sizeof(double) * d);
  for (int i = 0; i < n; i++) {
    double s = 0;
    for (int a = 0; a < d; a++) {
      double v = number(1, i * d + a);
      s += v * v;
      x[i * d + a] = v;
    }
    for (int a = 0; a < d; a++) x[i * d + a] /= sqrt(s);
    for (int a = 0; a < d; a++) xt[a * n + i] = x[i * d + a];
  }
  for (int e = 0; e < M * d * d; e++) A[e] = number(2, e) / sqrt(d);
  for (int e = 0; e < M * d * d; e++) V[e] = number(3, e) / sqrt(M);
  serve(run, check);
  return 0;
}
