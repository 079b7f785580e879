"""What a change to the specs changes for people: alerts, pages, dashboards, budgets and what runs."""
