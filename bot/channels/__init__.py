"""Where people meet the bot. The two channels share ``render`` and ``lanes`` and nothing else."""
