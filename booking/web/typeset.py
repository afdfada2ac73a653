"""A program of its own that sets one page: JSON comes in, a PDF goes out; what it loads leaves with it.

Started by ``booking.web.paper``; it knows nothing of the platform.
"""

import json
import sys

import typst


def main() -> None:
    """Write the PDF (PDF/UA-1) of what is told on the standard input."""
    told = json.load(sys.stdin)
    written = typst.compile(
        told["template"],
        root=told["folder"],
        font_paths=[told["fonts"]],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(told["data"], ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
    sys.stdout.buffer.write(written)


if __name__ == "__main__":
    main()
