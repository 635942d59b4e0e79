"""The script that Streamlit runs, and nothing else: its folder stands on Python's path."""
