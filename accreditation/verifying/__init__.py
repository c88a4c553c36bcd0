"""Letters of accreditation that anybody can check at a public address."""
