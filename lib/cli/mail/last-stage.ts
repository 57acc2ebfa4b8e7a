import { badOption } from "../errors";
import { LAST_STAGES, type MailOptions } from "./options";

/** The name of the stage after which a probe ends. */
export function lastStageOf({ quitAfter }: MailOptions): string | undefined {
  if (quitAfter === undefined) return undefined;
  const stage = LAST_STAGES.find((name) => name.toLowerCase() === quitAfter.toLowerCase());
  if (stage === undefined) throw badOption("--quit-after", quitAfter, LAST_STAGES.join(", "));
  return stage;
}
