"""The only Streamlit code beside the pages: pickers, figure blocks, downloads. State lives in the address."""
