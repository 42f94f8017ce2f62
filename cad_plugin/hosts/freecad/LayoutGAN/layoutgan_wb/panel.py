"""Dialogs: choosing a brief, and browsing the candidates that were made for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide import QtCore, QtGui

from .program import Candidate

__all__ = ["ask_count", "ask_file", "ask_folder", "choose", "tell"]


def ask_file(title: str, kinds: str) -> Path | None:
    """A file that exists, or None."""
    found = QtGui.QFileDialog.getOpenFileName(None, title, "", kinds)[0]
    return Path(found) if found else None


def ask_folder(title: str) -> Path | None:
    """A folder, or None."""
    found = QtGui.QFileDialog.getExistingDirectory(None, title)
    return Path(found) if found else None


def ask_count() -> int:
    """How many layouts are wanted; 0 when the person went back."""
    number, said = QtGui.QInputDialog.getInt(None, "LayoutGAN", "How many layouts?", 8, 1, 200)
    return int(number) if said else 0


def tell(text: str) -> None:
    """Shows a message."""
    QtGui.QMessageBox.information(None, "LayoutGAN", text)


def choose(candidates: list[Candidate]) -> Candidate | None:
    """The candidate that a person picks from their pictures, or None."""
    dialog: Any = QtGui.QDialog()
    dialog.setWindowTitle("LayoutGAN: choose a layout")
    dialog.resize(900, 640)
    pictures = QtGui.QListWidget()
    pictures.setViewMode(QtGui.QListView.IconMode)
    pictures.setIconSize(QtCore.QSize(260, 200))
    pictures.setResizeMode(QtGui.QListView.Adjust)
    for one in candidates:
        said = one.name if one.errors < 0 else f"{one.name}\n{one.errors} errors, {one.warnings} warnings"
        pictures.addItem(QtGui.QListWidgetItem(QtGui.QIcon(str(one.picture)), said))
    buttons = QtGui.QDialogButtonBox(QtGui.QDialogButtonBox.Ok | QtGui.QDialogButtonBox.Cancel)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    pictures.itemDoubleClicked.connect(lambda _item: dialog.accept())
    box = QtGui.QVBoxLayout(dialog)
    box.addWidget(pictures)
    box.addWidget(buttons)
    pictures.setCurrentRow(0)
    accepted = dialog.exec_()
    row = pictures.currentRow()
    return candidates[row] if accepted and 0 <= row < len(candidates) else None
