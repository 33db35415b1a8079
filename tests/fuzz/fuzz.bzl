"""Fuzz targets that are plain tests, too."""

load("@rules_cc//cc:defs.bzl", "cc_test")

def fuzz_test(name, deps, seeds, mutations, size = "medium"):
    """A libFuzzer target from NAME_fuzz.cc under --config=fuzz; else a test over its seeds.

    Args:
      name: of the target.
      deps: what it drives.
      seeds: labels of files.
      mutations: how many damaged seeds the test tries beside the seeds themselves.
      size: of the test.
    """
    cc_test(
        name = name,
        size = size,
        srcs = [name + "_fuzz.cc"],
        args = ["--mutations=%d" % mutations] + ["$(locations %s)" % label for label in seeds],
        data = seeds,
        linkopts = select({
            "//:fuzzing": ["-fsanitize=fuzzer"],
            "//conditions:default": [],
        }),
        deps = deps + [":check"] + select({
            "//:fuzzing": [],
            "//conditions:default": [":replay_main"],
        }),
    )
