"""A captured text in, attributed statements out; pure, with what it needs passed in."""
