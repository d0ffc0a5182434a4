/*
 * The protocol of every side of a benchmark, over standard input and output, one line each way: "check" is answered with a JSON
 * list of numbers that the sides must agree on, "run k" with the seconds that k repeats took.
 */
#ifndef SERVE_H
#define SERVE_H
#include <stdio.h>
#include <string.h>
#include <time.h>

static double seconds_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

/* run does the work once; check fills out and returns how many numbers it gave. */
static void serve(void (*run)(void), int (*check)(double *out)) {
  static double out[4096];
  char line[64];
  long repeats;
  while (fgets(line, sizeof line, stdin)) {
    if (strncmp(line, "check", 5) == 0) {
      int count = check(out);
      printf("[");
      for (int i = 0; i < count; i++) printf("%s%.17g", i ? "," : "", out[i]);
      printf("]\n");
    } else if (sscanf(line, "run %ld", &repeats) == 1) {
      double begin = seconds_now();
      for (long r = 0; r < repeats; r++) run();
      printf("%.9g\n", seconds_now() - begin);
    }
    fflush(stdout);
  }
}
#endif
