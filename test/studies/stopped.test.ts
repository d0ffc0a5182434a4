import { describe, expect, it } from "vitest";
import { convergencePlot } from "../../src/plots/convergence-plot.js";
import type { ErrorStudy } from "../../src/plots/study-series.js";
import { stream } from "../../src/noise/stream.js";
import { studyAgreement } from "../../src/studies/agreement.js";
import { studyPropagationOfChaos } from "../../src/studies/propagation-of-chaos.js";
import { studyStrong } from "../../src/studies/strong.js";
import { studyWeak } from "../../src/studies/weak.js";
import type { StudyPaths, StudyStop } from "../../src/studies/paths.js";
import { Stopped } from "../../solvers/simulate.js";

const draws = stream("stopped studies", "errors");
const noise = (path: number, level: number): number => {
  const out = new Float64Array(1);
  draws.normals(path, level, out);
  return 1 + 0.2 * out[0];
};

/** What one solution does before it gives its number. */
type Trouble = (level: number, path: number) => void;

interface Outcome {
  readonly paths: number;
  readonly levels: ErrorStudy["levels"];
  readonly fit: ErrorStudy["fit"];
  readonly stopped?: StudyStop;
  readonly notes: readonly string[];
}

const LEVELS = [4, 8, 16];

const STUDIES: readonly {
  name: string;
  unit: string;
  run: (trouble: Trouble, given: StudyPaths) => Outcome;
}[] = [
  {
    name: "studyStrong",
    unit: "steps",
    run: (trouble, given) =>
      studyStrong({
        ...given,
        levels: LEVELS,
        reference: { kind: "exact", solve: () => [0] },
        solve: (steps, path) => (trouble(steps, path), [noise(path, steps) / steps]),
      }),
  },
  {
    name: "studyWeak",
    unit: "steps",
    run: (trouble, given) =>
      studyWeak({
        ...given,
        levels: LEVELS,
        observables: ["x"],
        reference: { kind: "exact", values: [0] },
        solve: (steps, path) => (trouble(steps, path), [noise(path, steps) / steps]),
      })[0],
  },
  {
    name: "studyPropagationOfChaos",
    unit: "tokens",
    run: (trouble, given) =>
      studyPropagationOfChaos({
        ...given,
        levels: LEVELS,
        distance: (n, path) => (trouble(n, path), Math.abs(noise(path, n)) / n),
      }),
  },
  {
    name: "studyAgreement",
    unit: "tokens",
    run: (trouble, given) =>
      studyAgreement({
        ...given,
        levels: LEVELS,
        observables: ["x"],
        difference: (n, path) => (trouble(n, path), [noise(path, n) / n]),
      })[0],
  },
];

const quiet: Trouble = () => undefined;

/** The same study without its `stopped` and notes. */
const numbersOf = ({ paths, levels, fit }: Outcome) => ({ paths, levels, fit });

