"""Two entries of one person in the register: found, looked at side by side, and joined by two people."""
