"""The trade, the talk and the marks: pure functions on frozen values, standard library only."""
