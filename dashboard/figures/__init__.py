"""Every figure there is, and the one way to ask for one: `catalogue.answer(code, request)`."""
