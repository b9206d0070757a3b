"""The two language services: understanding (spaCy) and grammar (LanguageTool)."""
