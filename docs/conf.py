"""How Sphinx builds these pages: ``make docs``."""

from routewright import __version__

project = "Routewright"
author = "the Routewright authors"
project_copyright = "the Routewright authors, MIT licence"
release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = f"Routewright {release}"
html_static_path: list[str] = []

autodoc_member_order = "bysource"
autodoc_typehints = "none"  # jaxtyping's shapes are in the signatures
autoclass_content = "both"
