"""May this happen, and which facts follow: state and command in, events out."""
