import {
  handshakeLine,
  isInvitation,
  readInvitation,
  reattachValue,
  type Invitation,
} from "../../lib/terraform-plugin/handshake";
import { MAGIC_COOKIE } from "./plugin-client";

const invited = (env: Record<string, string> = {}) =>
  readInvitation({ TF_PLUGIN_MAGIC_COOKIE: MAGIC_COOKIE, ...env }, "terraform-provider-lab") as Invitation;
const UNIX = { network: "unix", address: "/run/x" } as const;

describe("an environment that is not Terraform's", () => {
  it.each([{}, { TF_PLUGIN_MAGIC_COOKIE: "" }, { TF_PLUGIN_MAGIC_COOKIE: "other" }])("is told apart: %j", (env) => {
    const answer = readInvitation(env, "terraform-provider-lab");
    expect(isInvitation(answer)).toBe(false);
    expect(answer).toMatchObject({ code: "terraform-plugin/started-by-hand" });
  });

  it("of an older Terraform is warned about, and answered all the same", () => {
    expect(invited({ PLUGIN_PROTOCOL_VERSIONS: "5" }).warnings).toMatchObject([
      { code: "terraform-plugin/protocol-not-offered", got: "5" },
    ]);
    for (const fits of ["6", "5,6", "6,5", "5, 6", ""]) {
      expect(invited({ PLUGIN_PROTOCOL_VERSIONS: fits }).warnings).toEqual([]);
    }
  });

  it("has a port range only when it makes sense", () => {
    const ports = (min: string, max: string) => invited({ PLUGIN_MIN_PORT: min, PLUGIN_MAX_PORT: max }).ports;
    expect(ports("10000", "25000")).toEqual([10000, 25000]);
    for (const [min, max] of [
      ["", ""],
      ["x", "5"],
      ["9", "5"],
      ["0", "5"],
      ["1", "70000"],
      ["1.5", "2"],
    ] as const) {
      expect(ports(min, max)).toEqual([0, 0]);
    }
  });
});

describe("an invitation", () => {
  it("names the client to let in, unless TLS is switched off", () => {
    expect(invited({ PLUGIN_CLIENT_CERT: "PEM" }).clientCertificate).toBe("PEM");
    expect(invited({ PLUGIN_CLIENT_CERT: "PEM", TF_DISABLE_PLUGIN_TLS: "1" }).clientCertificate).toBeUndefined();
    expect(invited().clientCertificate).toBeUndefined();
  });
});

describe("the handshake line", () => {
  it("has six fields, the last one unpadded base64", () => {
    expect(handshakeLine(UNIX, Buffer.from([1, 2, 3, 4]), invited())).toBe("1|6|unix|/run/x|grpc|AQIDBA\n");
  });

  it("has an empty one without TLS", () => {
    expect(handshakeLine(UNIX, undefined, invited())).toBe("1|6|unix|/run/x|grpc|\n");
  });

  it("has a seventh only for a client that asks", () => {
    const line = handshakeLine(UNIX, undefined, invited({ PLUGIN_MULTIPLEX_GRPC: "true" }));
    expect(line).toBe("1|6|unix|/run/x|grpc||false\n");
  });
});

it("the value for TF_REATTACH_PROVIDERS says protocol 6, as its absence would mean 5", () => {
  const value = JSON.parse(reattachValue("registry.example.com/acme/lab", UNIX, 12));
  expect(value["registry.example.com/acme/lab"]).toMatchObject({ Protocol: "grpc", ProtocolVersion: 6, Test: true });
});
