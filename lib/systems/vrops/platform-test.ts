import type { HttpResponse } from "../../http/types";
import type { PlatformTestRequest, PlatformTestResult } from "../../core/platform-test";
import type { VropsClient } from "./client";
import { testFailed, testPluginGone } from "./errors";
import { productVersion } from "./release";
import { testRemedy } from "./test-remedy";

/**
 * Makes vROps send a test mail through a plugin: the only proof from the platform's own side of the firewall. Releases
 * without the call (8.10) make it unavailable, not failed.
 */
export async function platformTest(client: VropsClient, request: PlatformTestRequest): Promise<PlatformTestResult> {
  const { id, receiver, signal } = request;
  const response = await client.plugins.test(id, receiver, signal);
  if (response.status < 300) {
    return {
      status: "passed",
      detail: `vROps handed its test mail to the SMTP server${await receiverOf(client, request)}`,
    };
  }
  if (await isGone(client, response, request)) return { status: "failed", problem: testPluginGone(id) };
  if (response.status === 404 || response.status === 405) {
    const release = await client.release(signal).catch(() => "this vROps");
    return {
      status: "unavailable",
      detail: `${release} has no test call; send a test from its page Outbound Settings`,
    };
  }
  // Loaded when a test was refused: it loads the contracts, which no start of the provider needs.
  const { refusalText } = await import("./refusals");
  const text = refusalText(response);
  return { status: "failed", problem: testFailed(testRemedy(text, request.explainServer), text) };
}

/** The receiver: 9.1 lets us choose it; where older releases send the test is not documented. */
async function receiverOf(client: VropsClient, { receiver, signal }: PlatformTestRequest): Promise<string> {
  if (receiver === undefined) return "";
  const release = await client.release(signal).catch(() => "");
  const [major = 0, minor = 0] = productVersion(release) ?? [];
  const chooses = major > 9 || (major === 9 && minor >= 1);
  return chooses ? ` for ${receiver}` : `; ${release || "this release"} may have chosen the receiver by itself`;
}

/** Whether the plugin is missing: a missing route can be a 404, too, so the plugin itself decides. */
async function isGone(client: VropsClient, response: HttpResponse, { id, signal }: PlatformTestRequest) {
  const { isInvalidParameter } = await import("./refusals");
  const mayBe = [400, 404, 405].includes(response.status) || isInvalidParameter(response);
  return mayBe && (await client.plugins.objects.get(id, signal)) === undefined;
}
