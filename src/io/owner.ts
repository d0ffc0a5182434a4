import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** A process that can be told from any other, dead or alive: numbers of processes come again, start times do not. */
export interface Owner {
  readonly host: string;
  readonly pid: number;
  /** When the process began, in clock ticks since the machine did; null where the system does not tell. */
  readonly began: string | null;
}

export const thisProcess = (): Owner => ({
  host: hostname(),
  pid: process.pid,
  began: beginning(process.pid),
});

/** Whether the process still runs. Of another machine nobody can tell: true. */
export function isAlive({ host, pid, began }: Owner): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Not permitted to signal it: it is there.
    return (error as NodeJS.ErrnoException).code === "EPERM" && beginning(pid) === began;
  }
  return beginning(pid) === began;
}

/** Field 22 of /proc/<pid>/stat; the name in field 2 may hold spaces and brackets. */
function beginning(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return null;
  }
}
