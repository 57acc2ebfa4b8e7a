import type { Declared, Trial } from "./trial";

/**
 * A smaller trial that is violated as well: parts are left out one after the other, as long as what is left still is.
 *
 * @param isViolated plays a trial
 */
export async function shrink(trial: Trial, isViolated: (trial: Trial) => Promise<boolean>): Promise<Trial> {
  let smallest = trial;
  for (;;) {
    const smaller = await firstOf(smallerThan(smallest), isViolated);
    if (smaller === undefined) return smallest;
    smallest = smaller;
  }
}

async function firstOf(
  trials: readonly Trial[],
  holds: (trial: Trial) => Promise<boolean>,
): Promise<Trial | undefined> {
  for (const trial of trials) if (await holds(trial)) return trial;
  return undefined;
}

/** Each by one part, what leaves out most first. */
export function smallerThan(trial: Trial): readonly Trial[] {
  const { before, ...first } = trial;
  return [
    ...(trial.disruption.kind === "none" ? [] : [{ ...trial, disruption: { kind: "none" } } as const]),
    ...(before === undefined || trial.command === "destroy" ? [] : [first]),
    ...(trial.trace ? [{ ...trial, trace: false }] : []),
    ...withoutOne(trial.faults).map((faults) => ({ ...trial, faults })),
    ...withoutOne(trial.tasks).map((tasks) => ({ ...trial, tasks })),
    ...trial.wanted.filter(() => trial.wanted.length > 1).map((one) => undeclared(trial, one)),
    ...trial.faults.flatMap(({ times, after, ...fault }, at) =>
      [
        ...(times !== undefined && times !== 1 ? [{ ...fault, after, times: 1 }] : []),
        ...(after !== undefined && after > 0 ? [{ ...fault, after: 0, times }] : []),
      ].map((simpler) => ({ ...trial, faults: trial.faults.with(at, simpler) })),
    ),
  ];
}

const withoutOne = <T>(all: readonly T[]): readonly (readonly T[])[] => all.map((_, at) => all.toSpliced(at, 1));

function undeclared(trial: Trial, { type, identity }: Declared): Trial {
  const others = (declared: readonly Declared[]) =>
    declared.filter((one) => one.type !== type || one.identity !== identity);
  return {
    ...trial,
    // The outcome of a task is for a flow that is made.
    ...(type === "outbound_ovh_vrops_flow" ? { tasks: [] } : {}),
    wanted: others(trial.wanted),
    ...(trial.before === undefined ? {} : { before: others(trial.before) }),
  };
}
