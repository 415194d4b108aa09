"""The journal: a Merkle log per community, its proofs, signed heads, and jobs for readers. Knows no domain word."""