describe.each(STUDIES)("$name", ({ run, unit }) => {
  const blowsUp =
    (path: number, level: number, given: { time?: number } = { time: 0.25 }): Trouble =>
    (n, p) => {
      if (p === path && n === level) throw new Stopped("the state is no longer finite", given);
    };

  it("keeps the paths before one that stops, and nothing of that path", () => {
    const study = run(blowsUp(20, 8), { paths: 50 });
    expect(numbersOf(study)).toEqual(numbersOf(run(quiet, { paths: 20 })));
    expect(study.stopped).toEqual({
      path: 20,
      level: 8,
      time: 0.25,
      cause: "the state is no longer finite",
      done: 20,
      of: 50,
      unit: "paths",
    });
    expect(study.notes[0]).toBe(
      `path 20 stopped with 8 ${unit} at t = 0.25 (the state is no longer finite): all means are over the 20 paths before it`,
    );
    expect(JSON.parse(JSON.stringify(study.stopped))).toEqual(study.stopped);
  });

  it("has none, one or two paths where the first, the second or the third stops", () => {
    const none = run(blowsUp(0, 4), { paths: 50 });
    expect(numbersOf(none)).toEqual({ paths: 0, levels: [], fit: null });
    expect(none.notes[0]).toMatch(/: no path was finished$/);
    for (const done of [1, 2]) {
      const few = run(blowsUp(done, 16), { paths: 50 });
      expect(few.paths).toBe(done);
      expect(few.levels).toHaveLength(LEVELS.length);
      expect(few.notes[0]).toMatch(done === 1 ? /over the 1 path before it$/ : /over the 2 paths before it$/);
      for (const { error } of few.levels) expect(error).toBeGreaterThan(0);
    }
    const one = run(blowsUp(1, 16), { paths: 50 });
    for (const { interval } of one.levels) expect(interval).toEqual([-Infinity, Infinity]);
  });

  it("names a path by its seed, and leaves out a time that nobody knows", () => {
    const study = run(blowsUp(13, 4, {}), { seeds: [40, 41, 13, 42] });
    expect(study.stopped).toEqual({
      path: 13,
      level: 4,
      cause: "the state is no longer finite",
      done: 2,
      of: 4,
      unit: "paths",
    });
  });

  it("ends at an interrupt between two solutions, or within one", () => {
    let asked = 0;
    const between = run(quiet, { paths: 50, stopping: () => ++asked > 31 });
    const within = run(
      (n, p) => {
        if (p === 7 && n === 16) throw new Stopped("interrupted", { time: 0.5, interrupted: true });
      },
      { paths: 50 },
    );
    for (const study of [between, within]) {
      expect(study.stopped).toMatchObject({
        interrupted: true,
        cause: "interrupted",
        done: study.paths,
        of: 50,
      });
      expect(numbersOf(study)).toEqual(numbersOf(run(quiet, { paths: study.paths })));
      expect(study.notes[0]).toMatch(/^interrupted in path \d+, after \d+ of 50 paths: all means are over/);
    }
    expect(within.paths).toBe(7);
    expect(between.paths).toBeGreaterThan(6);
  });

  it("is finished when nobody asks it to stop before its last solution", () => {
    let solutions = 0;
    const count = (): void => void solutions++;
    run(count, { paths: 6 });
    const total = solutions;
    solutions = 0;
    const study = run(count, { paths: 6, stopping: () => solutions >= total });
    expect(study).not.toHaveProperty("stopped");
    expect(study.paths).toBe(6);
  });

  it("counts progress over finished paths", () => {
    const seen: number[][] = [];
    run(blowsUp(3, 8), { paths: 9, onProgress: (...progress) => seen.push(progress) });
    expect(seen).toEqual([
      [1, 9],
      [2, 9],
      [3, 9],
    ]);
  });

  it("hands mistakes on", () => {
    const mistaken: Trouble = (_, path) => {
      if (path === 2) throw new RangeError("a wrong shape");
    };
    expect(() => run(mistaken, { paths: 9 })).toThrow("a wrong shape");
  });

  it.each([
    [{}, /give either paths/],
    [{ paths: 1 }, /1 paths/],
    [{ paths: 1.5 }, /1\.5 paths/],
    [{ paths: NaN }, /null paths/],
    [{ paths: Infinity }, /null paths/],
    [{ paths: "50" as unknown as number }, /"50" paths/],
    [{ seeds: [1] }, /seeds \[1\]/],
    [{ seeds: [1, 2, 1] }, /seeds\[2\] is 1 like seeds\[0\]; a path taken twice makes intervals too narrow/],
    [{ seeds: [1, 2.5] }, /seeds\[1\] is 2\.5, want a whole number/],
    [{ seeds: [1, -2] }, /seeds\[1\] is -2/],
    [{ seeds: [1, NaN] }, /seeds\[1\] is NaN/],
    [{ seeds: ["1", "2"] as unknown as number[] }, /seeds\[0\] is 1, want/],
  ] as [StudyPaths, RegExp][])("refuses paths that are none: %j", (given, message) => {
    expect(() => run(quiet, given)).toThrow(message);
    expect(() => run(quiet, given)).toThrow(RangeError);
  });

  it("goes into the plot whatever is left of it", () => {
    for (const path of [0, 1, 30]) {
      const study = run(blowsUp(path, 16), { paths: 50 });
      expect(convergencePlot(study)).toContain("<svg");
    }
  });
});

