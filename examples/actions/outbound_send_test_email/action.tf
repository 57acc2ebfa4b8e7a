terraform {
  required_providers {
    outbound = { source = "registry.terraform.io/cdktf-outbound/outbound" }
  }
}

# A test mail now, which no later plan knows of: terraform apply -invoke=action.outbound_send_test_email.alerts
action "outbound_send_test_email" "alerts" {
  config {
    smtp_host            = "smtp.example.com"
    smtp_port            = 587
    username             = "alerts"
    password_environment = "SMTP_PASSWORD"
    from_address         = "alerts@example.com"
    to                   = ["oncall@example.com"]
    imap = {
      host                 = "imap.example.com"
      username             = "oncall"
      password_environment = "IMAP_PASSWORD"
    }
  }
}
