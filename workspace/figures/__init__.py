"""The council's own figures as figures of the house: what the door gives, with words, chart, rows, caveats and mark."""
