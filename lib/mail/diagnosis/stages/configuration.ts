import { ProblemError } from "../../../core/problem";
import { hasControlCharacter } from "../../../validators/single-line";
import { authorities } from "../../wire/authorities";
import type { ProbeRuntime } from "../../wire/probe-runtime";
import { SECURITY_TITLES } from "../../wire/security";
import type { StageResult } from "../../stage/stage-log";
import type { Target } from "../../smtp/target";
import { fieldWithControlCharacter } from "../errors";

/**
 * Checks the settings, and returns the authorities to trust. Settings become parts of commands and headers: a line
 * break in one of them is refused here.
 */
export async function configuration(
  target: Target,
  runtime: ProbeRuntime,
): Promise<StageResult<readonly string[] | undefined>> {
  const fields: Record<string, string | undefined> = {
    smtp_host: target.host,
    username: target.login?.username,
    password: target.login?.password,
    from_address: target.from,
  };
  target.to.forEach((receiver, index) => (fields[`to[${index}]`] = receiver));
  for (const [name, text] of Object.entries(fields)) {
    if (text !== undefined && hasControlCharacter(text)) throw new ProblemError(fieldWithControlCharacter(name));
  }
  const login = target.login ? `login as ${target.login.username}` : "no login";
  return {
    value: authorities(target.ca, runtime),
    detail: `${target.host}:${target.port}, ${SECURITY_TITLES[target.security]}, ${login}, from ${target.from}`,
  };
}
