import { toHtml, toMarkdown, toSarif } from "../../lib/review";
import { HOMEPAGE } from "../../lib/core/documentation";
import { FLOW, flow, kept, planJson, plugin, PLUGIN, rule, RULE, type ResourceJson } from "./support/plan-json";
import { reviewed } from "./support/reviewed";

const review = (resources: ResourceJson[]) => reviewed(planJson(resources));

describe("what says nothing", () => {
  const helper: ResourceJson = {
    type: "null_resource",
    name: "order",
    actions: ["delete", "create"],
    before: { id: "1", triggers: { a: "1" } },
    after: { triggers: { a: "2" } },
    extra: { action_reason: "replace_because_cannot_update" },
  };
  const one = review([helper, { type: FLOW, after: flow() }]);

  it("is counted and folded, and not explained by Terraform's own word for it", () => {
    const text = toMarkdown(one);
    expect(text).toContain("<summary>1 other object with no part in the way of the alerts</summary>");
    expect(text).toContain("- `null_resource.order` to replace");
    expect(text).not.toContain("cannot update");
    expect(text).not.toContain("**1 to replace**");
    expect(toHtml(one)).toContain("<summary>1 other object with no part in the way of the alerts</summary>");
    expect(toHtml(one)).not.toContain("cannot update");
  });

  it("is in the count and in the differences all the same", () => {
    expect(one.verdict.line).toContain("1 to replace, 1 to add");
    expect(toMarkdown(one)).toContain("! null_resource.order");
  });

  it("does not hide a change of ours, nor why it is made where that says something", () => {
    const tainted = { type: PLUGIN, before: plugin(), after: plugin(), actions: ["delete", "create"] };
    const [change] = review([{ ...tainted, extra: { action_reason: "replace_because_tainted" } }]).changes;
    expect(change?.meaning).toContain("made anew");
    const webhook = {
      type: "outbound_uipath_webhook",
      before: { id: "1" },
      after: { id: "1" },
      actions: tainted.actions,
    };
    const text = toMarkdown(review([{ ...webhook, extra: { action_reason: "replace_because_tainted" } }]));
    expect(text).toContain("- `outbound_uipath_webhook.this`: it was left half made by an apply that failed");
  });
});

describe("long lists", () => {
  const flows = Array.from({ length: 30 }, (_, index) => ({
    type: FLOW,
    name: `f${index}`,
    after: flow({ id: undefined, ip: `203.0.113.${index + 1}` }),
  }));
  const many = review(flows);

  it("are folded, in Markdown and in HTML, and nothing is left out", () => {
    const text = toMarkdown(many);
    expect(text).toContain("<details><summary><b>30 to add</b></summary>");
    expect(text).toContain("<details><summary>20 more</summary>\n\n| | From | To | Used by | |\n|---|");
    const page = toHtml(many);
    expect(page).toContain("<details><summary><b>30 to add</b></summary>");
    expect(page).toContain("<details><summary>20 more</summary>\n<table>");
    for (const { name } of flows) {
      expect(text).toContain(`\`outbound_ovh_vrops_flow.${name}\``);
      expect(page).toContain(`<code>outbound_ovh_vrops_flow.${name}</code>`);
    }
  });

  it("are open where they are short", () => {
    expect(toMarkdown(review(flows.slice(0, 5)))).toContain("**5 to add**");
    expect(toMarkdown(review(flows.slice(0, 5)))).not.toContain("more</summary>");
  });
});

it("links each rule to its page, wherever the review is read", () => {
  const weak = review([{ type: PLUGIN, before: plugin(), after: plugin({ security: "none" }) }]);
  const url = `${HOMEPAGE}/blob/main/docs/reference/rules/tls-required.md`;
  expect(toMarkdown(weak)).toContain(`[\`tls-required\`](${url})`);
  expect(toHtml(weak)).toContain(`<a href="${url}"><code>tls-required</code></a>`);
  const sarif = JSON.parse(toSarif(weak, { version: "1.0.0" })) as {
    runs: [{ tool: { driver: { rules: { id: string; helpUri?: string }[] } } }];
  };
  expect(sarif.runs[0].tool.driver.rules.find(({ id }) => id === "tls-required")?.helpUri).toBe(url);
});

describe("what is let go without being destroyed", () => {
  const used = plugin({ smtp_host: "203.0.113.25" });

  it("stays: a forgotten flow is open, and who sends through it still does", () => {
    const other = kept(FLOW, flow({ ip: "203.0.113.99", id: "pcc-192-0-2-10/42" }));
    const one = review([
      { type: FLOW, before: flow(), actions: ["forget"] },
      { ...other, name: "other" },
      kept(PLUGIN, used),
      kept(RULE, rule()),
    ]);
    expect(one.stops.map(({ id }) => id)).toEqual(["nobody-manages-it"]);
    expect(one.stops[0]?.summary).toContain("the flow to 203.0.113.25:587 stays open");
    expect(one.reachability.map(({ change }) => change)).toEqual(["kept", "kept"]);
    expect(one.picture.edges.filter(({ status }) => status !== "kept")).toEqual([]);
  });

  it("stays: a forgotten plugin goes on sending, and nobody is dropped", () => {
    const one = review([
      kept(FLOW, flow()),
      { type: PLUGIN, before: used, actions: ["forget"] },
      { type: RULE, before: rule(), actions: ["forget"] },
    ]);
    expect(one.stops.map(({ id, path }) => [id, path])).toEqual([
      ["nobody-manages-it", `${PLUGIN}.this`],
      ["nobody-manages-it", `${RULE}.this`],
    ]);
    expect(one.stops[0]?.summary).toContain('"Prod SMTP" goes on sending');
    expect(one.stops[1]?.summary).toContain("goes on telling its receivers");
    expect(one.receivers.every(({ before, after }) => before.join() === after.join())).toBe(true);
  });

  it("is no finding where it has no part in the way of the alerts", () => {
    expect(review([{ type: "terraform_data", before: { id: "1" }, actions: ["forget"] }]).stops).toEqual([]);
  });
});
