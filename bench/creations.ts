import { dataConfiguration, flowConfiguration } from "./flows";
import { inSeconds, inTurns, median, medianRatio } from "./measure";
import { peakRow } from "./peak-row";
import { secondsIn } from "./planned";
import type { Row } from "./row";
import { startSandboxProcess } from "./sandbox-process";
import type { Subject } from "./subject";
import { Workspace, type Measured } from "./workspace";

const COUNT = 1_000;
/** Terraform takes most of the time of both. */
const TURNS = 1;
const LIMIT = 1.2;
const PEAK_LIMIT_MIB = 110;

interface Creation extends Measured {
  readonly requests: number;
}

/** A thousand flows that do not exist yet. */
export async function creations(subjects: readonly Subject[]): Promise<Row[]> {
  const actions = new Map([["", createdData]]);
  for (const subject of subjects) actions.set(subject.label, () => createdFlows(COUNT, subject));
  const measured = await inTurns<Creation>(TURNS, actions);
  const data = secondsIn(measured.get("")!);
  const of = ({ label }: Subject) => measured.get(label)!;
  return [
    ...subjects.map((subject): Row => {
      const ours = secondsIn(of(subject));
      return {
        what: `create ${COUNT} flows, API at 0 ms`,
        node: subject.label,
        ours: inSeconds(median(ours)),
        baseline: `${COUNT} \`terraform_data\`: ${inSeconds(median(data))}`,
        ratio: medianRatio(ours, data),
        limit: LIMIT,
      };
    }),
    ...subjects.map((subject) => peakRow(`create ${COUNT} flows`, subject, of(subject), PEAK_LIMIT_MIB)),
    ...subjects.map((subject): Row => {
      const requests = median(of(subject).map((one) => one.requests));
      return {
        what: `API requests, create ${COUNT} flows`,
        node: subject.label,
        ours: String(requests),
        baseline: "",
        value: requests,
      };
    }),
  ];
}

async function createdData(): Promise<Creation> {
  const workspace = new Workspace({ files: { "main.tf": dataConfiguration(COUNT) } });
  try {
    return { ...(await workspace.apply()), requests: 0 };
  } finally {
    workspace.remove();
  }
}

/** In a world of their own, since each creation needs one without them. */
export async function createdFlows(count: number, subject: Subject): Promise<Creation> {
  const sandbox = await startSandboxProcess("ovh");
  const { environment } = sandbox;
  const workspace = new Workspace({ files: { "main.tf": flowConfiguration(count) }, environment, subject });
  try {
    await workspace.init();
    return { ...(await workspace.apply()), requests: await sandbox.takeRequestCount() };
  } finally {
    workspace.remove();
    await sandbox.stop();
  }
}
