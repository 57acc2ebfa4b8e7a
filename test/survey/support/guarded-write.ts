import { ReadOnlyGuard } from "../../../lib/survey/guard";
import { connectSystem } from "../../../lib/systems/kit/connect";
import { resolveSettings } from "../../../lib/systems/kit/settings-resolution";
import { runtimeIn, systemNamed } from "./surveyed";

/** A system's own client behind the guard, asked to write: what a mistake in a survey would do. */
export async function createGuardedWrite(
  name: string,
  environment: Record<string, string>,
): Promise<() => Promise<unknown>> {
  const system = systemNamed(name);
  const runtime = runtimeIn(environment);
  const resolution = resolveSettings(system, null, runtime);
  if (resolution.status !== "complete") throw new RangeError(`${name} is not configured`);
  const survey = await system.survey!();
  const { logins } = survey.address(resolution.settings as never, runtime);
  const client = await connectSystem(system, null, { ...runtime, interceptor: new ReadOnlyGuard(logins) });
  const part = name === "uipath" ? "tenant" : "";
  return () =>
    survey.send(client, part, "write", {
      method: "POST",
      path: "/anything",
      body: {},
      signal: new AbortController().signal,
    });
}
