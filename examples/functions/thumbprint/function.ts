import { App, TerraformLocal, TerraformStack } from "cdktf";
import { OutboundFn, OutboundProvider, VropsEmailPlugin } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

// Or of a file beside the program: readFileSync("relay.pem", "utf8")
const relayCertificate = new TerraformLocal(
  stack,
  "relay_certificate",
  `-----BEGIN CERTIFICATE-----
MIIBjTCCATOgAwIBAgIUaagmbrru4E8pmXeGLH6EM9FTJsAwCgYIKoZIzj0EAwIw
GzEZMBcGA1UEAwwQc210cC5leGFtcGxlLmNvbTAgFw0yNjExMjkwMzAxNTFaGA8y
MTI2MTEwNTAzMDE1MVowGzEZMBcGA1UEAwwQc210cC5leGFtcGxlLmNvbTBZMBMG
ByqGSM49AgEGCCqGSM49AwEHA0IABFez938S+HXcABMZvlKyJoj1OPqT5tYwg37C
p/fqI9roBxl9K9fdT8ASPRUkrqcTx83ujVKJafMDIr40DW4X30ujUzBRMB0GA1Ud
DgQWBBRPc+v80546BdXt4VUkj/caOYzEjzAfBgNVHSMEGDAWgBRPc+v80546BdXt
4VUkj/caOYzEjzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQDE
l2o9fXMKUa0iQgL6g0Hpct/TqQg3oLrGp8Rv5K8cjAIgYKdP3etOjjRjdug3A87v
Iltp5vl1pQ2jFhqEHY8uRok=
-----END CERTIFICATE-----
`,
);

new VropsEmailPlugin(stack, "smtp", {
  name: "Prod SMTP",
  smtpHost: "smtp.example.com",
  smtpPort: 587,
  security: "starttls",
  senderAddress: "alerts@example.com",
  trustedCertificateThumbprint: OutboundFn.thumbprint(relayCertificate.asString),
});

app.synth();
