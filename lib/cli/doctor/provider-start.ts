import { whenAborted } from "../../core/signals";
import { spawn } from "node:child_process";
import { invitation } from "../../terraform-plugin/handshake";
import { providerDoesNotStart } from "../tools.errors";
import type { InitialSurroundings } from "../surroundings";
import { wrong, type CheckFinding } from "./finding";

/** Terraform itself gives up after a minute; a start that slow is another problem. */
const LONGEST_MS = 20_000;

/** Starts the provider as Terraform does, with its PATH, and ends it when it has printed its address. */
export async function providerStart(
  executable: string,
  { environment, interrupted }: Pick<InitialSurroundings, "environment" | "interrupted">,
): Promise<CheckFinding> {
  const subject = "Start of the provider";
  const { line, rest } = await firstLine(executable, { ...environment, ...invitation }, interrupted);
  if (/^1\|6\|(unix|tcp)\|/.test(line)) return { subject, seen: "it answers as Terraform expects" };
  return wrong(subject, providerDoesNotStart(executable, line || rest || "nothing"));
}

function firstLine(
  executable: string,
  env: Readonly<Record<string, string | undefined>>,
  interrupted: AbortSignal,
): Promise<{ readonly line: string; readonly rest: string }> {
  return new Promise((resolve, reject) => {
    if (interrupted.aborted) return reject(interrupted.reason);
    let [out, err] = ["", ""];
    const child = spawn(executable, [], { env, stdio: ["ignore", "pipe", "pipe"] });
    const timer = setTimeout(() => child.kill("SIGKILL"), LONGEST_MS);
    const stop = () => void child.kill("SIGKILL");
    const stopListening = whenAborted(interrupted, stop);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      if (out.includes("\n")) child.kill("SIGTERM");
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    const end = (failure = "") => {
      clearTimeout(timer);
      stopListening();
      if (interrupted.aborted) return reject(interrupted.reason);
      resolve({ line: out.split("\n", 1)[0]!, rest: failure || (err.trim().split("\n", 1)[0] ?? "") });
    };
    child.on("error", (error) => end(error.message));
    child.on("close", () => end());
  });
}
