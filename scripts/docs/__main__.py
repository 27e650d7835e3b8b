"""Write what is generated: parts of pages under `docs/`, and `poses/schema.json`."""

from __future__ import annotations

import sys

from scripts.docs.files import made_files


def main(arguments: list[str]) -> int:
    """Write the stale files; with `--check` only name them, exit code 1 if there are any."""
    stale = {
        path: text
        for path, text in made_files().items()
        if not path.exists() or path.read_text("utf-8") != text
    }
    check = arguments == ["--check"]
    for path, text in stale.items():
        if not check:
            path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path} {'is stale; run `make pages`' if check else 'written'}\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
