#!/usr/bin/python3
"""A small window that offers files to be dragged, as a file manager does, or addresses, as a browser does.

drag_source.py X Y FILE|ADDRESS...   places itself at X,Y on the screen.
Prints "ready" when it can be dragged from and "ended ACTION" when the drag is over.
"""
import pathlib
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("Gdk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

x, y = int(sys.argv[1]), int(sys.argv[2])
uris = [name if "://" in name else pathlib.Path(name).resolve().as_uri() for name in sys.argv[3:]]


def say(text):
    print(text, flush=True)


window = Gtk.Window(type=Gtk.WindowType.POPUP)
window.set_default_size(72, 40)
window.move(x, y)
box = Gtk.EventBox()
box.add(Gtk.Label(label="files"))
window.add(box)
box.drag_source_set(
    Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY | Gdk.DragAction.MOVE
)
box.drag_source_add_uri_targets()
box.connect("drag-data-get", lambda _w, _c, data, _i, _t: data.set_uris(uris))
box.connect("drag-begin", lambda *_: say("begun"))


def ended(_widget, context):
    say("ended %d" % int(context.get_selected_action()))
    GLib.timeout_add(50, Gtk.main_quit)


box.connect("drag-end", ended)
window.connect("map-event", lambda *_: GLib.timeout_add(100, lambda: say("ready")) and False)
window.show_all()
Gtk.main()
