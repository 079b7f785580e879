"""Dashboards as pictures: what New Relic would show of recorded data, drawn here without an account.

`widgets.drawn` evaluates and draws a page, `picture.picture` makes one SVG of it, `html.page` a page that stands alone.
"""
