"""The libraries that the system's packages install, as targets of one repository.

pkg-config says what to link. An archive (libX.a) is taken where there is one: a command that loads forty
shared libraries spends more time starting than it needs for a short log.
"""

# Target -> pkg-config packages. Headers are in the compiler's own search path.
_LIBRARIES = {
    "absl_flat_hash_map": ["absl_flat_hash_map"],
    "absl_status": ["absl_status", "absl_statusor"],
    "absl_strings": ["absl_strings", "absl_str_format"],
    "absl_time": ["absl_time"],
    "benchmark": ["benchmark"],
    "gtest": ["gmock_main", "gmock", "gtest"],
    "gtest_only": ["gmock", "gtest"],
    "lzma": ["liblzma"],
    "protobuf": ["protobuf"],
    "rapidjson": ["RapidJSON"],
    "re2": ["re2"],
    "zlib": ["zlib"],
    "zstd": ["libzstd"],
}

# What the packages' own pkg-config files leave out.
_EXTRA_LINKOPTS = {
    "benchmark": ["-lbenchmark_main"],
}

_TARGET = """
cc_library(
    name = "{name}",
    linkopts = {linkopts},
    visibility = ["//visibility:public"],
)
"""

# Parts of the C library; their archives are empty.
_SHARED = ["-lpthread", "-lrt"]

def _output(ctx, command):
    program = ctx.which(command[0])
    if not program:
        fail("%s isn't installed" % command[0])
    result = ctx.execute([program] + command[1:])
    if result.return_code:
        fail("%s: %s" % (" ".join(command), result.stderr))
    return [word for word in result.stdout.replace("\n", " ").split(" ") if word]

def _prefer_archive(ctx, option):
    if not option.startswith("-l") or option in _SHARED:
        return option
    archive = "lib%s.a" % option[len("-l"):]

    # The compiler prints the name as it was given if it has no such file.
    found = _output(ctx, ["cc", "-print-file-name=" + archive])[0] != archive
    return "-l:" + archive if found else option

def _system_libraries_impl(ctx):
    build = ["# Written by third_party/system_libraries.bzl."]
    for name, packages in _LIBRARIES.items():
        options = _output(ctx, ["pkg-config", "--libs"] + packages)
        options = _EXTRA_LINKOPTS.get(name, []) + options
        build.append(_TARGET.format(
            name = name,
            linkopts = repr([_prefer_archive(ctx, option) for option in options]),
        ))
    ctx.file("BUILD.bazel", "".join(build))

system_libraries = repository_rule(
    implementation = _system_libraries_impl,
    configure = True,
    environ = ["PKG_CONFIG_PATH"],
    local = True,
)
