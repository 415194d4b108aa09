"""The kernel: flows, the engine that moves nouns, rules, viewers, refs, clocks and tenancy. Knows no domain word."""
