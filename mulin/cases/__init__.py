"""Cases (诉求): what residents report, until it is solved and they say so."""
