#!/usr/bin/python3
"""Puts a picture on the clipboard, as a tool for screenshots does, or a text, and keeps it there.

clipboard_source.py [--text] FILE   prints "ready" when it can be pasted; ends when it is killed.
"""
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("Gdk", "3.0")
from gi.repository import Gdk, GdkPixbuf, GLib, Gtk  # noqa: E402

clipboard = Gtk.Clipboard.get(Gdk.SELECTION_CLIPBOARD)
if sys.argv[1] == "--text":
    with open(sys.argv[2], encoding="utf-8") as file:
        clipboard.set_text(file.read(), -1)
else:
    clipboard.set_image(GdkPixbuf.Pixbuf.new_from_file(sys.argv[1]))
GLib.timeout_add(100, lambda: print("ready", flush=True) and False)
Gtk.main()
