terraform {
  required_providers {
    outbound = { source = "registry.terraform.io/cdktf-outbound/outbound" }
  }
}

locals {
  # Or of a file beside the configuration: file("${path.module}/relay.pem")
  relay_certificate = <<-PEM
    -----BEGIN CERTIFICATE-----
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
  PEM
}

resource "outbound_vrops_email_plugin" "smtp" {
  name                           = "Prod SMTP"
  smtp_host                      = "smtp.example.com"
  smtp_port                      = 587
  security                       = "starttls"
  sender_address                 = "alerts@example.com"
  trusted_certificate_thumbprint = provider::outbound::thumbprint(local.relay_certificate)
}
