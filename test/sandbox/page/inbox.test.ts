import type { Page } from "../../support/chromium";
import { inChromium } from "../../support/in-chromium";
import { OpenedPage } from "../../support/opened-page";

jest.setTimeout(90_000);

inChromium("the inbox of the page", () => {
  let opened: OpenedPage;
  let page: Page;
  beforeAll(async () => void (opened = await OpenedPage.start()));
  afterAll(() => opened.close());
  beforeEach(() => opened.world.sandbox.inbox.clear());
  afterEach(() => opened.closePages());

  const subjects = () =>
    page.run<string[]>(
      `() => [...document.querySelectorAll("#inbox [role=option] strong")].map((one) => one.innerText)`,
    );
  const focused = () =>
    page.run<string>(`() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.innerText`);

  it("shows a mail as it arrives, says so to screen readers, and leads through its parts by mouse", async () => {
    page = await opened.open();
    await page.sees("No mail has arrived yet", "#inbox");
    await opened.world.send({
      subject: "Datastore is full",
      text: "97 % of ds-07",
      html: "<h1>ds-07 is full</h1>",
      headers: { "X-Twice": ["one", "two"] },
      attachments: [{ filename: "graph.csv", content: "1,2" }],
    });
    await page.sees("Datastore is full", "#inbox [role=option]");
    expect(await page.text("#news")).toBe("New mail: Datastore is full");
    expect(await page.text("#tab-inbox .count")).toBe("1");

    await page.click("#inbox [role=option]");
    await page.sees("Datastore is full", "#inbox h2[tabindex]");
    expect(await page.text("#inbox .facts")).toMatch(/TLSv1\.3, logged in as alerts[\s\S]*graph\.csv/);
    const { number } = opened.world.sandbox.inbox.numbered()[0]!;
    expect(await page.run(`() => location.hash`)).toBe(`#/inbox/${number}`);
    expect(await page.run(`() => document.querySelector("#inbox iframe").getAttribute("sandbox")`)).toBe("");

    await page.click("#part-text");
    await page.sees("97 % of ds-07", "#message-part");
    await page.click("#part-headers");
    await page.sees("X-Twice", "#message-part");
    expect((await page.text("#message-part")).match(/X-Twice/g)).toHaveLength(2);
    await page.click("#part-raw");
    await page.sees("Content-Type: multipart/", "#message-part");
    expect(page.complaints).toEqual([]);
  });

  it("lets go of messages that are gone, and of one that is opened by an old address", async () => {
    await opened.world.send({ subject: "Gone soon" });
    page = await opened.open();
    await page.sees("Gone soon", "#inbox [role=option]");
    opened.world.sandbox.inbox.clear();
    await page.sees("No mail has arrived yet", "#inbox");
    await page.run(`() => void (location.hash = "#/inbox/1")`);
    await page.sees("not there any more", "#inbox .detail");
    expect(await page.run(`() => document.querySelectorAll("#inbox [role=option]").length`)).toBe(0);
  });

  it("is walked through by keyboard alone", async () => {
    for (const subject of ["first", "second", "third"])
      await opened.world.send({ subject, text: `text of ${subject}` });
    page = await opened.open();
    await page.sees("third", "#inbox [role=option]");
    await page.press("Tab");
    expect(await focused()).toMatch(/^Inbox/);
    await page.press("Tab");
    expect(await focused()).toBe("Messages");
    await page.press("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp");
    // The list says which one it is at: to screen readers, and by a visible frame.
    expect(await page.text("#inbox .active strong")).toBe("second");
    expect(await page.run(`() => document.activeElement.getAttribute("aria-activedescendant")`)).toBe(
      await page.run(`() => document.querySelector("#inbox .active").id`),
    );
    const outline = `() => getComputedStyle(document.querySelector("#inbox .active")).outlineStyle`;
    expect(await page.run(outline)).toBe("solid");

    await page.press("Enter");
    await page.sees("second", "#inbox h2[tabindex]");
    await page.until("the focus to be at the message", `() => document.activeElement.matches("h2")`);
    expect(await page.run(`() => document.querySelector("#inbox [aria-selected=true]").innerText`)).toContain("second");
    await page.press("Tab");
    expect(await focused()).toBe("Text");
    await page.press("ArrowRight", "ArrowRight");
    await page.sees("Subject: second", "#message-part");
    expect(await page.run(`() => document.activeElement.id`)).toBe("part-raw");
    await page.press("Home");
    await page.sees("text of second", "#message-part");

    await page.press("Escape");
    await page.sees("Choose a message", "#inbox .detail");
    expect(await focused()).toBe("Messages");
    await page.press("Shift+Tab", "ArrowRight");
    expect(await page.run(`() => [document.activeElement.id, location.hash]`)).toEqual(["tab-network", "#/network"]);
    await page.press("End");
    expect(await page.run(`() => document.activeElement.id`)).toBe("tab-state");
    // Each of the stops shows where it is.
    expect(await page.run(`() => getComputedStyle(document.activeElement).outlineStyle`)).toBe("solid");
  });

  it("stays quick with two hundred messages: a new one is added, nothing is built anew", async () => {
    for (let count = 1; count <= 200; count++) {
      opened.world.sandbox.inbox.add({
        queueId: "Q",
        receivedAt: new Date().toISOString(),
        from: "alerts@example.com",
        to: ["oncall@example.com"],
        subject: `Message ${count}`,
        text: "",
        headers: {},
        bytes: 1,
      });
    }
    page = await opened.open();
    await page.sees("200 messages", "#inbox");
    await page.run(`() => void (window.before = document.querySelectorAll("#inbox [role=option]")[100])`);
    await page.run(`() => {
      window.built = 0;
      new MutationObserver((all) => {
        for (const { addedNodes } of all) for (const node of addedNodes) if (node.matches?.("[role=option]")) window.built++;
      }).observe(document.querySelector("#inbox"), { childList: true, subtree: true });
    }`);
    await opened.world.send({ subject: "Message 201" });
    await page.sees("Message 201", "#inbox [role=option]");
    expect(await page.run(`() => window.before.isConnected`)).toBe(true);
    expect((await subjects()).slice(0, 2)).toEqual(["Message 201", "Message 200"]);
    await page.run(`() => document.querySelector("#inbox [role=listbox]").focus()`);
    await page.press("End");
    // New mail takes nobody away from where they are.
    await opened.world.send({ subject: "Message 202" });
    const newest = `() => document.querySelector("#inbox [role=option] strong").textContent === "Message 202"`;
    await page.until("the new one, out of sight", newest);
    await page.until(
      "the oldest to be in sight",
      `() => {
        const { top, bottom } = document.querySelector("#inbox .active").getBoundingClientRect();
        return top > 0 && bottom <= innerHeight;
      }`,
    );
    expect(await page.text("#inbox .active strong")).toBe("Message 1");
    // What is there stays: only the two new rows are made, and not two hundred at every beat.
    expect(await page.run<number>(`() => window.built`)).toBe(2);
  });
});
