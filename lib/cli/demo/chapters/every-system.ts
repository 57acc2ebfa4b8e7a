import type { Demo } from "../demo";
import { stagesOf, type StateResource } from "../terraform";

/** One relay in every system, and for each of them what was proved. */
interface Row {
  readonly system: string;
  readonly configured: string;
  readonly platformTest: string;
  readonly directTest: string;
  readonly delivered: string;
}

/** How an alert of each system reaches its receivers in the sandbox, and what then must be seen. */
const ALERTS: Readonly<Record<string, (demo: Demo, resources: readonly StateResource[]) => Promise<string>>> = {
  vrops: async (demo) => {
    await demo.sandbox.intervene("vrops", "raise-alert", { criticality: "CRITICAL" });
    return mailArrived(demo, /^\[vROps\]/);
  },
  uipath: async (demo) => {
    await demo.sandbox.intervene("uipath", "raise-alert", { text: "Job failed" });
    return mailArrived(demo, /^UiPath Orchestrator alert/);
  },
  uptrends: async (demo, resources) => {
    const id = resources.find(({ type }) => type === "outbound_uptrends_alert_definition")?.values["id"];
    const answer = await demo.sandbox.intervene("uptrends", "raise-alert", { id, incident: "demo" });
    const { alerts } = demo.sandbox.state().systems["alertops"] as { alerts: readonly unknown[] };
    return alerts.length > 0 ? "yes: AlertOps has the alert" : `no: ${JSON.stringify(answer)}`;
  },
  ksaar: async (demo, resources) => {
    const declared = resources.find(({ type }) => type === "outbound_ksaar_smtp_connection")?.values ?? {};
    const { sandbox } = demo;
    // What the printed steps ask a person to do.
    await sandbox.intervene("ksaar", "enter-connection", {
      name: declared["name"],
      sender: declared["sender"],
      host: declared["host"],
      port: declared["port"],
      authentication: declared["authentication"],
      user: declared["username"],
      password: sandbox.mail.password,
      secure: declared["secure"],
      default: declared["default_connection"],
      ca: sandbox.mail.ca,
    });
    await sandbox.intervene("ksaar", "send-mail", { to: "oncall@example.com", subject: "Ksaar alert", text: "…" });
    return mailArrived(demo, /^Ksaar alert/);
  },
};

/** Systems that work in pairs: the firewall of the platform, and who receives what the other one sees. */
const PARTNERS: Readonly<Record<string, string>> = { vrops: "ovh", uptrends: "alertops" };

/** Deploys one relay to every system, raises an alert in each, and shows what arrived. */
export async function everySystem(demo: Demo): Promise<void> {
  demo.chapter("One relay for every system: deploy, test, and raise an alert in each");
  await demo.cdktf("synth");
  await demo.cdktf("deploy", ...demo.workspace.stacks(), "--auto-approve");
  const plan = await demo.step("terraform plan", () => demo.terraform.plan(), "terraform plan -detailed-exitcode");
  demo.check("a second plan is empty", plan.exitCode === 0, "no changes", plan.actions);

  const resources = await demo.terraform.resources();
  const test = resources.find(({ type }) => type === "outbound_test_email");
  const stages = stagesOf(test);
  const direct = stages.some(({ name, status }) => name === "DATA" && status === "passed") ? "passed" : "failed";
  const rows: Row[] = [];
  for (const [system, raise] of Object.entries(ALERTS)) {
    const partner = PARTNERS[system];
    const of = (name: string) => resources.filter(({ type }) => type.startsWith(`outbound_${name}_`));
    const own = [...of(system), ...(partner === undefined ? [] : of(partner))];
    const tests = stages.filter(({ name }) => [system, partner].some((one) => name?.startsWith(`${one} test `)));
    rows.push({
      system: [system, partner].filter(Boolean).join(" + "),
      configured:
        system === "ksaar" ? "declared, entered by hand" : `${own.length} resource${own.length === 1 ? "" : "s"}`,
      platformTest: [...new Set(tests.map(({ status }) => status ?? ""))].join(", ") || "none",
      directTest: direct,
      delivered: await raise(demo, resources),
    });
    demo.check(`${system} is configured`, own.length > 0, "its resources in the state", own.length);
  }
  demo.narrator.quote(table(rows));
  demo.check(
    "no platform's own test failed",
    rows.every((row) => !row.platformTest.includes("failed")),
    "none failed",
    rows,
  );
  demo.check(
    "an alert of every system arrives",
    rows.every((row) => row.delivered.startsWith("yes")),
    "yes, everywhere",
    rows,
  );
}

/** What the steps printed by Ksaar's resource ask for when it goes: there is no API to do it. */
export async function undoByHand(demo: Demo): Promise<void> {
  await demo.sandbox.intervene("ksaar", "delete-connection", { name: "Alertes" });
}

async function mailArrived(demo: Demo, subject: RegExp): Promise<string> {
  try {
    const { to } = await demo.sandbox.inbox.waitFor((message) => subject.test(message.subject), {
      timeoutMs: 5_000,
      signal: demo.signal,
    });
    return `yes: ${to.join(", ")}`;
  } catch (error) {
    return `no: ${(error as Error).message}`;
  }
}

const HEADINGS: Row = {
  system: "system",
  configured: "configured",
  platformTest: "platform test",
  directTest: "direct test",
  delivered: "alert delivered",
};

function table(rows: readonly Row[]): string {
  const lines = [HEADINGS, ...rows].map((row) => Object.values(row) as string[]);
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
