"""Reads the seeds: agents, topics, cue lexicons, articles; refuses bad files by line."""
