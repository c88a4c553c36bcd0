"""Who comes and who speaks: terms of a forum, registration of persons, speaking, representatives, support."""
