"""The app's own style: ours alone, and nothing of a document."""

from __future__ import annotations

import streamlit as st

from qa.webapp.wording import Wording

# Evidence stays in view beside a long conversation; an enlarged page scrolls; buttons that are sentences begin at the
# left, as text does; what copies a reference is there without hovering. Streamlit folds its navigation away on narrow
# screens; ours stands there instead.
_STYLE = """
.stMainBlockContainer {padding: 4rem 2.5rem 4rem; max-width: 1500px;}
.st-key-language-row {margin-bottom: -3.3rem;}
.st-key-language-row [data-testid="stButtonGroup"] {position: relative; z-index: 2;}
[data-testid="stLayoutWrapper"]:has(> .st-key-narrow-nav) {display: none;}
h1 {font-size: 1.9rem !important; padding-top: 0 !important;}
[class*="st-key-evidence"] h3 {font-size: 1.2rem; padding: 0 0 0.6rem;}
[class*="st-key-sentence-"] button :is(div, span) {justify-content: flex-start; text-align: left;}
[class*="st-key-sentence-"] [data-testid="stVerticalBlock"] {gap: 0.5rem;}
[class*="st-key-picture-large"] {overflow: auto; max-height: 80vh;}
[class*="st-key-picture-large"] [data-testid="stImage"], [class*="st-key-picture-large"] img
  {width: 220% !important; max-width: none !important;}
[class*="st-key-closeup"] img {border: 1px solid #a0a0a0;}
[data-testid="stText"] {white-space: pre-wrap; overflow-wrap: anywhere; font-family: inherit;}
[data-testid="stMarkdown"], [data-testid="stCaptionContainer"], [data-testid="stHeading"], [data-testid="stTable"] td
  {overflow-wrap: anywhere;}
[data-testid="stCode"] > div:has([data-testid="stElementToolbarButton"]) {opacity: 1; visibility: visible;}
[data-testid="stCode"] pre {padding-right: 3rem;}
[data-testid="InputInstructions"], [data-testid="stException"] a {display: none;}
@media (min-width: 900px) {
  [data-testid="stColumn"]:has(> div > .st-key-evidence), [data-testid="stColumn"]:has(.st-key-evidence)
    {position: sticky; top: 3.5rem; align-self: flex-start; max-height: calc(100vh - 4.5rem); overflow-y: auto;}
}
@media (max-width: 767px) {
  .stMainBlockContainer {padding: 3.9rem 1rem 3rem;}
  [data-testid="stLayoutWrapper"]:has(> .st-key-narrow-nav) {display: block;}
  .st-key-narrow-nav {gap: 0; justify-content: space-between;}
  .st-key-narrow-nav a > span:has([data-testid="stIconMaterial"]) {display: none;}
  [data-testid="stExpandSidebarButton"] {display: none;}
  h1 {font-size: 1.4rem !important;}
}
"""
# Streamlit writes white on the light blue that a dark page needs.
_DARK = """
[data-testid^="stBaseButton-primary"] *, [data-testid="stMultiSelect"] [data-tag] * {color: #0a0a0a !important;}
"""


def apply_style(words: Wording) -> None:
    """Put the style on the page; the words that Streamlit draws itself are replaced by ours."""
    dark = _DARK if st.context.theme.type == "dark" else ""
    st.html(f"<style>{_STYLE}{dark}{_uploader(words('documents.browse'))}</style>")


def _uploader(browse: str) -> str:
    zone = '[data-testid="stFileUploaderDropzone"]'
    return (
        f'{zone} button p {{font-size: 0;}} {zone} button p::after {{font-size: 0.875rem; content: "{browse}";}}\n'
        f'{zone} [data-testid="stFileUploaderDropzoneInstructions"] {{visibility: hidden;}}'
    )
