"""What the app shows, worked out without widgets: `app_pages` draws it."""
