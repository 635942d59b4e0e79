"""A briefing as a Word document: real styles and headings, real tables, charts as pictures with their words.

The awkward fact: an officer will copy half of it into a committee report. So everything hangs on named styles, which
take on the look of the document they land in, and nothing on spaces, tabs or tables used as layout.
"""

from dashboard.briefing.word.document import docx_bytes

__all__ = ["docx_bytes"]
