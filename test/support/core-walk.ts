/** Something that a walk does once. */
export interface Step {
  readonly name: string;
  /** The names of what must be done first; of those that the walk does not have, nothing is waited for. */
  readonly after: ReadonlySet<string>;
  /** Gives what went wrong. */
  run(): Promise<readonly string[]>;
}

/**
 * Does the steps in a random order that keeps what must come first, some at the same time; gives what went wrong. What
 * comes after a step that failed is left out.
 */
export async function walk(steps: readonly Step[], random: () => number, parallelism = 10): Promise<string[]> {
  const names = new Set(steps.map(({ name }) => name));
  const waiting = new Set(steps);
  const done = new Set<string>();
  const failed = new Set<string>();
  const running = new Set<Promise<void>>();
  const errors: string[] = [];
  for (;;) {
    for (const step of waiting) {
      if ([...step.after].some((name) => failed.has(name))) {
        waiting.delete(step);
        failed.add(step.name);
      }
    }
    const ready = [...waiting].filter(({ after }) => [...after].every((name) => done.has(name) || !names.has(name)));
    if (ready.length === 0 && running.size === 0) return errors;
    if (ready.length === 0 || running.size >= parallelism) {
      await Promise.race(running);
      continue;
    }
    const step = ready[Math.floor(random() * ready.length)]!;
    waiting.delete(step);
    const one = step.run().then((problems) => {
      errors.push(...problems);
      (problems.length === 0 ? done : failed).add(step.name);
      running.delete(one);
    });
    running.add(one);
    // Terraform starts what is ready at once, but not in the same instant.
    if (random() < 0.5) await new Promise((settle) => setImmediate(settle));
  }
}
