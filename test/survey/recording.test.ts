import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startSandbox } from "../../lib/sandbox";
import { judge } from "../../lib/survey/judge";
import { readAll, type ReadOutcome } from "../../lib/survey/read-all";
import { Recording, replay, type RecordedFile } from "../../lib/survey/recording";
import { HttpError } from "../../lib/http/error";
import type { HttpResponse } from "../../lib/http/types";
import type { SystemReport } from "../../lib/survey/report";
import { inhabited } from "./support/inhabited";
import { surveyed, systemNamed } from "./support/surveyed";

// Answers that were kept once are read again: the contract as it is now is held against them. Those of a real system go
// beside these, in a folder of their own.

const RECORDED = join(__dirname, "recorded");
const signal = new AbortController().signal;

/** Of what the sandbox has none: tasks come and go, and nobody has set the host's or the organization's mail. */
const EMPTY: ReadonlySet<string> = new Set(["tasks", "mail settings of the host", "mail settings of the organization"]);

/** What a survey makes of a recording. */
async function replayed(name: string, files: readonly RecordedFile[]): Promise<SystemReport> {
  const system = systemNamed(name);
  const survey = await system.survey!();
  const { basis, answerTo } = replay(files);
  const outcomes: ReadOutcome[] = [];
  await readAll(survey.readings(basis), {
    async send(reading, _, request) {
      const answer: HttpResponse = answerTo(reading, request) ?? {
        status: 599,
        headers: {},
        data: undefined,
        text: "",
      };
      if (answer.status < 300) return answer;
      throw new HttpError("status", "GET", `https://example.com${request.path}`, `answered ${answer.status}`, answer);
    },
    isForbidden: (error) => error instanceof HttpError && error.status === 403,
    signal,
    now: 0,
    progress: () => undefined,
    done: (outcome) => void outcomes.push(outcome),
  });
  const seen = {
    beginning: { basis },
    certificate: undefined,
    guard: { first: undefined, last: undefined },
    problems: [],
  };
  return judge(
    { ...seen, system, survey, address: { url: "https://example.com", logins: [] }, outcomes },
    undefined,
    0,
  );
}

function recorded(folder: string): RecordedFile[] {
  const directory = join(RECORDED, folder);
  return readdirSync(directory)
    .sort()
    .map((name) => ({
      name,
      content: JSON.parse(readFileSync(join(directory, name), "utf8")) as RecordedFile["content"],
    }));
}

const told = ({ answers, objects, version }: SystemReport) => ({
  version,
  objects,
  answers: answers.map(({ request, verdict, deviations, unknownMembers, times }) => ({
    ...{ request, verdict, deviations, unknownMembers, times },
  })),
});

describe.each(["alertops", "ovh", "uipath", "uptrends", "vrops"])("answers of %s that are kept", (name) => {
  it("say the same again when they are read again", async () => {
    const flows = [{ ip: "203.0.113.25", port: 587, description: "relay" }];
    const sandbox = await startSandbox({
      seed: 7,
      options: { ovh: { services: [{ name: "pcc-192-0-2-10", flows }] } },
    });
    await inhabited(sandbox);
    const recording = new Recording(name);
    const asked = { environment: sandbox.environment(), places: name === "ovh" ? ["pcc-192-0-2-10"] : [], recording };
    const report = await surveyed(name, asked);
    await sandbox.close();
    const { vocabulary } = await systemNamed(name).survey!();
    const files = recording.files(vocabulary);
    for (const { kind, count } of report.objects) expect([kind, count]).not.toEqual([kind, EMPTY.has(kind) ? -1 : 0]);
    const again = await replayed(name, files);
    expect(told(again)).toEqual({ ...told(report), version: again.version });
    if (process.env["UPDATE_GOLDEN"]) {
      mkdirSync(join(RECORDED, `${name}-sandbox`), { recursive: true });
      for (const { name: file, content } of files) {
        writeFileSync(join(RECORDED, `${name}-sandbox`, file), `${JSON.stringify(content, null, 2)}\n`);
      }
    }
  });
});

describe.each(readdirSync(RECORDED))("the recording %s", (folder) => {
  const files = recorded(folder);
  const [begun] = files.flatMap(({ content }) => ("system" in content ? [content] : []));

  it("is still as the contract expects", async () => {
    const report = await replayed(begun!.system, files);
    expect(report.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(report.answers.filter(({ verdict }) => verdict === "expected").length).toBeGreaterThan(1);
  });

  it("would tell of a contract that no longer fits", async () => {
    const broken = files.map((file) =>
      "path" in file.content && file.content.status < 300 ? { ...file, content: { ...file.content, body: 7 } } : file,
    );
    const report = await replayed(begun!.system, broken);
    expect(report.findings.map(({ code }) => code)).toContain("doctor/unexpected-form");
  });
});
