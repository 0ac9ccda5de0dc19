#!/usr/bin/python3
"""Puts a picture on the clipboard, as a tool for screenshots does, and keeps it there.

clipboard_source.py FILE   prints "ready" when it can be pasted; ends when it is killed.
"""
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("Gdk", "3.0")
from gi.repository import Gdk, GdkPixbuf, GLib, Gtk  # noqa: E402

clipboard = Gtk.Clipboard.get(Gdk.SELECTION_CLIPBOARD)
clipboard.set_image(GdkPixbuf.Pixbuf.new_from_file(sys.argv[1]))
GLib.timeout_add(100, lambda: print("ready", flush=True) and False)
Gtk.main()
