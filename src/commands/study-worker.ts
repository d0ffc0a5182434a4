import type { Config } from "../config/config.js";
import type { StudyKind, StudyPlan, StudyReport } from "../experiments/study/report.js";
import { STUDIES } from "../experiments/study/studies.js";
import { followPaths, type FoundPaths } from "../studies/paths.js";
import { serveHere } from "../io/worker.js";

export interface StudyTask {
  readonly kind: StudyKind;
  readonly config: Config;
  /** Whether the levels are timed as well. */
  readonly timing: boolean;
}

export interface TimedStudy {
  readonly report: StudyReport;
  /** Median seconds of a path at every level alone; shorter than the levels where a path ended early. */
  readonly seconds: readonly number[];
}

/** Paths timed at each level, after one that warms the code up. */
const TIMED = 5;

/** Paths of a study, in a thread of its own, so that an interrupt reaches it and what was computed is kept. */
serveHere<StudyTask, FoundPaths>(({ kind, config, timing }, stopping) => {
  const plan = STUDIES[kind](config, stopping);
  const { paths } = plan;
  return {
    lanes: [paths.labels.length],
    block: (_, from, to, hooks) => followPaths(paths, hooks, [from, to]),
    conclude([found]): TimedStudy {
      const report = paths.conclude(found!);
      return { report, seconds: timing ? timeLevels(report, plan, stopping) : [] };
    },
  };
});

/** A study that was stopped is not timed: its levels may not run alone either. */
function timeLevels(report: StudyReport, { alone }: StudyPlan, stopping: () => boolean): number[] {
  const seconds: number[] = [];
  if (report.stopped) return seconds;
  for (const { steps, tokens } of report.levels) {
    const times: number[] = [];
    for (let path = 0; path <= TIMED; path++) {
      if (stopping()) return seconds;
      const start = performance.now();
      if (!alone((tokens ?? steps)!, path)) return seconds;
      times.push((performance.now() - start) / 1000);
    }
    seconds.push(times.slice(1).sort((a, b) => a - b)[Math.floor(TIMED / 2)]);
  }
  return seconds;
}
