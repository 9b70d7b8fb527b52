"""The file formats, a module each: bytes in, raw sheets out; every one of them runs in the guarded child process."""
