"""The routes of the JSON API and of the pages."""
