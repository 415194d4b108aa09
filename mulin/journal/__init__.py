"""The journal: a Merkle log per community, its proofs and signed heads, and the jobs its readers do. Knows no domain word."""
