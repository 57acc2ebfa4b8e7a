import { existsSync } from "node:fs";
import { connect } from "node:net";
import type { Demo } from "./demo";
import { endLeftProcesses, leftProcesses, type LeftProcess } from "./leftovers";

/** Ends every process that the demo started, and verifies that. */
export async function cleanUp(demo: Demo): Promise<void> {
  const { narrator, sandbox, workspace, signal, clock } = demo;
  const left = leftProcesses(workspace.run);
  const stubborn = await endLeftProcesses(workspace.run, clock);
  const listened = [sandbox.url, ...Object.values(sandbox.urls)].map((url) => new URL(url).host);
  const { startTls, tls } = sandbox.mail;
  listened.push(`${startTls.host}:${startTls.port}`, `${tls.host}:${tls.port}`);
  await sandbox.close();
  workspace.remove();

  narrator.line();
  narrator.line("Cleaned up");
  // After Ctrl-C some may have been ending; otherwise there must have been none to end.
  const running: readonly LeftProcess[] | undefined = left === undefined ? undefined : signal.aborted ? stubborn : left;
  if (running === undefined) narrator.line("   (this platform does not show whether a process was left running)");
  else demo.check("nothing is left running", running.length === 0, "no process of this run", running);
  const open = (await Promise.all(listened.map(async (address) => ((await answers(address)) ? [address] : [])))).flat();
  demo.check("nothing listens any more", open.length === 0, "no open port", open);
  const gone = !existsSync(workspace.directory);
  demo.check("its working directory is gone", gone, "no directory", workspace.directory);
}

function answers(address: string): Promise<boolean> {
  const { hostname: host, port } = new URL(`tcp://${address}`);
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), timeout: 1_000 });
    const done = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once("connect", () => done(true));
    socket.once("error", () => done(false));
    socket.once("timeout", () => done(false));
  });
}
