import type { Deadline } from "../deadline";
import type { NameServers } from "../dns";
import type { ProbeRuntime } from "../runtime";
import { DKIM, DMARC, SPF } from "../stage";
import type { StageLog } from "../stage-log";
import type { AlignmentRequest } from "./alignment";

/** Judges SPF, DKIM and DMARC of the sender. */
export async function judgeAlignment(
  _request: AlignmentRequest,
  _servers: NameServers,
  _runtime: ProbeRuntime,
  log: StageLog,
  _deadline: Deadline,
): Promise<void> {
  for (const name of [SPF, DKIM, DMARC]) log.skip(name, "not supported yet");
}
