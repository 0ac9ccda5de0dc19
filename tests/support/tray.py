"""A tray as panels have it (StatusNotifierWatcher of freedesktop): takes in the icon that a program puts
there. Journeys read its menu and choose from it by calls to the interface `test.Tray`."""

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

XML = """<node>
<interface name='org.kde.StatusNotifierWatcher'>
  <method name='RegisterStatusNotifierItem'><arg type='s' direction='in'/></method>
  <method name='RegisterStatusNotifierHost'><arg type='s' direction='in'/></method>
  <property name='RegisteredStatusNotifierItems' type='as' access='read'/>
  <property name='IsStatusNotifierHostRegistered' type='b' access='read'/>
  <property name='ProtocolVersion' type='i' access='read'/>
</interface>
<interface name='test.Tray'>
  <method name='Menu'><arg type='s' direction='out'/></method>
  <method name='Choose'><arg type='s' direction='in'/></method>
</interface>
</node>"""
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
icon = {}


def ask(bus, interface, path, method, arguments, answer):
    kind = GLib.VariantType(answer) if answer else None
    return bus.call_sync(icon["of"], path, interface, method, arguments, kind, 0, 5000, None).unpack()


def menu_path(bus):
    properties = "org.freedesktop.DBus.Properties"
    wanted = GLib.Variant("(ss)", (ITEM, "Menu"))
    return ask(bus, properties, icon["path"], "Get", wanted, "(v)")[0]


def lines(bus):
    """Number and text of each line of the menu."""
    whole = GLib.Variant("(iias)", (0, -1, []))
    _, (_, _, children) = ask(bus, MENU, menu_path(bus), "GetLayout", whole, "(u(ia{sv}av))")
    return [(number, told.get("label", "")) for number, told, _ in children]


def called(bus, sender, _path, _interface, method, arguments, invocation):
    try:
        if method == "RegisterStatusNotifierItem":
            (path,) = arguments.unpack()
            icon.update(of=sender, path=path if path.startswith("/") else "/StatusNotifierItem")
            invocation.return_value(None)
        elif method == "Menu":
            texts = " | ".join(text for _, text in lines(bus)) if icon else ""
            invocation.return_value(GLib.Variant("(s)", (texts,)))
        elif method == "Choose":
            (wanted,) = arguments.unpack()
            number = next(number for number, text in lines(bus) if text == wanted)
            click = GLib.Variant("(isvu)", (number, "clicked", GLib.Variant("i", 0), 0))
            ask(bus, MENU, menu_path(bus), "Event", click, None)
            invocation.return_value(None)
        else:
            invocation.return_value(None)
    except Exception as error:  # told to the journey that asked
        invocation.return_dbus_error("test.Tray.Error", repr(error))


def told(_bus, _sender, _path, _interface, name):
    return {
        "RegisteredStatusNotifierItems": GLib.Variant("as", []),
        "IsStatusNotifierHostRegistered": GLib.Variant("b", True),
        "ProtocolVersion": GLib.Variant("i", 0),
    }[name]


session = Gio.bus_get_sync(Gio.BusType.SESSION)
for described in Gio.DBusNodeInfo.new_for_xml(XML).interfaces:
    session.register_object("/StatusNotifierWatcher", described, called, told, None)
Gio.bus_own_name_on_connection(
    session, "org.kde.StatusNotifierWatcher", 0, lambda *_: print("ready", flush=True), None
)
GLib.MainLoop().run()
