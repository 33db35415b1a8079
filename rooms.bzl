"""The rooms under lib/, in the order in which data goes through them.

A room uses only what stands before it. The rooms of RECORD_ROOMS take protobuf records, which may have
been stored a year ago, and so never see what the rooms of STREAM_ROOMS make of lines; both begin at
text, which knows bytes alone. Walls are Bazel's
visibility, from here; it doesn't stop an #include of a header that another dependency brings along, so
//tests/house:includes_test holds the #includes against the same lists.
"""

STREAM_ROOMS = ["text", "log", "grammar", "record"]

RECORD_ROOMS = ["text", "analysis", "knownbugs", "render", "store"]

# Who may depend on every room: what puts the rooms together, what shows them, what tests them.
_EVERYWHERE = ["//lib:__pkg__", "//tools:__pkg__", "//tests:__subpackages__"]

def room_visibility(room):
    """The default_visibility of a room: itself and the rooms after it."""
    later = []
    for rooms in [STREAM_ROOMS, RECORD_ROOMS]:
        if room in rooms:
            later += [name for name in rooms[rooms.index(room):] if name not in later]
    if not later:
        fail("lib/%s has no place in rooms.bzl" % room)
    return ["//lib/%s:__subpackages__" % name for name in later] + _EVERYWHERE
