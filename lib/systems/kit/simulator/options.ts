import type * as z from "../../../core/zod";
import { ProblemError } from "../../../core/problem";
import { nearestWord } from "../../../validators/did-you-mean";
import type { SimulatorWorld } from "./simulation";

/**
 * The sandbox's options for one simulator, completed by defaults.
 *
 * @throws ProblemError `sandbox/option-invalid`
 */
export function simulatorOptions<S extends z.ZodMiniObject>(
  system: string,
  shape: S,
  world: Pick<SimulatorWorld, "options">,
): z.output<S> {
  const known = Object.keys(shape.shape);
  const given = { ...(world.options[system] as object | undefined) } as Record<string, unknown>;
  // All simulators get the hosting service; few need it.
  if (!known.includes("service")) delete given["service"];
  const parsed = shape.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ProblemError(
    ...parsed.error.issues.map((issue) => {
      const unknown = issue.code === "unrecognized_keys" ? issue.keys[0] : undefined;
      const near = unknown === undefined ? undefined : nearestWord(unknown, known);
      return {
        severity: "error" as const,
        code: "sandbox/option-invalid",
        summary: `The simulator of ${system} cannot take this option`,
        path: [system, ...issue.path.map(String), ...(unknown === undefined ? [] : [unknown])],
        got: issue.message,
        expected: unknown === undefined ? "see the options of the simulator" : `one of ${known.join(", ")}`,
        fix: near === undefined ? "Correct the option or leave it out." : `Did you mean ${near}?`,
      };
    }),
  );
}
