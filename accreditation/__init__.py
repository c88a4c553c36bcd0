"""WHO. Users, organisations, registers and accreditation on each basis. May import forums, nothing above."""
