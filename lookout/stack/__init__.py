"""Running Pulumi's own engine on a stack: its surroundings, its settings, and what an interrupted run left behind."""
