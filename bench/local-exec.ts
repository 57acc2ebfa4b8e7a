import { createdFlows } from "./creations";
import { SERVICE } from "./flows";
import { inSeconds, inTurns, median, medianRatio } from "./measure";
import { isInstalled, NotHere } from "./parts";
import type { Row } from "./row";
import { startSandboxProcess, type SandboxProcess } from "./sandbox-process";
import type { Subject } from "./subject";
import { Workspace } from "./workspace";

const COUNT = 100;
const TURNS = 3;

/** What people do without a provider: a script per flow, with no plan and no drift. */
export async function againstLocalExec(subjects: readonly Subject[]): Promise<Row[]> {
  if (!isInstalled("curl")) throw new NotHere("curl is not installed here");
  const actions = new Map([
    ["asks", () => scripted(asking)],
    ["waits", () => scripted(waiting)],
  ]);
  for (const subject of subjects) {
    actions.set(subject.label, async () => (await createdFlows(COUNT, subject)).seconds);
  }
  const measured = await inTurns(TURNS, actions);
  const rows = (theirs: "asks" | "waits", script: string, limit?: number) =>
    subjects.map(({ label }): Row => {
      const [ours, baseline] = [measured.get(label)!, measured.get(theirs)!];
      return {
        what: `create ${COUNT} flows, against ${script}`,
        node: label,
        ours: inSeconds(median(ours)),
        baseline: `\`terraform_data\` + \`local-exec\` + curl: ${inSeconds(median(baseline))}`,
        ratio: medianRatio(ours, baseline),
        ...(limit === undefined ? {} : { limit }),
      };
    });
  return [
    ...rows("asks", "a script that asks for the flow and waits for nothing"),
    ...rows("waits", "a script that asks, and looks each second until the flow is delivered", 1),
  ];
}

async function scripted(script: (sandbox: SandboxProcess) => string): Promise<number> {
  const sandbox = await startSandboxProcess("ovh");
  const workspace = new Workspace({ files: { "main.tf": configuration(script(sandbox)) } });
  try {
    await workspace.init();
    return (await workspace.apply()).seconds;
  } finally {
    workspace.remove();
    await sandbox.stop();
  }
}

const configuration = (script: string): string => `resource "terraform_data" "flow" {
  count = ${COUNT}
  provisioner "local-exec" {
    command = <<-EOT
${script}
    EOT
  }
}`;

const common = ({ url, accessToken }: SandboxProcess): string => `
      set -e
      service=${url}/1.0/dedicatedCloud/${SERVICE}
      ask() { curl -sf -H 'Authorization: Bearer ${accessToken}' -H 'Content-Type: application/json' "$@"; }
      wanted='{"ip":"10.0.0.\${count.index}","servicePort":587}'`;

const asking = (sandbox: SandboxProcess): string => `${common(sandbox)}
      ask -d "$wanted" $service/vrops/outgoingFlow >/dev/null`;

/** The task tells when it is done, and then a batch of all flows in which state ours is. */
const waiting = (sandbox: SandboxProcess): string => `${common(sandbox)}
      task=$(ask -d "$wanted" $service/vrops/outgoingFlow | sed 's/.*"taskId":\\([0-9]*\\).*/\\1/')
      until ask $service/task/$task | grep -q '"state":"done"'; do sleep 1; done
      ids=$(ask $service/vrops/outgoingFlow | tr -d '[]')
      ask -H 'X-Ovh-Batch: ,' $service/vrops/outgoingFlow/$ids | tr '}' '\\n' \\
        | grep '"ip":"10.0.0.\${count.index}"' | grep -q '"state":"delivered"'`;
