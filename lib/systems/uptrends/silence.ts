import { ProblemError, type Problem } from "../../core/problem";
import type { Context } from "../../terraform-plugin/resource";
import { reasonFor } from "../kit/inventory";
import type { UptrendsClient } from "./client";
import { alertsForNothing, membersUnknown, tellsNobody } from "./errors";
import { levelId } from "./ids";
import type { MemberRef } from "./member-kinds";
import type { MemberPlace } from "./member-kinds";

type Ctx = Pick<Context<UptrendsClient>, "client" | "signal">;

interface Definition {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean | null;
}

interface Level {
  readonly definition: string;
  readonly level: number;
  readonly enabled: boolean | null;
}

/** Why a definition can never alert, or nobody receives its alerts; undefined where nothing is wrong. */
export async function silenceOfDefinition(
  { id, name, enabled }: Definition,
  context: Ctx,
): Promise<Problem | undefined> {
  // A definition that is switched off is silent on purpose.
  if (enabled === false) return undefined;
  const place = `the alert definition ${JSON.stringify(name)}`;
  return silence(
    place,
    async () => (await membersOf({ definition: id }, context)).length === 0,
    () => alertsForNothing(name),
  );
}

export async function silenceOfLevel(
  { definition, level, enabled }: Level,
  context: Ctx,
): Promise<Problem | undefined> {
  if (enabled === false) return undefined;
  const { client, signal } = context;
  const id = levelId(definition, level);
  const hasNobody = async () =>
    (await client.attachments(definition, level).list(signal)).length === 0 &&
    (await membersOf({ definition, level }, context)).length === 0;
  return silence(`the escalation level ${id}`, hasNobody, () => tellsNobody(id));
}

/** Warns of a definition without monitors, also when its monitors are unknown. */
export async function warnOfNoMonitors(definition: Definition, context: Context<UptrendsClient>): Promise<void> {
  const problem = await silenceOfDefinition(definition, context);
  if (problem !== undefined) context.report(problem);
}

export async function warnOfNobody(level: Level, context: Context<UptrendsClient>): Promise<void> {
  const problem = await silenceOfLevel(level, context);
  if (problem !== undefined) context.report(problem);
}

const membersOf = (place: MemberPlace, { client, signal }: Ctx): Promise<readonly MemberRef[]> =>
  client.members(place).list(signal);

async function silence(
  place: string,
  isSilent: () => Promise<boolean>,
  problem: () => Problem,
): Promise<Problem | undefined> {
  try {
    return (await isSilent()) ? problem() : undefined;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return membersUnknown(place, reasonFor(error));
  }
}
