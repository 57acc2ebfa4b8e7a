import type { WebApp } from "../systems/kit/simulator/web-app";

/** Names of this machine that no name server can resolve to another one. */
const OWN_HOST = /^(?:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|localhost)(?::\d{1,5})?$/;

/**
 * Refuses requests that a web page in the user's browser sends: by a name that was rebound to this machine (Host), from
 * another origin (Origin; "null" for a mail that is shown), or by a form or an image, which need no answer
 * (Sec-Fetch-Site).
 *
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function refuseWebPages(app: WebApp): void {
  app.addHook("onRequest", async (request, reply) => {
    const { host = "", origin } = request.headers;
    const site = request.headers["sec-fetch-site"];
    if (!OWN_HOST.test(host)) {
      return reply.code(421).send({ error: "This sandbox answers only to 127.0.0.1 and localhost." });
    }
    const isForeign =
      (origin !== undefined && origin !== `http://${host}`) || site === "cross-site" || site === "same-site";
    if (isForeign) return reply.code(403).send({ error: "This sandbox does not answer to other web pages." });
  });
}
