import { mailExits } from "../../lib/mail/diagnosis/exit-codes";
import { asAttribute, fromTemplate, renderProse } from "../../lib/core/prose";
import { allRemedies } from "../../lib/mail/diagnosis/remedies";
import { STAGES } from "../../lib/mail/stage/stage-facts";
import type { Remedy } from "../../lib/mail/stage/remedy";
import { code, table } from "./markdown";
import { causeTable, enhancedCodeTable, replyTables } from "./refusal-tables";

/** More than that, and a row is printed once for all of its stages. */
const OWN_STAGES = 2;

/** What the diagnosis can say, for the reader of a report: generated, so that it says what the code says. */
export function mailDiagnosisPage(): string {
  return [
    "# Mail diagnosis",
    INTRODUCTION,
    "## The stages",
    "In order. A stage that was not reached is `skipped`, and says which one it waited for.",
    table(
      ["stage", "what is known once it has passed"],
      STAGES.map(({ name, shownAs, proves }) => [code(shownAs ?? name), proves]),
    ),
    READING,
    "## What can go wrong, and what to do",
    "By stage; what can happen at several is at the end. The code is stable: it is what JSON and JUnit reports carry, and what this page can be searched for. Words in *italics* are filled in; the server's own words follow them in a report.",
    ...STAGES.flatMap(({ name }) => remediesOf(name)),
    "### At several stages",
    remedyTable(allRemedies.filter(isGeneral), true),
    "## Refusals",
    REFUSALS,
    causeTable(),
    "## Refusals by reply",
    REPLIES,
    ...replyTables(),
    "## Enhanced status codes",
    "The second number of a reply such as `550 5.7.1` ([RFC 3463](https://www.rfc-editor.org/rfc/rfc3463), and the registry that grew from it). The first digit says how final it is: `2` accepted, `4` temporary, `5` permanent. The rest says what it is about:",
    enhancedCodeTable(),
    "## Exit codes",
    "`outbound probe` and `outbound send` end with the code of the first stage that failed.",
    table(
      ["exit code", "stages", "meaning"],
      mailExits.map(({ code: exit, stages, meaning }) => [String(exit), stages.map(code).join(", "), meaning]),
    ),
  ].join("\n\n");
}

const INTRODUCTION = `\`outbound_test_email\` and \`outbound send\` send a test mail and watch it on its way; \`outbound_smtp_probe\` and \`outbound probe\` go the same way up to the receivers and send nothing. Each step is a stage with what was seen, how long it took, and, where something is wrong, what to do.

Three things to keep in mind while reading a report:

- **From where.** The stages from \`config\` to \`DATA\` are seen from the machine that runs the test: Terraform's, or a CI runner. It may get through where the monitored platform does not, and the other way round. What the platform sees, its own test tells (\`via\`), and the declared outbound flows tell what should be open.
- **Accepted is not delivered.** A server that takes a message promises to pass it on or to send it back. Whether it lies in the mailbox, only the mailbox tells: the stage \`arrival\`, or whoever reads it.
- **Accepted so far.** A probe asks the server about sender and receivers and takes the question back. Some servers say yes to any receiver and refuse later, some say "not now" to any stranger first (greylisting).`;

const REFUSALS = `What a refusal means is read from the server's words and codes and from what is known of the connection: whether a login is configured and was given, whether it is encrypted, who the server is. The strongest evidence decides: a vendor's own words, then the enhanced code, then general words, then the basic code. Host names, addresses, links and quoted arguments inside a reply decide nothing. A reply that nobody knows is \`mail/refused\`, or \`mail/refused-for-now\` when its code begins with 4, with what the family of its code means.

\`outbound explain\` says the same of any reply, log line or bounce, without a server.`;

const REPLIES = `Search for a piece of the reply. The examples are shortened to what tells; names and addresses in them are made up. What is marked "observed" was said by a server of that make; "known, not looked up" has no page behind it.`;

const READING = `A stage ends as \`passed\`, \`warning\` (works, but look at it), \`failed\`, \`skipped\` or \`unavailable\` (the other side has no such test). The message leaves over a second connection, to the very address that the first one went through: where that one fails before the sender is accepted, \`MAIL\` says of what, in the words of the stage it failed at.`;

function remediesOf(stage: string): string[] {
  const rows = allRemedies.filter((remedy) => remedy.stages.includes(stage) && !isGeneral(remedy));
  return rows.length === 0 ? [] : [`### ${stage}`, remedyTable(rows, false)];
}

const isGeneral = ({ stages }: Remedy) => stages.length > OWN_STAGES;

function remedyTable(rows: readonly Remedy[], withStages: boolean): string {
  return table(
    ["code", ...(withStages ? ["stages"] : []), "what is seen", "what to do"],
    rows.map(({ code: id, stages, severity, summary, fix }) => [
      code(id),
      ...(withStages ? [span(stages)] : []),
      `${severity === "warning" ? "Warning: " : ""}${prose(summary)}`,
      prose(fix),
    ]),
  );
}

/** Stages in their order; three or more in a row as "`MAIL` to `DATA`". */
function span(stages: readonly string[]): string {
  const runs: string[][] = [];
  for (const [index, { name }] of STAGES.entries()) {
    if (!stages.includes(name)) continue;
    const last = runs.at(-1);
    if (last !== undefined && last.at(-1) === STAGES[index - 1]?.name) last.push(name);
    else runs.push([name]);
  }
  return runs
    .map((run) => (run.length > 2 ? `${code(run[0]!)} to ${code(run.at(-1)!)}` : run.map(code).join(", ")))
    .join(", ");
}

/** Placeholders in italics; those that only complete a word, and may be empty, are left out. */
function prose(template: string): string {
  const text = renderProse(
    fromTemplate(template, (name) => `{${name}}`),
    asAttribute,
  );
  const complete = text.replace(/(?<=\w)\{\w+\}|^\{\w+\}(?=\w)/g, "").replace(/\{(\w+)\}/g, "*$1*");
  return complete.slice(0, 1).toUpperCase() + complete.slice(1);
}
