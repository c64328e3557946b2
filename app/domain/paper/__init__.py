"""Paper as pure data: templates, filled documents and their lines, before any printer is known."""
