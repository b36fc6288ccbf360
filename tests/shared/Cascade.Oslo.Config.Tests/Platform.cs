// File modes are what some tests are about.
[assembly: System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