describe("numbers that are none end a study like a path that stops", () => {
  const spoiled =
    (value: number): ((level: number, path: number) => number) =>
    (level, path) =>
      path === 8 && level === 16 ? value : noise(path, level) / level;
  const studies: Record<string, (value: (level: number, path: number) => number) => Outcome> = {
    strong: (value) =>
      studyStrong({
        paths: 12,
        levels: LEVELS,
        reference: { kind: "exact", solve: () => [0] },
        solve: (steps, path) => [value(steps, path)],
      }),
    weak: (value) =>
      studyWeak({
        paths: 12,
        levels: LEVELS,
        observables: ["x"],
        reference: { kind: "exact", values: [0] },
        solve: (steps, path) => [value(steps, path)],
      })[0],
    chaos: (value) => studyPropagationOfChaos({ paths: 12, levels: LEVELS, distance: value }),
    agreement: (value) =>
      studyAgreement({
        paths: 12,
        levels: LEVELS,
        observables: ["x"],
        difference: (n, path) => [value(n, path)],
      })[0],
  };
  /* 1e200 has no square, and the sum of squares of 1e154 would have none */
  const none: readonly (readonly [string, readonly number[]])[] = [
    ["strong", [NaN, Infinity, 1e200, 1e154]],
    ["weak", [NaN, -Infinity, 1e200, 1e154]],
    ["chaos", [NaN, Infinity, -1, 1e308]],
    ["agreement", [NaN, Infinity, 1e200, 1e154]],
  ];
  it.each(none.flatMap(([name, values]) => values.map((value) => [name, value] as const)))(
    "%s: %d",
    (name, value) => {
      const study = studies[name](spoiled(value));
      expect(study).toMatchObject({ paths: 8, stopped: { path: 8, level: 16, done: 8, of: 12 } });
      expect(study.stopped!.cause).toMatch(/is /);
      for (const { error } of study.levels) expect(error).toBeLessThan(1);
    },
  );
});

describe("a reference that stops is named", () => {
  const solve = (steps: number, path: number): number[] => [noise(path, steps) / steps];
  const fail = (path: number): never => {
    throw new Stopped(`no state of path ${path}`, { time: 0.5 });
  };

  it("in a strong study: exact, by another scheme, its own finest", () => {
    const study = { levels: [4, 8, 16], paths: 9 };
    const exact = studyStrong({
      ...study,
      solve,
      reference: { kind: "exact", solve: (path) => (path === 6 ? fail(path) : [0]) },
    });
    expect(exact.stopped).toEqual({
      path: 6,
      time: 0.5,
      cause: "the reference: no state of path 6",
      done: 6,
      of: 9,
      unit: "paths",
    });
    const judged = studyStrong({
      ...study,
      solve,
      reference: {
        kind: "independent",
        name: "judge",
        steps: 64,
        solve: (_, path) => (path === 6 ? fail(path) : [0]),
      },
    });
    expect(judged.stopped).toMatchObject({ level: 64, cause: "the reference: no state of path 6" });
    const finest = studyStrong({
      ...study,
      solve: (steps, path) => (path === 6 && steps === 16 ? fail(path) : solve(steps, path)),
    });
    expect(finest.stopped).toMatchObject({ level: 16, cause: "the reference: no state of path 6" });
    for (const { paths, levels } of [exact, judged, finest]) {
      expect(paths).toBe(6);
      expect(levels[0].error).toBeGreaterThan(0);
    }
  });

  it("in a weak study", () => {
    const [study] = studyWeak({
      levels: [4, 8],
      paths: 9,
      observables: ["x"],
      solve,
      reference: { kind: "independent", name: "judge", solve: (path) => (path === 2 ? fail(path) : [0]) },
    });
    expect(study).toMatchObject({ paths: 2, stopped: { cause: "the reference: no state of path 2" } });
    expect(study.stopped).not.toHaveProperty("level");
  });

  it("an interrupt within it is an interrupt", () => {
    const { stopped } = studyStrong({
      levels: [4, 8],
      paths: 9,
      solve,
      reference: {
        kind: "exact",
        solve: (path) => {
          if (path === 3) throw new Stopped("interrupted", { interrupted: true });
          return [0];
        },
      },
    });
    expect(stopped).toMatchObject({ path: 3, cause: "interrupted", interrupted: true });
  });
});

it("times only the paths that count", () => {
  let now = 0;
  const { levels } = studyStrong({
    levels: [4, 8],
    paths: 9,
    reference: { kind: "exact", solve: () => [0] },
    clock: () => now,
    solve(steps, path) {
      now += steps;
      if (path === 6 && steps === 8) throw new Stopped("too far");
      return [noise(path, steps) / steps];
    },
  });
  expect(levels.map(({ seconds }) => seconds)).toEqual([4, 8]);
});

it.each([NaN, Infinity, 0, -1])("a work of %d is refused before any path is solved", (work) => {
  let solved = 0;
  const study = (): unknown =>
    studyStrong({
      levels: [4, 8, 16],
      paths: 9,
      solve: () => [++solved],
      work: (steps) => (steps === 8 ? work : 1),
    });
  expect(study).toThrow(/studyStrong: work\(8\) is .*, want a finite number above zero/);
  expect(solved).toBe(0);
});
