"""A printed page, read back."""

import re
import shutil
import subprocess

import pytest


def one_page(document: bytes) -> str:
    """Its words; a journey that finds two pages has failed."""
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext here: the printed words were not read")
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=document, capture_output=True, check=True)
    assert done.stdout.count(b"\f") == 1
    return re.sub(r"\s+", " ", done.stdout.decode())
