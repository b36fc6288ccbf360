// Signals, file modes and Unix sockets are what some tests are about.
[assembly: System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
