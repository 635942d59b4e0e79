"""What travels without the dashboard: a figure in somebody's page, a card for a newsletter, a feed, a list of pages."""
