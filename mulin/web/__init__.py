"""The web kit: base page, components, flow buttons, refusals as pages, safety headers."""
