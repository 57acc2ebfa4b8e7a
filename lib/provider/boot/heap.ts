import { setFlagsFromString } from "node:v8";

/** The two kinds of garbage that V8 collects separately: of recent objects, and of those that have survived. */
export type Garbage = "young" | "old";

/** V8 flags, each with the value that keeps a heap small and with V8's own default. */
const SWITCHES = {
  young: { name: "--semi-space-growth-factor", small: 1, usual: 2 },
  old: { name: "--heap-growing-percent", small: 20, usual: 0 },
} as const;

/**
 * Controls how this process's heap grows. Terraform runs a provider beside its own large process, often in a small CI
 * container. Measured at the peak of a thousand creations: a young generation of one megabyte, instead of one that grows to
 * 48, saves 25 MiB; collecting the old generation when it has grown by a fifth, instead of when it has doubled or more, saves
 * another 25.
 */
export class Heap {
  private readonly kept = new Set<Garbage>();

  keepSmall(garbage: Garbage): void {
    this.kept.add(garbage);
    const { name, small } = SWITCHES[garbage];
    setFlagsFromString(`${name}=${small}`);
  }

  /** Runs `act` under V8's default flags, for code caches: V8 accepts one only under the flags of its making. */
  withDefaults<Result>(act: () => Result): Result {
    const kept = [...this.kept];
    for (const garbage of kept) setFlagsFromString(`${SWITCHES[garbage].name}=${SWITCHES[garbage].usual}`);
    try {
      return act();
    } finally {
      for (const garbage of kept) this.keepSmall(garbage);
    }
  }
}
