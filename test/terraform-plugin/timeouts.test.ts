import { ActiveCall, Calls } from "../../lib/terraform-plugin/calls";
import { rpcs } from "../../lib/terraform-plugin/protocol";
import type { ProviderService } from "../../lib/terraform-plugin/service";
import { inReadTime } from "../../lib/terraform-plugin/timeouts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe("the time of a call", () => {
  it("runs from the first look at its signal, and aborts it", () => {
    const call = new ActiveCall();
    const limited = inReadTime(call);
    expect(jest.getTimerCount()).toBe(0);
    const { signal } = limited;
    jest.advanceTimersByTime(119_000);
    expect(signal.aborted).toBe(false);
    jest.advanceTimersByTime(2_000);
    expect(signal.reason).toMatchObject({ name: "TimeoutError" });
  });

  it("ends with the call, which leaves no timer behind and aborts nothing any more", () => {
    const call = new ActiveCall();
    const { signal } = inReadTime(call);
    expect(jest.getTimerCount()).toBe(1);
    call.end();
    expect(jest.getTimerCount()).toBe(0);
    call.abort(new Error("the client is gone"));
    expect(signal.aborted).toBe(false);
  });

  it("ends at once when the call is cancelled", () => {
    const call = new ActiveCall();
    const { signal } = inReadTime(call);
    call.abort(new Error("the client is gone"));
    expect(signal.reason).toMatchObject({ message: "the client is gone" });
    expect(jest.getTimerCount()).toBe(0);
  });

  it("is over when the call is answered, by a refusal too", async () => {
    const calls = new Calls({ redact: (text) => text, onFailure: () => undefined });
    const service: ProviderService = {
      async GetFunctions(_, call) {
        expect(inReadTime(call).signal.aborted).toBe(false);
        throw new Error("not today");
      },
    };
    const events = { started: () => undefined, message: () => undefined };
    await calls.run(async () => service, "GetFunctions", rpcs.GetFunctions.request.encode({}), events);
    expect(jest.getTimerCount()).toBe(0);
  });
});
