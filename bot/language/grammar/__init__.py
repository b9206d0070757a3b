"""Grammar checking by LanguageTool: its jars, its server, its client, our own rules and words."""
