"""scan_table: a scanner's table, made by the build."""

load("@rules_cc//cc:defs.bzl", "cc_library")

def scan_table(name, literals, sample, namespace, function, visibility = None):
    """A cc_library that defines `std::span<const oops::text::PlacedLiteral> namespace::function()`.

    Whoever uses it declares the function. Making the table takes some ten seconds.

    Args:
      name: of the library.
      literals: a file with one literal a line. The table has their order.
      sample: a file of text like that which will be scanned, without hits; 400 KB are enough.
      namespace: as "oops::grammar".
      function: as "AnchorTable".
      visibility: of the library.
    """
    generator = "//lib/text:scan_table_generator"
    native.genrule(
        name = name + "_source",
        srcs = [literals, sample],
        outs = [name + ".cc"],
        cmd = "$(execpath {generator}) $(execpath {literals}) $(execpath {sample}) {namespace} {function} > $@".format(
            function = function,
            generator = generator,
            literals = literals,
            namespace = namespace,
            sample = sample,
        ),
        tools = [generator],
        visibility = ["//visibility:private"],
    )
    cc_library(
        name = name,
        srcs = [name + ".cc"],
        linkstatic = True,
        visibility = visibility,
        deps = ["//lib/text:scanner"],
    )
